"""Open Badges 3.0 at their addresses: credentials as they were signed, issuers with their keys."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest

from badges import access, addresses, stating
from badges.enums import KeyKind
from badges.formats.issue import ob3
from badges.models import Assertion, SigningKey
from badges.negotiation import Answer, Form, document, gone, machine_address
from badges.services import keys, sign
from passport.lib.http import see_other

CREDENTIAL = ("application/ld+json", "application/vc+ld+json", "application/vc", "application/json")
TOKEN = ("application/vc+jwt", "application/jwt", "text/plain")
DID = ("application/json", "application/did+ld+json", "application/did+json", "application/ld+json")


@machine_address
def credential(request: HttpRequest, uid: UUID) -> Answer:
    """OpenBadgeCredential: with its embedded proof, or as a VC-JWT for who asks for one."""
    award = access.hosted_badge(uid)
    page = partial(see_other, "sharing:badge", uid)
    if award.is_revoked:
        return gone(_revoked(award), page=page)
    documents = sign.documents_of(award)
    forms = (Form(documents.credential, CREDENTIAL), Form(documents.token, TOKEN))
    return Answer(forms, page)


@machine_address
def credential_token(request: HttpRequest, uid: UUID) -> Answer:
    """The same award as a VC-JWT (section 8.2, « JSON Web Token »)."""
    award = access.hosted_badge(uid)
    if award.is_revoked:
        return gone(_revoked(award))
    return Answer((Form(sign.documents_of(award).token, TOKEN),))


@machine_address
def controller(request: HttpRequest, uid: UUID) -> Answer:
    """The issuer's controller document: retired keys stay in it, since what they signed stays good."""
    row = access.signing_issuer(uid)
    stated = stating.issuer(row, keys.ring(row).token)
    good = _good_keys(row.pk)
    methods = [ob3.multikey(stated, addresses.key(key.uid), key.public) for key in _ed25519(good)]
    page = partial(see_other, row) if access.has_page(row) else None
    return document(ob3.controller(stated, [addresses.key(key.uid) for key in good], methods), page=page)


@machine_address
def did(request: HttpRequest, uid: UUID) -> Answer:
    """The same issuer as a did:web; there a key is a part of the document."""
    row = access.signing_issuer(uid)
    stated = stating.issuer(row, keys.ring(row).token)
    methods = [
        ob3.multikey(stated, f"{stated.did}#{key.uid}", key.public) | {"controller": stated.did}
        for key in _ed25519(_good_keys(row.pk))
    ]
    content = ob3.did_document(stated, [method["id"] for method in methods], methods)
    return document(content, types=DID)


@machine_address
def achievement(request: HttpRequest, uid: UUID) -> Answer:
    """Achievement: one version of a badge, as it stands inside the credentials of that version."""
    content = ob3.achievement(stating.achievement(access.badge_version(uid)))
    page = partial(see_other, "badges:ob2_badge_class", uid)
    return document({"@context": [ob3.CREDENTIALS, ob3.BADGES], **content}, page=page)


@machine_address
def endorsement(request: HttpRequest, uid: UUID) -> Answer:
    """EndorsementCredential, as it was signed."""
    row = access.endorsement(uid)
    return document(row.credential, types=CREDENTIAL)


def _good_keys(issuer: int) -> list[SigningKey]:
    return list(SigningKey.objects.filter(issuer=issuer, revoked_at=None).order_by("created_at", "pk"))


def _ed25519(found: list[SigningKey]) -> list[SigningKey]:
    return [key for key in found if key.kind == KeyKind.ED25519]


def _revoked(award: Assertion) -> dict:
    """Not a credential any more: its status list says the same to who holds a copy."""
    reason = award.get_revocation_reason_display()
    return {"id": addresses.credential(award.uid), "revoked": True, "revocationReason": reason}
