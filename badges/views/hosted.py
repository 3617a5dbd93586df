"""Open Badges 2.0 at their addresses: what was signed as it was signed, the rest from frozen rows."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import render

from badges import access, addresses, stating
from badges.formats.issue import facts, ob2
from badges.models import Assertion, BadgeVersion
from badges.negotiation import Answer, Form, document, gone, machine_address
from badges.services import keys, sign, status_documents
from passport.lib.http import see_other

TOKEN = ("application/jose", "text/plain")


@machine_address
def assertion(request: HttpRequest, uid: UUID) -> Answer:
    """The hosted Assertion (section « Hosted verification »). Withdrawn, it says so, and no longer of whom it was."""
    award = access.hosted_badge(uid)
    page = partial(see_other, "sharing:badge", uid)
    if award.is_revoked:
        return gone(_revoked(award), page=page)
    documents = sign.documents_of(award)
    return document(documents.hosted, page=page)


@machine_address
def assertion_token(request: HttpRequest, uid: UUID) -> Answer:
    """The same award as a signed Assertion (section « Signed badges »)."""
    award = access.hosted_badge(uid)
    if award.is_revoked:
        return gone(_revoked(award))
    return Answer((Form(sign.documents_of(award).signed, TOKEN),))


@machine_address
def badge_class(request: HttpRequest, uid: UUID) -> Answer:
    """BadgeClass: one version of a badge, which never says anything else."""
    version = access.badge_version(uid)
    content = ob2.badge_class(stating.achievement(version), _profile(version))
    page = partial(render, request, "badges/machine/version.html", {"version": version})
    return document(content, page=page)


@machine_address
def criteria(request: HttpRequest, uid: UUID) -> Answer:
    """The criteria of that version: a page first, since that is what a BadgeClass points to."""
    version = access.badge_version(uid)
    content = {"id": addresses.criteria(uid), "narrative": version.criteria}
    page = partial(render, request, "badges/machine/criteria.html", {"version": version})
    return document({"@context": ob2.CONTEXT, "type": "Criteria", **facts.said(content)}, page=page)


@machine_address
def issuer(request: HttpRequest, uid: UUID) -> Answer:
    """Profile of an issuer, with its one key for signed badges."""
    row = access.signing_issuer(uid)
    page = partial(see_other, row) if access.has_page(row) else None
    return document(ob2.profile(stating.issuer(row, keys.ring(row).token)), page=page)


@machine_address
def revocations(request: HttpRequest, uid: UUID) -> Answer:
    """RevocationList, by which readers know what of the signed copies was withdrawn."""
    return document(status_documents.revocations(access.signing_issuer(uid)))


@machine_address
def endorsement(request: HttpRequest, uid: UUID) -> Answer:
    row = access.endorsement(uid)
    content = ob2.endorsement(stating.endorsement(row, keys.ring(row.issuer).token))
    return document(content)


@machine_address
def evidence(request: HttpRequest, uid: UUID) -> Answer:
    """What shows that a public badge is deserved, where its issuer tells of it here."""
    row = access.evidence(uid)
    content = {"id": addresses.evidence(uid), "name": row.name, "narrative": row.narrative}
    page = partial(render, request, "badges/machine/evidence.html", {"evidence": row})
    return document({"@context": ob2.CONTEXT, "type": "Evidence", **facts.said(content)}, page=page)


def _revoked(award: Assertion) -> dict:
    return ob2.revoked(addresses.assertion(award.uid), award.get_revocation_reason_display())


def _profile(version: BadgeVersion) -> facts.Issuer:
    row = version.badge_class.issuer
    return stating.issuer(row, keys.ring(row).token)
