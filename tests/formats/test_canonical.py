"""Canonical forms: W3C's vectors byte for byte, a second implementation, and all that must not pass unsigned."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badges.formats import canonical
from tests.cost import within
from tests.formats.refusals import code, megabytes, outcome, refusal
from tests.formats.test_jsons import VALUES

VECTORS = Path(__file__).parents[1] / "vectors"
RDFC = VECTORS / "rdfc10"
SUITE = [
    entry
    for entry in json.loads((RDFC / "manifest.jsonld").read_text())["entries"]
    if entry["type"] == "rdfc:RDFC10EvalTest"
]
# What is known to differ from the suite.
DIFFERENT = {
    "#test060c": "control characters and escapes in IRIs, which documents here are refused for",
    "#test075c": "SHA-384, which no cryptosuite for Ed25519 uses",
}
CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
CREDENTIALS = "https://www.w3.org/2018/credentials#"


def vector(path: str) -> dict:
    return json.loads((VECTORS / path).read_text())


def credential(**changes) -> dict:
    return {
        "@context": CONTEXTS,
        "id": "https://badges.test/credentials/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://badges.test/issuers/1", "type": ["Profile"], "name": "Atelier"},
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2027-01-01T00:00:00Z",
        "name": "Soudure",
        "credentialSubject": {
            "id": "urn:uuid:2f0a",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.test/badges/1",
                "type": ["Achievement"],
                "name": "Soudure",
                "description": "Souder à l’étain",
                "criteria": {"narrative": "Une carte soudée"},
                "tag": ["électronique", "soudure"],
            },
        },
        **changes,
    }


def achievement(**changes) -> dict:
    document = credential()
    document["credentialSubject"]["achievement"].update(changes)
    return document


# Published forms


@pytest.mark.parametrize(
    "document, expected",
    [
        ("eddsa/eddsa-rdfc-2022/signedDataInt.json", "eddsa/eddsa-rdfc-2022/canonDocDataInt.txt"),
        ("eddsa/Ed25519Signature2020/signedEdSig.json", "eddsa/Ed25519Signature2020/canonDocEdSig.txt"),
        ("eddsa/eddsa-rdfc-2022/proofConfigDataInt.json", "eddsa/eddsa-rdfc-2022/proofCanonDataInt.txt"),
        (
            "eddsa/Ed25519Signature2020/proofConfigEdSig.json",
            "eddsa/Ed25519Signature2020/proofCanonEdSig.txt",
        ),
    ],
)
def test_nquads_are_those_of_the_w3c(document, expected):
    unsecured = {name: value for name, value in vector(document).items() if name != "proof"}

    assert canonical.nquads(unsecured) == (VECTORS / expected).read_text()


@pytest.mark.parametrize(
    "document, expected",
    [
        ("eddsa/eddsa-jcs-2022/signedJCS.json", "eddsa/eddsa-jcs-2022/canonDocJCS.txt"),
        ("eddsa/eddsa-jcs-2022/proofConfigJCS.json", "eddsa/eddsa-jcs-2022/proofCanonJCS.txt"),
    ],
)
def test_jcs_is_that_of_the_w3c(document, expected):
    unsecured = {name: value for name, value in vector(document).items() if name != "proof"}

    assert canonical.jcs(unsecured).decode() == (VECTORS / expected).read_text()


def test_jcs_orders_by_utf_16_and_writes_numbers_as_javascript():
    assert canonical.jcs({"\ufb33": 1.0, "😀": 1e21, "a": "é"}) == '{"a":"é","😀":1e+21,"\ufb33":1}'.encode()


def test_jcs_refuses_a_number_that_javascript_would_change():
    assert code(canonical.jcs, {"a": 2**53}) == "json-number"
    assert code(canonical.jcs, float("nan")) == "json-number"


@pytest.mark.parametrize("entry", SUITE, ids=lambda entry: entry["id"])
def test_rdfc_suite(entry):
    found = canonical.canonise_nquads((RDFC / entry["action"]).read_text())
    is_same = found == (RDFC / entry["result"]).read_text()

    assert is_same == (entry["id"] not in DIFFERENT)


def test_the_suite_is_whole():
    assert len(SUITE) == 64
    assert len([entry for entry in SUITE if entry["id"] in DIFFERENT]) == len(DIFFERENT) == 2


def test_the_poison_graph_is_refused_at_once():
    poison = (RDFC / "rdfc10" / "test074-in.nq").read_text()

    assert code(canonical.canonise_nquads, poison) == "graph-too-hard"
    within(0.5, lambda: outcome(canonical.canonise_nquads, poison))


# A second implementation


def by_oxigraph(text: str) -> str:
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


def readable() -> list[Path]:
    found = [*(VECTORS / "ob30").rglob("*.json"), *(VECTORS / "clr20").rglob("*.json")]
    return sorted(path for path in found if outcome(canonical.nquads, json.loads(path.read_text())) == "good")


# Graphs named by blank nodes that hold equal proofs: oxigraph numbers them in another order than PyLD, rdf-canonize
# (JavaScript) and 1EdTech's signer (Java), whose signature over this form is good.
OXIGRAPH_ALONE = {"complete"}


@pytest.mark.parametrize("path", readable(), ids=lambda path: path.stem)
def test_oxigraph_numbers_blank_nodes_the_same_way(path):
    form = canonical.nquads(json.loads(path.read_text()))

    assert (by_oxigraph(form) == form) == (path.stem not in OXIGRAPH_ALONE)


def test_many_documents_are_compared():
    assert len(readable()) == 25


@pytest.mark.parametrize("seed", range(10))
def test_neither_order_nor_names_of_blank_nodes_count(seed):
    chance = random.Random(seed)
    form = canonical.nquads(vector("ob30/1edtech-validator/complete.json"))
    names = [f"_:c14n{n}" for n in range(form.count("_:c14n")) if f"_:c14n{n} " in form]
    given_names = dict(zip(names, chance.sample(range(10_000), len(names)), strict=True))
    lines = [
        " ".join(f"_:x{given_names[word]}" if word in given_names else word for word in line.split(" "))
        for line in form.splitlines(keepends=True)
    ]
    chance.shuffle(lines)

    assert canonical.canonise_nquads("".join(lines)) == form


# The same document, written otherwise


def test_order_of_members_and_single_values_do_not_count():
    document = credential()
    turned = dict(reversed(document.items()))
    turned["issuer"] = {**document["issuer"], "type": "Profile"}

    assert canonical.nquads(turned) == canonical.nquads(document)


@pytest.mark.parametrize(
    "changes", [{"name": "Soudage"}, {"validUntil": "2028-01-01T00:00:00Z"}, {"description": "x"}]
)
def test_any_change_changes_the_form(changes):
    assert canonical.nquads(credential(**changes)) != canonical.nquads(credential())


def test_the_document_is_left_as_it_was():
    document = credential()
    canonical.nquads(document)

    assert document == credential()


def test_the_second_time_is_as_the_first():
    forms = {canonical.nquads(vector("ob30/1edtech-validator/complete.json")) for _ in range(3)}

    assert len(forms) == 1


def test_threads_do_not_disturb_each_other():
    documents = [vector("ob30/1edtech-validator/complete.json"), credential(), endorsed(5)] * 10
    alone = [canonical.nquads(document) for document in documents[:3]]
    canonical._active.clear()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(canonical.nquads, documents)) == alone * 10


# What would not be signed


@pytest.mark.parametrize(
    "document, expected, params",
    [
        (credential(colour="red"), "term-dropped", {"term": "colour"}),
        (achievement(colour="red"), "term-dropped", {"term": "colour"}),
        (achievement(criteria={"narrative": "x", "why": "y"}), "term-dropped", {"term": "why"}),
        (credential(type=["VerifiableCredential"]), "good", {}),
        (credential(type=["VerifiableCredential", "Own"]), "identifier-relative", {"identifier": "Own"}),
        (credential(id="credentials/1"), "identifier-relative", {"identifier": "credentials/1"}),
        (credential(id="https://badges.test/a b"), "identifier-relative", {"identifier": "https://badges.test/a b"}),
        (credential(id="https://badges.test/\n"), "identifier-relative", {"identifier": "https://badges.test/\n"}),
        (credential(id="urn:x> <urn:y"), "identifier-relative", {"identifier": "urn:x> <urn:y"}),
        (achievement(id="#badge"), "identifier-relative", {"identifier": "#badge"}),
        (credential(id=""), "identifier-relative", {"identifier": ""}),
        (credential(**{"@context": CONTEXTS[1:]}), "term-dropped", {"term": "credentialSubject"}),
        (credential(**{"@context": [*CONTEXTS, "https://own.test/"]}), "context-unknown", {"address": "https://own.test/"}),
        (achievement(**{"@context": "https://own.test/"}), "context-unknown", {"address": "https://own.test/"}),
        (credential(**{"@context": [*CONTEXTS, {"colour": "urn:colour"}]}), "context-inline", {}),
        (achievement(**{"@context": {"Diploma": "urn:x"}}), "context-inline", {}),
        (credential(**{"@context": [*CONTEXTS, None]}), "context-inline", {}),
        (credential(**{"@context": []}), "document-not-jsonld", {}),
        (achievement(name={"@value": "a", "@language": "fr"}), "good", {}),
        (achievement(name={"@value": "a", "@language": "fr .\n<urn:x> <urn:y> <urn:z"}), "document-not-jsonld", {}),
        (achievement(name="a\x0bb"), "json-text", {}),
    ],
)  # fmt: skip
def test_what_would_not_be_signed_is_refused(document, expected, params):
    if expected == "good":
        assert outcome(canonical.nquads, document) == "good"
    else:
        refused = refusal(canonical.nquads, document)
        assert (refused.code, refused.params) == (expected, params)


@pytest.mark.parametrize("term", ["a b", "a>b", 'a"b', "a\nb"])
def test_a_word_that_no_iri_can_hold_is_refused(term):
    # This vocabulary takes any word.
    contexts = [*CONTEXTS, "https://www.w3.org/ns/credentials/examples/v2"]

    assert outcome(canonical.nquads, credential(**{"@context": contexts, "word": "x"})) == "good"
    assert code(canonical.nquads, credential(**{"@context": contexts, term: "x"})) == "term-dropped"


def hidden(name: str, to: str) -> dict:
    """A credential whose member `name` is written so that the graph is the same and readers do not see it."""
    document = credential()
    document[to] = document.pop(name)
    return document


@pytest.mark.parametrize(
    "document, term",
    [
        (hidden("validUntil", f"{CREDENTIALS}validUntil"), f"{CREDENTIALS}validUntil"),
        (hidden("credentialSubject", "cred:credentialSubject"), "cred:credentialSubject"),
        (hidden("id", "@id"), "@id"),
        (hidden("type", "@type"), "@type"),
        (credential(**{"@graph": []}), "@graph"),
        (credential(**{"@included": []}), "@included"),
        (credential(**{"@reverse": {}}), "@reverse"),
        (achievement(**{"_:blank": "x"}), "_:blank"),
        (achievement(name={"@value": "a", "@language": "ar", "@direction": "rtl"}), "@direction"),
    ],
)
def test_a_term_under_another_name_is_refused(document, term):
    refused = refusal(canonical.nquads, document)

    assert (refused.code, refused.params) == ("term-disguised", {"term": term})


def test_an_expiry_that_is_said_elsewhere_in_the_document_is_refused():
    document = credential()
    again = {"id": document["id"], "type": ["VerifiableCredential"], "validUntil": document.pop("validUntil")}
    document["credentialSubject"]["achievement"]["creator"] = again

    refused = refusal(canonical.nquads, document)
    assert (refused.code, refused.params) == ("term-disguised", {"term": "validUntil"})


def test_an_endorsement_may_speak_of_the_credential():
    comment = {"id": credential()["id"], "type": ["EndorsementSubject"], "endorsementComment": "Bien"}
    endorsement = {
        **{name: credential()[name] for name in ("issuer", "validFrom", "name")},
        "@context": CONTEXTS,
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "credentialSubject": comment,
    }

    assert "endorsementComment" in canonical.nquads(credential(endorsement=[endorsement]))


@pytest.mark.parametrize(
    "document",
    [
        achievement(name={"@value": ["a"]}),
        achievement(name={"@value": "a", "id": "urn:x"}),
        credential(id=["urn:a", "urn:b"]),
        credential(id=5),
        credential(type=["VerifiableCredential", {}]),
        credential(type=["VerifiableCredential", None]),
        credential(**{"@context": [*CONTEXTS, "https://www.w3.org/2018/credentials/v1"]}),
    ],
)
def test_what_is_no_json_ld_is_refused(document):
    assert code(canonical.nquads, document) == "document-not-jsonld"


# Whatever is given


@settings(max_examples=150)
@given(
    value=VALUES,
    place=st.sampled_from(["id", "type", "issuer", "name", "credentialSubject", "evidence", "proof"]),
)
def test_any_value_anywhere_is_read_or_refused(value, place):
    outcome(canonical.nquads, credential(**{place: value}))
    outcome(canonical.nquads, achievement(**{place: value}))


@settings(max_examples=50)
@given(value=st.dictionaries(st.text(max_size=5), VALUES, max_size=3))
def test_any_object_is_read_or_refused(value):
    outcome(canonical.nquads, value)


TYPES = [
    "Achievement",
    "Address",
    "Alignment",
    "EndorsementSubject",
    "Evidence",
    "GeoCoordinates",
    "Profile",
    "Result",
]


def sample(seed: int) -> list[str]:
    return random.Random(seed).sample(TYPES, 3)


def evidence(times: int, **members: str) -> dict:
    each = [{name: text.format(n=n) for name, text in members.items()} for n in range(times)]
    return credential(evidence=[{"type": ["Evidence"], **members} for members in each])


def endorsed(times: int) -> dict:
    each = credential(
        type=["VerifiableCredential", "EndorsementCredential"], credentialSubject={"id": "urn:x"}
    )
    return credential(endorsement=[{**each, "id": f"urn:endorsement:{n}"} for n in range(times)])


@pytest.mark.parametrize(
    "document, expected",
    [
        (achievement(tag=[f"t{n}" for n in range(700)]), "good"),
        (achievement(tag=[f"t{n}" for n in range(19_000)]), "graph-too-hard"),
        (evidence(3000, id="urn:x", name="{n}"), "graph-too-hard"),
        (evidence(700, name="{n}"), "good"),
        (evidence(700, name="x"), "graph-too-hard"),
        (credential(evidence=[{}] * 9_000), "graph-too-hard"),
        (credential(evidence=[{"id": f"urn:{n}", "type": sample(n)} for n in range(700)]), "document-not-jsonld"),
        (endorsed(64), "good"),
        (endorsed(600), "graph-too-hard"),
        (achievement(description="x" * 260_000), "good"),
    ],
    ids=["tags", "more-tags", "one-node", "blank", "same-blank", "empty", "types", "endorsed", "over-endorsed", "long"],
)  # fmt: skip
def test_the_worst_documents_take_little(document, expected):
    assert within(1, lambda: outcome(canonical.nquads, document)) == expected
    assert megabytes(canonical.nquads, document) < 60


def clique(size: int) -> str:
    return "".join(f"_:a{n} <urn:p> _:a{m} .\n" for n in range(size) for m in range(size) if n != m)


@pytest.mark.parametrize(
    "graph",
    [
        clique(30),
        "".join(f"_:a{n} <urn:p> _:a{(n + 1) % 300} .\n" for n in range(300)),
        # The same triples in several graphs, whose permutations never end.
        "".join(f"_:{s} <urn:p> _:b{n} <urn:g{m}> .\n" for s in "ac" for n in range(5) for m in range(4)),
        "".join(f"_:a{n} <urn:p> _:b{n} .\n_:b{n} <urn:p> _:a{n} .\n" for n in range(200)),
    ],
    ids=["clique", "ring", "graphs", "pairs"],
)
def test_poison_is_refused_at_once(graph):
    assert code(canonical.canonise_nquads, graph) == "graph-too-hard"
    within(1, lambda: outcome(canonical.canonise_nquads, graph))


def test_a_document_that_asks_for_ever_new_contexts_is_refused(monkeypatch):
    monkeypatch.setattr(canonical, "CONTEXTS", 0)
    canonical._active.clear()

    assert code(canonical.nquads, credential()) == "graph-too-hard"


def test_a_usual_credential_takes_some_milliseconds():
    document = vector("ob30/1edtech-validator/complete.json")
    canonical.nquads(document)

    within(0.1, lambda: canonical.nquads(document))
