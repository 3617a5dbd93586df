"""JSON-LD contexts: those of the library's folder, as they were published, and no other."""

import hashlib
from collections import defaultdict

import pytest

from badges.formats import contexts
from tests.formats.refusals import refusal

# Published by 1EdTech: the name of a class and of a property for one IRI.
TWO_NAMES = {
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement": {"achievement", "Achievement"},
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile": {"creator", "Profile"},
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria": {"criteria", "Criteria"},
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Address": {"address", "Address"},
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#GeoCoordinates": {"geo", "GeoCoordinates"},
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image": {"image", "Image"},
}


def test_every_file_is_the_one_that_is_pinned():
    for entry in contexts.INDEX.values():
        assert hashlib.sha256((contexts.FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_the_folder_holds_nothing_else():
    assert {path.name for path in contexts.FOLDER.iterdir()} == {
        "index.json", *(entry["file"] for entry in contexts.INDEX.values()),
    }  # fmt: skip


@pytest.mark.parametrize("address", sorted(contexts.KNOWN))
def test_every_context_is_read(address):
    assert "@context" in contexts.load(address)


def test_an_older_address_names_the_same_context():
    assert contexts.load("https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld") == contexts.load(
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://contexts.test/own.json",
        "http://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/v2#",
        "https://w3id.org/security/v2",
        "../index.json",
        "index.json",
        "",
    ],
)
def test_another_address_is_refused(address):
    refused = refusal(contexts.load, address)

    assert (refused.code, refused.params) == ("context-unknown", {"address": address})


def test_a_file_that_was_changed_is_not_used(monkeypatch):
    address = "https://w3id.org/security/jwk/v1"
    changed = {**contexts.INDEX[address], "sha256": "0" * 64}
    monkeypatch.setitem(contexts.INDEX, address, changed)
    contexts.load.cache_clear()

    with pytest.raises(RuntimeError, match=r"jwk-v1\.jsonld was changed"):
        contexts.load(address)


def terms(context, prefixes=()):
    """Each IRI with the term that stands for it, in scoped contexts too."""
    if isinstance(context, list):
        for part in context:
            yield from terms(part, prefixes)
    if not isinstance(context, dict):
        return
    prefixes = {**dict(prefixes), **{name: iri for name, iri in context.items() if isinstance(iri, str)}}
    for name, definition in context.items():
        iri = definition.get("@id") if isinstance(definition, dict) else definition
        if isinstance(iri, str) and not name.startswith("@"):
            head, _, tail = iri.partition(":")
            yield prefixes[head] + tail if head in prefixes and not tail.startswith("//") else iri, name
        if isinstance(definition, dict):
            yield from terms(definition.get("@context"), prefixes)


def test_no_context_gives_a_second_name_under_which_readers_would_not_see_what_is_signed():
    names = defaultdict(set)
    for address in contexts.KNOWN:
        for iri, name in terms(contexts.load(address)["@context"]):
            names[iri].add(name)

    assert names["https://www.w3.org/2018/credentials#validUntil"] == {"validUntil"}
    assert {iri: found for iri, found in names.items() if len(found) > 1} == TWO_NAMES
