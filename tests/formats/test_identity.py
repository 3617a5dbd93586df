"""Whose badge it is: what issuers hash is found again, and nobody passes for somebody else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badges.formats import identity

PLAIN = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=30)


def matches(given_address: str, named: str, salt: str = "", *, hashed: bool = True) -> bool:
    return identity.matches(given_address, identity=named, salt=salt, hashed=hashed)


def test_hashes_are_as_published():
    assert (
        identity.hashed("nobody@example.org", "deadsea")
        == "sha256$ecf5409f3f4b91ab60cc5ef4c02aef7032354375e70cf4d8e43f6a1d29891942"
    )
    assert (
        identity.hashed("a@example.com", "Kosher")
        == "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
    )


def test_salts_are_read_as_utf_8():
    digest = hashlib.sha256("a@b.testé".encode()).hexdigest()

    assert identity.hashed("a@b.test", "é") == f"sha256${digest}"


# Found again


@pytest.mark.parametrize(
    "typed",
    [
        "marie.curie@example.org",
        "MARIE.CURIE@EXAMPLE.ORG",
        "Marie.curie@example.org",
        "Marie.Curie@example.org",
    ],
)
@pytest.mark.parametrize(
    "held", ["marie.curie@example.org", "Marie.Curie@Example.org", " marie.curie@example.org\n"]
)
def test_the_usual_ways_to_type_an_address_are_found(typed, held):
    assert matches(held, identity.hashed(typed, "salt"), "salt")


def test_the_address_as_it_is_held_is_tried():
    assert matches("mArIe@example.org", identity.hashed("mArIe@example.org", ""))
    assert not matches("marie@example.org", identity.hashed("mArIe@example.org", ""))


@pytest.mark.parametrize("form", ["sha256${}", "SHA256${}", " sha256${} "])
def test_hexadecimal_has_no_case(form):
    digest = hashlib.sha256(b"a@b.test").hexdigest()

    assert matches("a@b.test", form.format(digest.upper()))
    assert matches("a@b.test", form.format(digest))


def test_md5_is_read():
    assert matches("a@b.test", "md5$" + hashlib.md5(b"a@b.testsalt").hexdigest(), "salt")  # noqa: S324 (of others)


def test_a_plain_address_has_no_case():
    assert matches("A@B.test", "a@b.TEST", hashed=False)
    assert matches("a@b.test", " a@b.test ", hashed=False)


@given(address=PLAIN, salt=st.text(max_size=10))
def test_whatever_is_hashed_is_found_again(address, salt):
    assert matches(address, identity.hashed(address, salt), salt)
    assert not matches(address + "x", identity.hashed(address, salt), salt)
    assert matches(address, address, hashed=False)


# Nobody else

HELD = "ikea.kim+badges@example.org"


@pytest.mark.parametrize(
    "other",
    [
        "ıkea.kim+badges@example.org",
        "İkea.kim+badges@example.org",
        "i\u0307kea.kim+badges@example.org",
        "i\u212aea.kim+badges@example.org",
        "ikea.kim+badges＠example.org",
        "ikea.kim＋badges@example.org",
        "ikea.kim@example.org",
        "ikea.kim+other@example.org",
        "ikeakim+badges@example.org",
        "ikea.kim+badges@exаmple.org",
        "ikea.kim+badges@example.org.",
        "ikea.kim+badges@example.orɡ",
        "ikea.kim+badges@example.org\u200b",
        "ikea.kim+badges@example.org,a@b.test",
        "mailto:ikea.kim+badges@example.org",
        "",
        " ",
    ],
)
def test_a_look_alike_is_somebody_else(other):
    for typed in (HELD, HELD.upper(), "Ikea.Kim+Badges@example.org"):
        assert not matches(other, identity.hashed(typed, "s"), "s")
        assert not matches(other, typed, hashed=False)
    assert not matches(HELD, identity.hashed(other, "s"), "s")
    assert not matches(HELD, other, hashed=False)


DIGEST = hashlib.sha256(b"a@b.test").hexdigest()


@pytest.mark.parametrize(
    "named",
    [
        "",
        "a@b.test",
        DIGEST,
        f"sha1${hashlib.sha1(b'a@b.test').hexdigest()}",  # noqa: S324 (what is refused)
        f"sha256${DIGEST[:-1]}",
        f"sha256${DIGEST}0",
        f"sha256$ {DIGEST}",
        f"sha512${DIGEST}",
        f"md5${DIGEST}",
        f"sha256${hashlib.md5(b'a@b.test').hexdigest()}",  # noqa: S324 (what is refused)
        "sha256$",
        f"$sha256${DIGEST}",
        "sha256$" + "٣" * 64,
    ],
)
def test_what_is_no_hash_of_the_address_is_refused(named):
    assert not matches("a@b.test", named)
    assert matches("a@b.test", f"sha256${DIGEST}")


def test_a_lying_flag_is_refused():
    assert not matches("a@b.test", f"sha256${DIGEST}", hashed=False)
    assert not matches("a@b.test", "a@b.test", hashed=True)
    # Whose address is itself written as a hash gains nothing.
    assert not matches(f"sha256${DIGEST}", f"sha256${DIGEST}", hashed=True)


def test_another_salt_is_another_hash():
    named = identity.hashed("a@b.test", "salt")

    assert not matches("a@b.test", named)
    assert not matches("a@b.test", named, "Salt")
    assert matches("a@b.test", named, "salt")


def test_nobody_matches_nobody():
    assert not matches("", "", hashed=False)
    assert not matches("", identity.hashed("", ""))


@given(address=st.text(max_size=20), named=st.text(max_size=20), hashed=st.booleans())
def test_whatever_is_given_it_is_judged(address, named, hashed):
    assert matches(address, named, hashed=hashed) in {True, False}
