"""An accepted award is written in every form and signed, once. What is served afterwards are these very bytes."""

import logging
import secrets
from datetime import datetime
from functools import cache

from django.db import transaction
from django.utils import timezone

from badges import addresses, sealing, stating
from badges.formats import jsons, jws, proofs
from badges.formats.issue import facts, ob2, ob3
from badges.models import Assertion, Issuer, SignedDocuments, SigningKey
from badges.services import change, keys, statuses, versions
from badges.services.chunking import Progress, by_chunks, silent

logger = logging.getLogger(__name__)

STEP = 20  # a worker's step: mails leave in between


@transaction.atomic
def sign(assertion: Assertion) -> SignedDocuments:
    """Signs an accepted award of this site, as the badge is worded now; later calls keep its wording, salt and place.

    Signed again, because its end or evidence changed, it is valid from now: readers take the newer one (Open Badges
    3.0, section « Refresh »). Raises sealing.SecretLost.
    """
    issuer = assertion.badge_class.issuer
    former = SignedDocuments.objects.filter(assertion=assertion).first()
    if assertion.version is None:
        change.write(assertion, version=versions.current(assertion.badge_class))
    ring = keys.held_ring(issuer)
    award = stating.award(
        assertion,
        entry=statuses.place(assertion, issuer),
        key=ring.token,
        salt=former.salt if former else secrets.token_urlsafe(16),
        valid_from=_newer(assertion) if former else assertion.issued_at,
    )
    documents, _made = SignedDocuments.objects.update_or_create(
        assertion=assertion, defaults={"salt": award.salt, **_signed(award, ring)}
    )
    return documents


def sign_or_leave(assertion: Assertion) -> None:
    """Signs or, when KEYS_SECRET is lost, leaves it to the worker: nobody is kept from a badge by a mistake of ours."""
    try:
        sign(assertion)
    except sealing.SecretLost as lost:
        logger.error("award %s is not signed: %s", assertion.uid, lost)
        assertion.refresh_from_db(fields=["version"])


def _newer(assertion: Assertion) -> datetime:
    """Now, or the end of an award that is over: a badge is not valid from a day after its last."""
    now = timezone.now()
    return min(now, assertion.expires_at) if assertion.expires_at else now


def _signed(award: facts.Award, ring: keys.Ring) -> dict:
    credential, now = ob3.credential(award), timezone.now()
    return {
        "hosted": jsons.write(ob2.hosted(award)),
        "signed": _jws(ob2.signed(award), ring.token),
        "credential": jsons.write(prove(credential, ring.proof, now)),
        "token": _jws(ob3.token_claims(credential), ring.token, kid=addresses.key(ring.token.uid), typ="JWT"),
        "proof_key": ring.proof,
        "token_key": ring.token,
        "signed_at": now,
    }


def prove(document: dict, key: SigningKey, at: datetime) -> dict:
    """`document` with a Data Integrity proof by `key`, which says that it was made `at`."""
    private = keys.ed25519(key)
    return proofs.sign(document, key=private, method=addresses.key(key.uid), created=facts.moment(at))


def _jws(document: dict, key: SigningKey, **header: str) -> str:
    payload = jsons.write(document).encode()
    return jws.sign(payload, keys.rsa(key), header={"alg": "RS256", **header})


def documents_of(assertion: Assertion) -> SignedDocuments:
    """The documents of an accepted award. Signed now if they are missing: only before the worker has come to them.

    Raises SignedDocuments.DoesNotExist for one that was withdrawn meanwhile.
    """
    found = SignedDocuments.objects.filter(assertion=assertion).first()
    if found is None:
        sign_one(assertion.pk)
        found = SignedDocuments.objects.get(assertion=assertion)
    return found


@transaction.atomic
def sign_one(key: int) -> int:
    """Signs an award by its primary key, again if need be; 1, or 0 when it is not held any more."""
    found = change.lock_all(Assertion.objects.valid().filter(pk=key))
    for assertion in found:
        sign(assertion)
    return len(found)


def sign_next() -> int:
    """Signs a few of what was accepted without signature: before there were any, or by a loader; returns how many.

    The worker calls it, so that mails leave in between. Issuers whose keys do not open are passed over.
    """
    signed, closed = 0, list[int]()
    unsigned = Assertion.objects.unsigned().order_by("pk").values_list("pk", "badge_class__issuer_id")
    while signed < STEP and (row := unsigned.exclude(badge_class__issuer__in=closed).first()):
        try:
            signed += sign_one(row[0])
        except sealing.SecretLost as lost:
            closed.append(row[1])
            _complain(row[1], str(lost))
    return signed


@cache
def _complain(issuer_id: int, sentence: str) -> None:
    """Once a process: the worker comes back each second."""
    logger.error("nothing is signed for issuer %s: %s", issuer_id, sentence)


def renew_tokens(issuer: Issuer, progress: Progress = silent) -> int:
    """Signs the 2.0 tokens of an issuer anew with the key in use: readers of 2.0 know only one. Returns how many."""
    theirs = Assertion.objects.valid().filter(badge_class__issuer=issuer, documents__isnull=False)
    return by_chunks(theirs.order_by("pk").values_list("pk", flat=True), _renew_chunk, progress)


def _renew_chunk(chunk: list[int]) -> int:
    return sum(map(_renew_token, chunk))


@transaction.atomic
def _renew_token(key: int) -> int:
    found = change.lock_all(Assertion.objects.valid().filter(pk=key))
    for assertion in found:
        documents, token = assertion.documents, keys.held_ring(assertion.badge_class.issuer).token
        said = jsons.read(jws.read(documents.signed).payload)
        said["verification"]["creator"] = addresses.rsa_key(token.uid)
        documents.signed = _jws(said, token)
        documents.save(update_fields=["signed"])
    return len(found)
