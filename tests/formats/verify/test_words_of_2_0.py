"""What documents of Open Badges 2.0 may say: contexts, types, extensions, shapes."""

import hashlib
from typing import Any

import pytest

from badges.formats.report import Verdict
from badges.formats.verify import vocabulary
from tests.formats.verify.judging import codes, judge, outcome
from tests.formats.verify.served import BADGE, HOME, ISSUER, V2, assertion, badge_class, issuer, pages

EXAMPLE = "https://w3id.org/openbadges/extensions/exampleExtension/context.json"
FORMER = "https://openbadgespec.org/extensions/exampleExtension/context.json"


def judged(**changes: Any):
    award = assertion(**changes)
    return judge(award, pages(assertion=award))


def test_the_bundled_documents_are_those_whose_sums_are_pinned():
    files = {path.name for path in vocabulary.FOLDER.iterdir()} - {"index.json", "README.md"}

    assert files == {entry["file"] for entry in vocabulary.INDEX.values()}
    for entry in vocabulary.INDEX.values():
        content = (vocabulary.FOLDER / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_a_bundled_document_that_was_changed_is_not_used(tmp_path, monkeypatch):
    (tmp_path / "context.json").write_text("{}")
    monkeypatch.setattr(vocabulary, "FOLDER", tmp_path)

    with pytest.raises(RuntimeError):
        vocabulary.load(vocabulary.CONTEXT)


@pytest.mark.parametrize(
    "context",
    [
        [V2],
        [V2, EXAMPLE],
        [V2, FORMER],
        [V2, {"@language": "fr"}],
        "http://w3id.org/openbadges/v2",
        "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld",
        vocabulary.terms(),
        [V2, {"name": {"@id": "schema:name"}}],
        [V2, {"exampleProperty": "http://schema.org/text"}],
    ],
)
def test_known_contexts_and_their_copies_are_taken(context):
    assert outcome(judged(**{"@context": context})) == ("authentic", [])


@pytest.mark.parametrize(
    "context",
    [
        [V2, {"name": "https://evil.example/name"}],
        [V2, {"recipient": "obi:badge"}],
        [V2, {"awardee": "obi:recipient"}],
        [V2, {"@vocab": "https://evil.example/"}],
        [V2, {"@base": "https://evil.example/"}],
        [V2, None],
        [V2, 7],
        [V2, [V2]],
        [{"@language": 7}, V2],
        vocabulary.terms() | {"badge": "https://evil.example/badge"},
        vocabulary.terms() | {"identity": "https://evil.example/identity"},
    ],
)
def test_contexts_that_give_words_another_meaning_are_refused(context):
    assert judged(**{"@context": context}).verdict == Verdict.INVALID


def test_a_context_deeper_in_the_badge_is_judged_too():
    recipient = assertion()["recipient"] | {"@context": {"identity": "https://evil.example/identity"}}

    assert "term-redefined" in codes(judged(recipient=recipient))


def test_contexts_of_the_class_and_the_issuer_are_judged_too():
    odd = {"@context": [V2, {"name": "https://evil.example/name"}]}

    assert outcome(judge(assertion(), pages(badge=badge_class(**odd)))) == ("invalid", ["term-redefined"])
    assert outcome(judge(assertion(), pages(issuer=issuer(**odd)))) == ("invalid", ["term-redefined"])


def test_a_foreign_context_leaves_open_what_the_words_mean():
    report = judged(**{"@context": [V2, "https://elsewhere.example/context"]})

    assert outcome(report) == ("unverifiable", [])
    assert "context-foreign" in codes(report, None)


@pytest.mark.parametrize(
    "context", ["https://w3id.org/openbadges/invalid", {}, [], None, 7, {"Assertion": "x"}]
)
def test_without_its_context_a_badge_of_2_0_follows_no_standard(context):
    award = assertion(**{"verification": {"type": "HostedBadge"}}) | {"@context": context}

    assert judge(award, pages(assertion=award)).verdict == Verdict.INVALID


@pytest.mark.parametrize(
    "type, expected",
    [
        ("Assertion", "authentic"),
        (["Assertion"], "authentic"),
        (["Assertion", "https://elsewhere.example/Award"], "authentic"),
        (["Assertion", "extensions:Award"], "authentic"),
        (["Assertion", "Award"], "invalid"),
        ("OtherAssertion", "invalid"),
        ([], "invalid"),
        ("", "invalid"),
        (None, "invalid"),
        (7, "invalid"),
        ({"a": 1}, "invalid"),
        ("Evidence", "unverifiable"),
        ("https://elsewhere.example/Award", "unverifiable"),
    ],
)
def test_the_type_tells_what_it_is(type, expected):
    award = assertion() | {"type": type}

    assert judge(award, pages(assertion=award)).verdict.value == expected


@pytest.mark.parametrize("name", ["id", "type", "recipient", "badge", "verification", "issuedOn"])
@pytest.mark.parametrize("value", [None, "", [], {}, 7, True, [[]], ["x", "y"]])
def test_what_the_standard_requires_is_there_and_is_what_it_should(name, value):
    award = assertion() | {name: value}

    assert judge(award, pages(assertion=award)).verdict == Verdict.INVALID


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"expires": "never"}, "property-wrong"),
        ({"expires": {"@value": "2030-01-01"}}, "property-wrong"),
        ({"image": "data:image/png;base64,AAAA"}, "image-embedded"),
        ({"image": {"id": "data:image/png;base64,AAAA"}}, "image-embedded"),
        ({"recipient": {"type": "email", "hashed": False}}, "property-missing"),
        ({"recipient": [assertion()["recipient"], assertion()["recipient"]]}, "property-wrong"),
        ({"recipient": {"type": "email", "identity": ["a@example.org"]}}, "property-wrong"),
    ],
)
def test_other_properties_keep_their_rules(changes, code):
    report = judged(**changes)

    assert report.verdict == Verdict.INVALID
    assert code in codes(report) or "property-wrong" in codes(report)


@pytest.mark.parametrize(
    "document, changes, told",
    [
        ("assertion", {"issuedOn": "2024-05-01T10:00:00"}, "zone-missing"),
        ("assertion", {"recipient": {"type": "email", "identity": "a@example.org"}}, "property-expected"),
        ("badge", {"image": None}, "property-expected"),
        ("badge", {"criteria": {}}, None),
        ("badge", {"tags": "robots", "alignment": {"targetName": "x"}, "version": ""}, None),
        ("issuer", {"email": None}, "property-expected"),
        ("issuer", {"type": ["Profile"]}, None),
    ],
)  # fmt: skip
def test_what_real_issuers_forget_is_tolerated_and_told(document, changes, told):
    made = {"assertion": assertion, "badge": badge_class, "issuer": issuer}[document](**changes)
    site = pages(**{document: made})

    report = judge(site[f"{HOME}/assertions/1"], site)

    assert outcome(report) == ("authentic", [])
    assert told is None or told in codes(report, None)


@pytest.mark.parametrize(
    "extension, expected",
    [
        (
            {
                "@context": EXAMPLE,
                "type": ["Extension", "extensions:ExampleExtension"],
                "exampleProperty": "x",
            },
            True,
        ),
        (
            {
                "@context": FORMER,
                "type": ["Extension", "extensions:ExampleExtension"],
                "exampleProperty": "x",
            },
            True,
        ),
        ({"@context": EXAMPLE, "type": "Extension", "http://schema.org/text": "x"}, True),
        ({"@context": EXAMPLE, "type": "Extension", "exampleProperty": 7}, False),
        ({"@context": EXAMPLE, "type": "Extension"}, False),
        ({"type": ["Extension", "extensions:ExampleExtension"]}, False),
    ],
)
def test_a_published_extension_keeps_its_schema(extension, expected):
    report = judged(**{"extensions:exampleExtension": extension})

    assert report.verdict == (Verdict.AUTHENTIC if expected else Verdict.INVALID)
    assert codes(report, expected).count("extension-good" if expected else "extension-broken") == 1


def test_an_unknown_extension_is_kept_and_told():
    unknown = {
        "@context": "https://elsewhere.example/context",
        "type": ["Extension", "extensions:Odd"],
        "x": 1,
    }

    report = judged(**{"extensions:odd": unknown})

    assert outcome(report) == ("authentic", [])
    assert "extension-unknown" in codes(report, None)


def test_extensions_of_the_class_and_the_issuer_are_checked_too():
    broken = {"extensions:exampleExtension": {"@context": EXAMPLE, "type": "Extension"}}

    assert outcome(judge(assertion(), pages(badge=badge_class(**broken)))) == (
        "invalid",
        ["extension-broken"],
    )
    assert outcome(judge(assertion(), pages(issuer=issuer(**broken)))) == ("invalid", ["extension-broken"])


@pytest.mark.parametrize("name", list(vocabulary.extensions()))
def test_every_published_extension_has_a_type_and_a_schema_that_works(name):
    assert vocabulary.extensions()[name]
    assert vocabulary.extension_of(f"{vocabulary.HOME}{name}/context.json") == name
    assert not vocabulary.extension_schema(name).is_valid([])


def test_the_schema_of_accessibility_is_read_in_spite_of_its_fault():
    assert vocabulary.extension_schema("accessibilityExtension").is_valid({"required": ["url"], "url": HOME})


# Documents that are no award


def test_a_class_by_itself_is_what_its_address_gives_and_nobody_s_award():
    report = judge(badge_class(), pages())

    assert outcome(report) == ("authentic", [])
    assert report.facts is None
    assert "no-award" in codes(report, None)


@pytest.mark.parametrize(
    "document, site, expected",
    [
        (issuer(), pages(), "authentic"),
        (issuer(), {}, "unreachable"),
        (issuer(name="A university"), pages(), "modified"),
        (badge_class(name="Doctorate"), pages(), "modified"),
        (badge_class(id="urn:uuid:1"), pages(), "unverifiable"),
        (badge_class(issuer="https://other.example/i"), pages(), "modified"),
        (badge_class(name=None), pages(), "invalid"),
    ],
)
def test_a_document_by_itself_is_compared_with_its_address(document, site, expected):
    assert judge(document, site).verdict.value == expected


def test_a_key_and_a_list_by_themselves_are_no_award():
    key = {
        "@context": V2,
        "id": f"{HOME}/k",
        "type": "CryptographicKey",
        "owner": ISSUER,
        "publicKeyPem": "x",
    }
    revoked = {
        "@context": V2,
        "id": f"{HOME}/l",
        "type": "RevocationList",
        "issuer": ISSUER,
        "revokedAssertions": ["x"],
    }

    assert outcome(judge(key, {f"{HOME}/k": key})) == ("authentic", [])
    assert outcome(judge(revoked, {f"{HOME}/l": revoked})) == ("authentic", [])
    assert judge(key, {f"{HOME}/k": key}).facts is None


def test_a_class_that_names_the_issuer_of_another_site_proves_nothing():
    address = "https://evil.example/b"
    forged = badge_class(id=address)

    assert outcome(judge(forged, {address: forged, ISSUER: issuer()})) == ("unverifiable", [])


# Endorsements


def endorsement(**changes: Any) -> dict[str, Any]:
    return {
        "@context": V2,
        "id": f"{HOME}/e",
        "type": "Endorsement",
        "claim": {"id": BADGE, "endorsementComment": "Good"},
        "issuer": ISSUER,
        "issuedOn": "2024-05-01T10:00:00Z",
        "verification": {"type": "HostedBadge"},
    } | changes


@pytest.mark.parametrize(
    "served, ok, code",
    [
        (endorsement(), True, "endorsement-good"),
        (endorsement(claim={"id": ISSUER}), None, "endorsement-other"),
        (endorsement(claim={"endorsementComment": "Good"}), None, "endorsement-other"),
        (endorsement(id=f"{HOME}/e2"), None, "endorsement-other"),
        (endorsement(type="Assertion"), None, "endorsement-other"),
        (endorsement(issuer=None), None, "endorsement-other"),
        (endorsement(revoked=True), None, "endorsement-other"),
        (["x"], None, "endorsement-other"),
        (404, None, "endorsement-unread"),
        (b"<html>", None, "endorsement-unread"),
        (None, None, "endorsement-unread"),
    ],
)
def test_endorsements_are_told_and_change_no_verdict(served, ok, code):
    badge = badge_class(endorsement=f"{HOME}/e")

    report = judge(assertion(), {**pages(badge=badge), f"{HOME}/e": served})

    assert outcome(report) == ("authentic", [])
    assert code in codes(report, ok)


def test_an_endorsement_by_itself_is_no_award():
    report = judge(endorsement(), {f"{HOME}/e": endorsement()})

    assert outcome(report) == ("authentic", [])
    assert report.facts is None


def test_an_embedded_endorsement_is_read_at_its_own_address():
    badge = badge_class(endorsement=[endorsement(claim={"id": ISSUER})])

    assert "endorsement-good" in codes(
        judge(assertion(), {**pages(badge=badge), f"{HOME}/e": endorsement()}), True
    )
