"""Signing, baking and verifying per second on one core, beside the bare library calls that each cannot do without.

    .venv/bin/python -m bench.formats [--seconds 2]

A ratio of 1 says that our code adds nothing; both are measured in turns, in the same run.
"""

import argparse
import io
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from gzip import decompress
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import RSAAlgorithm
from PIL import Image
from pyld import jsonld

from badges.formats import canonical, jsons, jws, keys, png, proofs, schemas, status
from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.formats.found import Found, Kind
from badges.formats.issue import facts, ob3
from badges.formats.multibase import unb58, unb64url
from badges.formats.verify import verify

SITE = "https://badges.example.org"
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ROUNDS = 5
PROOF_KEY, TOKEN_KEY = f"{SITE}/ob3/keys/1", f"{SITE}/ob3/keys/2"
ISSUER = facts.Issuer(
    ob2=f"{SITE}/ob2/issuers/1",
    ob3=f"{SITE}/ob3/issuers/1",
    did="did:web:badges.example.org:ob3:issuers:1",
    key=f"{SITE}/ob2/keys/2",
    revocations=f"{SITE}/ob2/revocations/1",
    name="Amcsti",
    url="https://www.amcsti.example",
    email="badges@amcsti.example",
)
AWARD = facts.Award(
    hosted=f"{SITE}/ob2/assertions/1",
    signed="urn:uuid:6d3f1c5e-0000-4000-8000-000000000001",
    ob3=f"{SITE}/ob3/credentials/1",
    subject="urn:uuid:6d3f1c5e-0000-4000-8000-000000000002",
    picture=f"{SITE}/badges/1/telecharger.png",
    issuer=ISSUER,
    achievement=facts.Achievement(
        ob2=f"{SITE}/ob2/badges/1",
        ob3=f"{SITE}/ob3/achievements/1",
        name="Je participe au congrès de l’Amcsti 2019",
        description="Trois jours de rencontres de la culture scientifique.",
        image=f"{SITE}/badges/images/1.png",
        criteria_url=f"{SITE}/ob2/badges/1/criteres",
        criteria_text="Avoir participé aux trois jours.",
        tags=("culture scientifique", "congrès"),
    ),
    address="camille@exemple.fr",
    salt="c2VsIGRlIDEyOCBiaXRzLg",
    status=facts.StatusPlace(f"{SITE}/ob3/status/1", 4242),
    issued_at=NOW,
    valid_from=NOW,
)


class Shelf:
    """Documents at hand."""

    def __init__(self, documents: dict[str, Any]):
        self.documents = {address: jsons.write(value).encode() for address, value in documents.items()}

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        if address not in self.documents:
            raise Unreachable("document-not-given", address=address)
        return Answer(address, 200, self.documents[address], "application/ld+json")


class Bench:
    """Everything that is measured, made once."""

    def __init__(self) -> None:
        self.proof_key, self.token_key = keys.new_ed25519(), keys.new_rsa()
        self.credential = ob3.credential(AWARD)
        self.signed = self.prove(self.credential)
        self.list = self.prove(ob3.status_list(ISSUER, AWARD.status.list, status.bitstring([7]), NOW))
        method = ob3.multikey(ISSUER, PROOF_KEY, keys.multikey(self.proof_key.public_key()))
        controller = ob3.controller(ISSUER, [PROOF_KEY], [method])
        self.shelf = Shelf({ISSUER.ob3: controller, PROOF_KEY: method, AWARD.status.list: self.list})
        self.claims = jsons.write(ob3.token_claims(self.credential)).encode()
        self.picture = picture(440)

    def prove(self, document: dict) -> dict:
        return proofs.sign(document, key=self.proof_key, method=PROOF_KEY, created=facts.moment(NOW))

    def bare_prove(self) -> None:
        proof = {name: value for name, value in self.signed["proof"][0].items() if name != "proofValue"}
        bare_sign(self.proof_key, self.credential, proof)

    def token(self) -> None:
        jws.sign(self.claims, self.token_key, header={"alg": "RS256", "kid": TOKEN_KEY, "typ": "JWT"})

    def bare_token(self) -> None:
        RSAAlgorithm(RSAAlgorithm.SHA256).sign(self.claims, self.token_key)

    def bake(self) -> None:
        png.bake(self.picture, keyword=png.KEYWORD_3, text=jsons.write(self.signed))

    def bare_bake(self) -> None:
        """The checksums of what is read and of what is written, and one copy."""
        text = jsons.write(self.signed).encode()
        zlib.crc32(self.picture)
        zlib.crc32(text)
        bytes(bytearray(self.picture) + text)

    def verify(self) -> None:
        found = Found("json", Kind.JSON, jsons.write(self.signed))
        report = verify(found, documents=self.shelf, at=NOW + timedelta(days=1), recipients=[AWARD.address])
        if report.verdict != "authentic":
            raise RuntimeError([check for check in report.checks if check.ok is not True])

    def bare_verify(self) -> None:
        """Two proofs, one schema, one list to inflate: what no reader of a badge can leave out."""
        for document in (self.signed, self.list):
            bare_check(self.proof_key, document)
        schemas.check_credential(self.signed)
        decompress(unb64url(self.list["credentialSubject"]["encodedList"][1:]))


def bare_sign(key: Ed25519PrivateKey, document: dict, proof: dict) -> bytes:
    return key.sign(bare_hash({"@context": document["@context"], **proof}) + bare_hash(document))


def bare_check(key: Ed25519PrivateKey, signed: dict) -> None:
    document = {name: value for name, value in signed.items() if name != "proof"}
    proof = {name: value for name, value in signed["proof"][0].items() if name != "proofValue"}
    hashes = bare_hash({"@context": document["@context"], **proof}) + bare_hash(document)
    key.public_key().verify(unb58(signed["proof"][0]["proofValue"][1:]), hashes)


def bare_hash(document: dict) -> bytes:
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": canonical._load,
    }
    return sha256(jsonld.normalize(document, options).encode()).digest()


def picture(side: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


def rate(act: Callable[[], object], seconds: float) -> float:
    """Calls per second of processor time."""
    started, calls = time.process_time(), 0
    while time.process_time() - started < seconds:
        act()
        calls += 1
    return calls / (time.process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2, help="measured for each, in all rounds")
    share = parser.parse_args().seconds / ROUNDS
    bench = Bench()
    print(f"picture {len(bench.picture):,} bytes, credential {len(jsons.write(bench.signed)):,} bytes")
    measures: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("sign, Data Integrity", lambda: bench.prove(bench.credential), bench.bare_prove),
        ("sign, token", bench.token, bench.bare_token),
        ("bake, PNG", bench.bake, bench.bare_bake),
        ("verify, 3.0 with status", bench.verify, bench.bare_verify),
    ]
    for name, ours, bare in measures:
        ours(), bare()
        rates = sorted((rate(ours, share), rate(bare, share)) for _round in range(ROUNDS))
        mine, theirs = rates[ROUNDS // 2]
        print(f"{name:26} {mine:9.0f}/s  bare {theirs:9.0f}/s  ratio {mine / theirs:.2f}")


if __name__ == "__main__":
    main()
