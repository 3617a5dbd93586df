"""Open Badges 3.0 that this project writes and signs: every form before every verifier, and a forged twin of each."""

import json

import pytest

from badges.formats import jsons, jws, keys, proofs, status
from badges.formats.documents import Answer
from badges.formats.issue import facts, ob3
from tests.verifiers import golden
from tests.verifiers.judges import (
    ACHIEVEMENT,
    ENDORSEMENT,
    REFUSED,
    REVOKED,
    VALID,
    Judged,
    altered,
    altered_token,
    job,
    served,
)

AMCSTI = golden.issuer("amcsti")
FIRST, SECOND, RSA = (f"{golden.SITE}/ob3/keys/{name}" for name in ("first", "second", "rsa"))
ED25519 = {FIRST: keys.new_ed25519(), SECOND: keys.new_ed25519()}
TOKENS = golden.key("issuer")
LIST, PLACE = f"{golden.SITE}/ob3/status/amcsti", 7


def proved(document: dict, method: str = FIRST) -> dict:
    return proofs.sign(document, key=ED25519[method], method=method, created=facts.moment(golden.ISSUED))


def token(document: dict) -> str:
    claims = jsons.write(ob3.token_claims(document)).encode()
    return jws.sign(claims, TOKENS, header={"alg": "RS256", "kid": RSA, "typ": "JWT"})


def site(*, withdrawn: tuple[int, ...] = (), methods: tuple[str, ...] = (FIRST, SECOND)) -> dict[str, Answer]:
    """What the issuer's addresses answer; `methods` are the Ed25519 keys that count."""
    multikeys = [
        ob3.multikey(AMCSTI, method, keys.multikey(ED25519[method].public_key())) for method in methods
    ]
    bits = ob3.status_list(AMCSTI, LIST, status.bitstring(withdrawn), golden.ISSUED)
    jwk = {**keys.jwk(TOKENS.public_key()), "alg": "RS256", "use": "sig", "kid": RSA}
    found = served(AMCSTI.ob3, ob3.controller(AMCSTI, [*methods, RSA], multikeys)) | served(RSA, jwk)
    for multikey in multikeys:
        found |= served(multikey["id"], {"@context": "https://w3id.org/security/multikey/v1", **multikey})
    return found | served(LIST, proved(bits, methods[-1]))


def award(**others) -> facts.Award:
    return golden.award("hosted", status=facts.StatusPlace(LIST, PLACE), **others)


# Form → who judges it; the published schemas know no status list.
BY_PROOF, BY_TOKEN = ("data-integrity", "wallet", "schema"), ("token", "schema")
JUDGES = {
    "Data Integrity": BY_PROOF,
    "Data Integrity, with an end": BY_PROOF,
    "Data Integrity, over": BY_PROOF,
    "Data Integrity, holding an endorsement": BY_PROOF,
    "Data Integrity, by the key after a rotation": BY_PROOF,
    "endorsement": BY_PROOF,
    "status list": BY_PROOF[:2],
    "VC-JWT": BY_TOKEN,
    "VC-JWT, with an end": BY_TOKEN,
    "VC-JWT, over": BY_TOKEN,
    "VC-JWT, holding an endorsement": BY_TOKEN,
}
PLACES = [(form, judge) for form, judges in JUDGES.items() for judge in judges]


@pytest.fixture(scope="module")
def forms() -> dict[str, dict | str]:
    without_end = ob3.credential(award())
    bounded = ob3.credential(award(expires_at=golden.FAR))
    over = ob3.credential(award(expires_at=golden.PAST))
    endorsement = proved(ob3.endorsement(golden.endorsement("amcsti")))
    holding = ob3.credential(award(achievement=golden.achievement("amcsti", credentials=(endorsement,))))
    return {
        "Data Integrity": proved(without_end),
        "Data Integrity, with an end": proved(bounded),
        "Data Integrity, over": proved(over),
        "Data Integrity, holding an endorsement": proved(holding),
        "Data Integrity, by the key after a rotation": proved(without_end, SECOND),
        "endorsement": endorsement,
        "status list": json.loads(site()[LIST].content),
        "VC-JWT": token(without_end),
        "VC-JWT, with an end": token(bounded),
        "VC-JWT, over": token(over),
        "VC-JWT, holding an endorsement": token(holding),
    }


# How a judge of signatures says that one is wrong.
SIGNATURE_WRONG = {
    "data-integrity": "Invalid signature.",
    "wallet": "invalid_signature",
    "token": "signature verification failed",
}


def asked(form: str, judge: str, given: dict | str, documents: dict[str, Answer]) -> dict:
    schema = {"schema": ENDORSEMENT if form == "endorsement" else ACHIEVEMENT}
    return job(judge, given, documents, **(schema if judge == "schema" else {}))


def judged(
    judge, given: dict[str, dict | str], documents: dict[str, Answer]
) -> dict[tuple[str, str], Judged]:
    """(Form, judge) → verdict and why."""
    places = [(form, name) for form, name in PLACES if form in given]
    return dict(
        zip(places, judge([asked(form, name, given[form], documents) for form, name in places]), strict=True)
    )


def verdicts(judge, given: dict[str, dict | str], documents: dict[str, Answer]) -> dict[tuple[str, str], str]:
    return {place: found.verdict for place, found in judged(judge, given, documents).items()}


def some(forms: dict[str, dict | str], *names: str) -> dict[str, dict | str]:
    return {name: forms[name] for name in names}


def test_every_verifier_accepts_every_form(judge, forms):
    over = {(form, name) for form, name in PLACES if form.endswith(", over") and name != "schema"}

    assert verdicts(judge, forms, site()) == {place: REFUSED if place in over else VALID for place in PLACES}


def test_every_verifier_reads_the_status_list(judge, forms):
    given = some(forms, "Data Integrity", "Data Integrity, with an end", "VC-JWT")

    neighbours = verdicts(judge, given, site(withdrawn=(PLACE - 1, PLACE + 1)))
    withdrawn = verdicts(judge, given, site(withdrawn=(PLACE,)))

    assert set(neighbours.values()) == {VALID}
    assert withdrawn == {(form, name): VALID if name == "schema" else REVOKED for form, name in neighbours}


def test_every_verifier_sees_one_altered_byte_by_the_signature(judge, forms):
    inside = {"status list": "H4sIAAAAAAAC", "endorsement": "Exigeant"}
    twins = {
        form: altered_token(given, "Robotique")
        if isinstance(given, str)
        else altered(jsons.write(given), inside.get(form, "Robotique"))
        for form, given in forms.items()
    }

    found = judged(judge, twins, site())

    for (form, name), (verdict, why) in found.items():
        if name in SIGNATURE_WRONG and not form.endswith(", over"):
            assert verdict == REFUSED
            assert SIGNATURE_WRONG[name] in why, (form, name)


def test_a_schema_refuses_a_type_that_it_does_not_know(judge, forms):
    given = {form: {**held, "type": ["Nothing"]} for form, held in forms.items() if isinstance(held, dict)}

    found = verdicts(judge, given, site())

    assert {verdict for (_form, name), verdict in found.items() if name == "schema"} == {REFUSED}


def test_every_verifier_refuses_a_forged_status_list(judge, forms):
    bits = json.loads(site(withdrawn=(PLACE,))[LIST].content)
    bits["credentialSubject"]["encodedList"] = status.bitstring(())

    found = verdicts(judge, some(forms, "Data Integrity", "VC-JWT"), site() | served(LIST, bits))

    assert {verdict for (_form, name), verdict in found.items() if name != "schema"} == {REFUSED}


def test_every_verifier_refuses_a_key_that_the_issuer_lists_no_more(judge, forms):
    still_answers = {FIRST: site()[FIRST]}

    found = verdicts(judge, some(forms, "Data Integrity"), site(methods=(SECOND,)) | still_answers)

    assert found == {
        ("Data Integrity", "data-integrity"): REFUSED,
        ("Data Integrity", "wallet"): REFUSED,
        ("Data Integrity", "schema"): VALID,
    }
