"""What an archive holds, under which names, of whom; and what it costs."""

import base64
import random
import re
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from badges import pictures
from badges.exceptions import NotPossible
from badges.exporting import documents, names
from badges.exporting import export as exporting
from badges.exporting.export import export, made
from badges.formats import png
from badges.models import Evidence
from badges.services import keys
from badges.services.decline import decline
from tests.badges.exported import NOW, exported, kept, opened
from tests.cost import peak
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory, UserFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db

SITE = "https://badges.exemple.fr"
SAFE = re.compile(r"(?!/)(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*")


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def held(alice):
    def hold(*, named: str = "Congrès 2019", **fields):
        of_alice = {"holder": alice, "recipient_address": alice.email, "recipient_name": "Alice Martin"}
        badge_class = fields.pop("badge_class", None) or BadgeClassFactory(name=named, image=stored_picture())
        return signed(**(of_alice | {"badge_class": badge_class} | fields))

    return hold


# Files and names


def test_each_badge_has_its_folder(held, alice):
    public, private = held(public=True), held(named="Atelier")
    archive = exported(alice)

    assert sorted(name for name in archive.files if name.startswith("badges/")) == sorted(
        [f"badges/congres-2019-{public.code}/{file}" for file in
         ("ob2.png", "ob3.png", "ob2.json", "ob2.jws", "ob3.json", "ob3.jwt")]
        + [f"badges/atelier-{private.code}/{file}" for file in
           ("ob2.png", "ob3.png", "ob2.jws", "ob3.json", "ob3.jwt")]
    )  # fmt: skip
    assert {name for name in archive.files if "/" not in name} == {
        "index.html", "LISEZMOI.txt", "documents.json",
    }  # fmt: skip


def test_a_file_holds_what_was_signed(held, alice):
    award = held(public=True)
    files = {name.rpartition("/")[2]: content for name, content in exported(alice).of_badges().items()}

    documents = award.documents
    assert [text for _keyword, text in png.texts(files["ob2.png"])] == [documents.hosted]
    assert [text for _keyword, text in png.texts(files["ob3.png"])] == [documents.credential]
    assert {name: files[name].decode() for name in files if not name.endswith("png")} == {
        "ob2.json": documents.hosted,
        "ob2.jws": documents.signed,
        "ob3.json": documents.credential,
        "ob3.jwt": documents.token,
    }


def test_every_document_that_is_listed_is_there(held, alice):
    held(public=True)
    archive = exported(alice)

    assert set(archive.documents.values()) <= set(archive.files)
    listed = {name for name in archive.files if name.startswith("documents/")}
    assert len(listed) > 8
    assert listed <= set(archive.documents.values())


@pytest.mark.parametrize(
    "name, folder",
    [
        ("../../etc/passwd", "etcpasswd"),
        ("..\\..\\windows\\system32", "windowssystem32"),
        ("/absolu", "absolu"),
        ("CON", "con"),
        ("مرحبا", "badge"),
        ("Ça\u202egnp.exe", "cagnpexe"),
        ("À l’arc : été", "a-larc-ete"),
        ("x" * 200, "x" * 60),
        ("<script>", "script"),
    ],
)
def test_names_of_badges_become_names_of_folders(name, folder):
    assert names.folder(name, "7K3M9QX2PLHV") == f"badges/{folder}-7K3M9QX2PLHV"


@pytest.mark.parametrize(
    "address, host",
    [
        ("https://badges.example/a/b?c=d", "badges.example"),
        ("https://badges.example:8443/a", "badges.example-8443"),
        ("https://../../../etc/passwd", "site"),
        ("https://[::1]/a", "1"),
        ("https://a@b/..%2f", "a-b"),
        ("urn:uuid:1", "site"),
        ("https://é.example/", "example"),
        ("https://" + "a" * 300, "a" * 60),
    ],
)
def test_nothing_of_a_foreign_address_but_its_host_is_in_a_name(address, host):
    name = names.copy(address, b'{"a": 1}')

    assert name == f"documents/{host}/f9d86028c6e0d64e225186f96acb6933.json"
    assert SAFE.fullmatch(name)


def test_a_copy_that_is_no_json_is_a_text():
    assert names.copy("https://badges.example/key", b"-----BEGIN PUBLIC KEY-----").endswith(".txt")
    assert names.copy("https://badges.example/list", b"\n [1]").endswith(".json")


def test_every_name_is_safe_on_every_system(held, alice):
    for named in ("../../../evil", "C:\\evil", "مرحبا", "nul"):
        held(named=named, public=True)

    for name in exported(alice).files:
        assert SAFE.fullmatch(name), name
        assert ".." not in name


def test_the_archive_is_named_after_the_profile(alice):
    alice.profile.handle = "alice-m"

    assert names.archive(alice.profile, NOW.date()) == "badges-alice-m-2026-03-12.zip"


def test_a_badge_without_picture_keeps_its_documents(held, alice):
    award = held()
    default_storage.delete(pictures.path(award.version.image))
    default_storage.delete(pictures.path(pictures.variant(award.version.image, "440.png")))
    archive = exported(alice)

    assert {name.rpartition("/")[2] for name in archive.of_badges()} == {"ob2.jws", "ob3.json", "ob3.jwt"}
    assert "<img" not in archive.index
    assert 'class="blank"' in archive.index


def test_somebody_without_a_badge_has_a_readable_archive(alice):
    archive = exported(alice)

    assert set(archive.files) == {"index.html", "LISEZMOI.txt", "documents.json"}
    assert archive.documents == {}
    assert "Il n’y avait aucun badge dans ce passeport." in archive.index


# Whose


@pytest.fixture
def crowd(held, bob):
    """Bob holds what Alice holds, is waiting and has declined, all with marks of his; so does a third person."""
    mine = held(public=True)
    badge = mine.badge_class
    for number, (person, state) in enumerate(
        [(bob, {"public": True}), (UserFactory(name="Marque Tierce"), {"revoked": True, "accepted": True})]
    ):
        award = signed(
            badge_class=badge,
            holder=person,
            recipient_address=f"marque-adresse{number}@exemple.fr",
            recipient_name=f"Marque Nom{number}",
            **state,
        )
        Evidence.objects.create(assertion=award, name="Marque preuve", narrative="Marque récit")
    for state in ("declined", None):
        traits = {state: True} if state else {}
        AssertionFactory(recipient_address=bob.email, recipient_name="Marque Attente", **traits)
    return mine


def test_nothing_of_anybody_else_is_in_it(crowd, alice, bob):
    archive = exported(alice)
    others = list(
        crowd.badge_class.assertions.exclude(pk=crowd.pk).select_related("documents", "holder__profile")
    )

    everything = b"\n".join([*archive.files.values(), "\n".join(archive.files).encode()])
    assert len(others) == 2
    for other in others:
        marks = [
            str(other.uid), other.code, other.printed_code, other.documents.salt, other.holder.email,
            other.holder.profile.handle, other.recipient_address, other.recipient_name,
        ]  # fmt: skip
        assert [mark for mark in marks if mark.encode() in everything] == []
    assert b"Marque" not in everything
    assert b"marque" not in everything
    assert bob.email.encode() not in everything
    # The same marks of one's own are all there.
    for mark in (
        str(crowd.uid),
        crowd.code,
        crowd.printed_code,
        crowd.documents.salt,
        alice.email,
        "Alice Martin",
    ):
        assert mark.encode() in everything, mark


def test_no_private_key_is_in_it(held, alice):
    award = held(public=True)
    ring = keys.ring(award.badge_class.issuer)
    secrets = [bytes(ring.proof.sealed), bytes(ring.token.sealed), b"PRIVATE", b'"d":', b'"p":']
    for private in (keys.ed25519(ring.proof), keys.rsa(ring.token)):
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        secrets += [der[-32:], base64.b64encode(der)[-40:], base64.urlsafe_b64encode(der[-32:]).rstrip(b"=")]
    archive = exported(alice)

    assert [secret for secret in secrets for content in archive.files.values() if secret in content] == []
    assert any(ring.proof.public.encode() in content for content in archive.files.values())


def test_what_waits_is_listed_and_no_file(held, alice):
    waiting = AssertionFactory(
        recipient_address=alice.email,
        badge_class=BadgeClassFactory(name="Médiation", issuer=IssuerFactory(name="Amcsti")),
        issued_at=datetime(2026, 2, 3, 12, tzinfo=UTC),
    )
    archive = exported(alice)

    assert "Badges en attente d’une réponse" in archive.index
    assert (
        "<strong>Médiation</strong><br>Délivré par Amcsti, le 3 février 2026, à alice@exemple.fr"
        in archive.index
    )
    assert "0 badge, 1 en attente" in archive.index
    assert archive.of_badges(waiting.code) == {}
    assert not any(str(waiting.uid) in name for name in archive.documents)


def test_what_was_declined_is_listed_and_no_file(alice):
    refused = AssertionFactory(recipient_address=alice.email, badge_class=BadgeClassFactory(name="Débat"))
    decline(assertion=refused)
    archive = exported(alice)

    assert '<h2 id="refus">Badges refusés</h2>' in archive.index
    assert "<strong>Débat</strong>" in archive.index
    assert archive.of_badges() == {}


# What it costs


def counted(user) -> int:
    exported(user)  # fills what is kept between requests
    with CaptureQueriesContext(connection) as queries:
        exported(user)
    return len(queries)


def test_queries_grow_by_documents_alone(held, alice):
    """Each document is asked for once, as the site serves it: five queries for a wording, which has two; one for what
    says that a public badge was withdrawn; none for a badge itself.
    """
    issuer = IssuerFactory()
    badges = [BadgeClassFactory(issuer=issuer, image=stored_picture()) for _number in range(4)]
    held(badge_class=badges[0])
    with_one = counted(alice)
    for _number in range(3):
        again = held(public=True, badge_class=badges[0], revoked=True)
    with_four_of_one = counted(alice)
    for badge in badges[1:]:
        held(badge_class=badge)

    assert again.is_revoked
    assert with_one == 40
    assert with_four_of_one == with_one + 3 * 2
    assert counted(alice) == with_four_of_one + 3 * 5


def test_queries_of_badges_are_few_for_many(held, alice, monkeypatch):
    """Fifty rows at a time."""
    monkeypatch.setattr(documents, "put_all", lambda archive, mine, others: None)
    badge_class = BadgeClassFactory(image=stored_picture())
    held(badge_class=badge_class)
    with_one = counted(alice)
    for _number in range(9):
        held(badge_class=badge_class, revoked=True)

    assert (with_one, counted(alice)) == (10, 10)


def test_memory_does_not_grow_with_what_is_exported(alice, tmp_path):
    """Twenty originals of half a megabyte, with as much of their issuers, pass one after the other."""
    for number in range(20):
        original = random.Random(number).randbytes(500_000)
        kept(alice, original=original, copies={f"https://badges.example/{number}": original.hex()[:500_000]})
    with (tmp_path / "all.zip").open("wb") as target:
        held_at_once = peak(lambda: export(target, user=alice, at=NOW))

    assert (tmp_path / "all.zip").stat().st_size > 20 * 500_000
    assert held_at_once < 6_000_000


# What cannot be


def test_a_proof_too_heavy_for_those_who_verify_leaves_no_archive_without_it(held, alice, monkeypatch):
    monkeypatch.setattr(documents, "LIST_BYTES", 600)
    held()

    with pytest.raises(NotPossible, match=r"exemple\.fr/badges/images/"):
        made(user=alice, at=NOW)


def test_a_badge_that_leaves_meanwhile_is_not_in_it(held, alice, monkeypatch):
    """Erased after it was counted: the others are there."""
    gone, stays = held(), held()
    monkeypatch.setattr(exporting, "_sign_missing", lambda mine: mine.filter(pk=gone.pk).delete())

    assert {name.split("/")[1] for name in exported(alice).of_badges()} == {f"congres-2019-{stays.code}"}


def test_a_badge_that_comes_meanwhile_is_in_the_next_one(held, alice, monkeypatch):
    monkeypatch.setattr(exporting, "_sign_missing", lambda mine: held())

    assert exported(alice).of_badges() == {}
    monkeypatch.undo()
    assert len(exported(alice).of_badges()) == 5


def test_a_lost_secret_leaves_no_half_archive(held, alice, settings):
    held()
    keys._open.cache_clear()
    settings.KEYS_SECRET = "another"

    with pytest.raises(NotPossible, match="/ob3/status/"):
        made(user=alice, at=NOW)


def test_the_file_is_at_its_beginning(held, alice):
    held()

    with made(user=alice, at=NOW) as file:
        assert opened(file.read()).raw == exported(alice).raw
