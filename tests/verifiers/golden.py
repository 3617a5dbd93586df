"""Fixed Open Badges 2.0, written by this project's code and judged once by 1EdTech's validator.

Anew, after a change of what is issued (the validator must be installed): python -m tests.verifiers.golden
"""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from badges.formats import jsons, jws, keys, png, svg
from badges.formats.documents import Answer
from badges.formats.issue import facts, ob2
from tests.verifiers.judges import CORE, ROOT, altered, altered_token, ob2_job, served, validator_core

FOLDER = ROOT / "tests" / "formats" / "golden" / "ob2"
PICTURES = ROOT / "tests" / "vectors" / "ob20" / "bakery-python"
SITE = "https://badges.example.org"
RECIPIENT = "alice@example.org"
ISSUED = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
PAST, FAR = datetime(2026, 4, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
REASON = "Décernée par erreur."

Given = str | bytes


def key(name: str):
    return load_pem_private_key((FOLDER / f"{name}.pem").read_bytes(), None)


def issuer(name: str) -> facts.Issuer:
    return facts.Issuer(
        ob2=f"{SITE}/ob2/issuers/{name}",
        ob3=f"{SITE}/ob3/issuers/{name}",
        did=f"did:web:badges.example.org:ob3:issuers:{name}",
        key=f"{SITE}/ob2/keys/{name}",
        revocations=f"{SITE}/ob2/revocations/{name}",
        name="Les Petits Débrouillards",
        url=f"{SITE}/emetteurs/{name}",
        email="contact@example.org",
        description="Une association d’éducation populaire.",
    )


def achievement(name: str, **others) -> facts.Achievement:
    given = facts.Achievement(
        ob2=f"{SITE}/ob2/badges/{name}",
        ob3=f"{SITE}/ob3/achievements/{name}",
        name="Robotique, premier pas",
        description="A construit un robot qui suit une ligne.",
        image=f"{SITE}/badges/images/robot.png",
        image_caption="Un robot",
        criteria_url=f"{SITE}/ob2/badges/{name}/criteres",
        criteria_text="Construire un robot, *puis* le montrer.",
        tags=("robotique", "atelier"),
        alignments=(facts.Alignment(name="Technologie", url="https://example.org/cadre/4"),),
        endorsements=(f"{SITE}/ob2/endorsements/{name}",),
    )
    return replace(given, **others)


def endorsement(name: str) -> facts.Endorsement:
    return facts.Endorsement(
        ob2=f"{SITE}/ob2/endorsements/{name}",
        ob3=f"{SITE}/ob3/endorsements/{name}",
        issuer=issuer(name),
        about_ob2=achievement(name).ob2,
        about_ob3=achievement(name).ob3,
        name=achievement(name).name,
        comment="Exigeant et juste.",
        issued_at=ISSUED,
    )


def award(name: str, of: str = "amcsti", **others) -> facts.Award:
    """An award `name` of the issuer `of`; its signed form is known by another identifier."""
    given = facts.Award(
        hosted=f"{SITE}/ob2/assertions/{name}",
        signed=f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
        ob3=f"{SITE}/ob3/credentials/{name}",
        subject="urn:uuid:6f1c2b9e-6f0c-4d1d-9d0a-6a4a5f0b7c11",
        picture=f"{SITE}/badges/images/robot.png",
        issuer=issuer(of),
        achievement=achievement(of),
        address=RECIPIENT,
        salt="gros-sel-de-guerande",
        status=facts.StatusPlace(f"{SITE}/ob3/status/{of}", 7),
        issued_at=ISSUED,
        valid_from=ISSUED,
        evidence=(facts.Evidence(f"{SITE}/ob2/evidence/{name}", "Le robot", "Il suit la ligne."),),
    )
    return replace(given, **others)


def token(given: facts.Award, signer: str = "issuer") -> str:
    return jws.sign(jsons.write(ob2.signed(given)).encode(), key(signer), header={"alg": "RS256"})


def site() -> dict[str, Answer]:
    """What the addresses of this invented site answer."""
    amcsti, lonely = issuer("amcsti"), issuer("lonely")
    revoked = [(award("withdrawn").signed, REASON)]
    documents = [
        ob2.profile(amcsti),
        ob2.profile(lonely),
        ob2.key(amcsti, amcsti.key, keys.pem(key("issuer").public_key())),
        ob2.key(lonely, lonely.key, keys.pem(key("issuer").public_key())),
        ob2.badge_class(achievement("amcsti"), amcsti),
        ob2.badge_class(achievement("lonely"), lonely),
        ob2.endorsement(endorsement("amcsti")),
        ob2.endorsement(endorsement("lonely")),
        ob2.revocation_list(amcsti, revoked),
        # Not as this project writes lists: exactly one entry.
        {**ob2.revocation_list(lonely, []), "revokedAssertions": [award("alone").signed]},
        ob2.hosted(award("hosted")),
        ob2.hosted(award("until", expires_at=FAR)),
        ob2.hosted(award("over", expires_at=PAST)),
        ob2.hosted(award("future", issued_at=FAR)),
        ob2.hosted(replace(award("elsewhere"), hosted="https://other.example.net/ob2/assertions/elsewhere")),
    ]
    found = {}
    for document in documents:
        found |= served(document["id"], jsons.write(document))
    withdrawn = ob2.revoked(award("withdrawn").hosted, REASON)
    found |= served(withdrawn["id"], jsons.write(withdrawn), status=410)
    picture = f"{SITE}/badges/images/robot.png"
    found[picture] = Answer(picture, 200, heart(), "image/png")
    return found


def heart() -> bytes:
    return (PICTURES / "public_domain_heart.png").read_bytes()


def drawing() -> bytes:
    return (PICTURES / "unbaked_example.svg").read_bytes()


def cases() -> dict[str, Given]:
    """Name → what a verifier is given."""
    hosted = jsons.write(ob2.hosted(award("hosted")))
    signed = token(award("signed"))
    return {
        "hosted, by address": award("hosted").hosted,
        "hosted, as JSON": hosted,
        "hosted, with an end": award("until").hosted,
        "hosted, over": award("over").hosted,
        "hosted, not yet": award("future").hosted,
        "hosted, withdrawn": award("withdrawn").hosted,
        "hosted, not there": award("nowhere").hosted,
        "hosted, on another host": "https://other.example.net/ob2/assertions/elsewhere",
        "hosted, as altered JSON": altered(hosted, "gros-sel"),
        "signed": signed,
        "signed, with an end": token(award("signed-until", expires_at=FAR)),
        "signed, over": token(award("signed-over", expires_at=PAST)),
        "signed, withdrawn": token(award("withdrawn")),
        "signed, withdrawn in a list of one": token(award("alone", of="lonely")),
        "signed, by another key": token(award("signed"), signer="other"),
        "signed, one byte altered": altered_token(signed, "Il suit"),
        "PNG, hosted": png.bake(heart(), keyword=png.KEYWORD_2, text=hosted),
        "PNG, signed": png.bake(heart(), keyword=png.KEYWORD_2, text=signed),
        "SVG, hosted": svg.bake(drawing(), version="2", text=hosted, verify=award("hosted").hosted),
        "SVG, signed": svg.bake(drawing(), version="2", text="", verify=signed),
    }


def judged(found: dict[str, Given], documents: dict[str, Answer]) -> dict[str, list[str]]:
    """Name → verdict and reasons of 1EdTech's validator."""
    verdicts = validator_core([ob2_job(given, documents) for given in found.values()])
    return {name: list(verdict) for name, verdict in zip(found, verdicts, strict=True)}


def written(given: Given) -> str:
    return given if isinstance(given, str) else f"data:;base64,{base64.b64encode(given).decode()}"


def read(text: str) -> Given:
    kind, _comma, content = text.partition(";base64,")
    return base64.b64decode(content) if kind == "data:" else text


def committed(name: str) -> dict:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def site_as_written(documents: dict[str, Answer]) -> dict:
    return {
        address: [answer.status, answer.media_type, written(_text_or_bytes(answer.content))]
        for address, answer in documents.items()
    }


def _text_or_bytes(content: bytes) -> Given:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content


def write(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER / "site.json", site_as_written(site()))
    write(FOLDER / "cases.json", {name: written(given) for name, given in cases().items()})
    write(FOLDER / "verdicts.json", judged(cases(), site()))
    CORE.stop()
