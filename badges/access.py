"""One door per object. What may not be seen answers 404, as if it did not exist."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from badges import claims, codes, stopping
from badges.enums import KeyKind, Origin, Visibility
from badges.models import (
    Assertion,
    BadgeClass,
    BadgeVersion,
    Endorsement,
    Evidence,
    HolderEvidence,
    ImportedBadge,
    Issuer,
    SigningKey,
    StatusList,
)
from badges.querysets import AssertionQuerySet

Row = TypeVar("Row", bound=Model)


def badge_for_holder(user, uid: UUID) -> Assertion:
    """A badge in `user`'s passport, revoked ones included."""
    return _one(Assertion.objects.held_by(user), uid)


def badge_for_viewer(viewer, uid: UUID) -> Assertion:
    """A badge that `viewer` may open."""
    return _one(Assertion.objects.visible_to(viewer), uid)


def badge_for_everybody(uid: UUID) -> Assertion:
    """A badge as an anonymous visitor may open it, whoever asks: share links, embeds, previews."""
    return _one(Assertion.objects.shown_to(Visibility.PUBLIC), uid)


def revoked_public_badge(uid: UUID) -> Assertion:
    """A badge that was public when it was revoked: its page says so, and nothing more."""
    return _one(Assertion.objects.revoked_in_public(), uid)


def badge_page(viewer, uid: UUID) -> Assertion:
    """What has a page for `viewer`: a badge that they may open, or one that was withdrawn while it was public."""
    try:
        return badge_for_viewer(viewer, uid)
    except Http404:
        return revoked_public_badge(uid)


def badge_page_by_code(viewer, typed: str) -> Assertion:
    """The same by its verification code, as people type it."""
    code = codes.read(typed)
    uid = Assertion.objects.filter(code=code).values_list("uid", flat=True).first() if code else None
    if uid is None:
        raise Http404
    return badge_page(viewer, uid)


def hosted_badge(uid: UUID) -> Assertion:
    """A badge of this site that machines may read: a public one, or one that was public when it was revoked."""
    readable = Assertion.objects.shown_to(Visibility.PUBLIC) | Assertion.objects.revoked_in_public()
    return _one(readable.filter(badge_class__issuer__origin=Origin.HERE), uid)


def badge_file(viewer, uid: UUID) -> Assertion:
    """A badge that `viewer` may take away. Nobody asks who they are when it is public: caches may keep it then."""
    return _first(Assertion.objects.shown_to(Visibility.PUBLIC), uid) or badge_for_viewer(viewer, uid)


def holder_evidence(user, uid: UUID, evidence: UUID) -> HolderEvidence:
    """What `user` has added to a badge of theirs."""
    rows = HolderEvidence.objects.filter(assertion=badge_for_holder(user, uid))
    return _found(
        rows.select_related(
            "assertion__badge_class__issuer", "assertion__version", "assertion__holder", "file"
        ),
        evidence,
    )


def own_badge(user, uid: UUID) -> Assertion:
    """A badge that `user` holds, that waits for them or that they declined."""
    return _one(Assertion.objects.of(user), uid)


def waiting_badge(user, uid: UUID) -> Assertion:
    """A badge that waits for `user`'s answer, at an address that they have proved."""
    return _one(Assertion.objects.pending_for(user), uid)


def by_stop_token(token: str) -> tuple[Issuer, str]:
    """The issuer and the address of a link « Je ne veux plus recevoir »."""
    stop = stopping.read_token(token)
    issuer = Issuer.objects.filter(pk=stop.issuer_id).first() if stop else None
    if stop is None or issuer is None:
        raise Http404
    return issuer, stop.address


def by_token(token: str) -> tuple[Assertion, int]:
    """The award of a claim link, and which generation of its link it is."""
    read = claims.read_token(token)
    if read is None:
        raise Http404
    return _one(Assertion.objects.all(), read[0]), read[1]


def claimed(request: HttpRequest, uid: UUID) -> tuple[Assertion, claims.Claim]:
    """The award whose claim link this browser has opened, and what the cookie says of it."""
    assertion = _one(Assertion.objects.all(), uid)
    claim = claims.read_cookie(request, assertion)
    if claim is None:
        raise Http404
    return assertion, claim


def badge_class_in_gallery(slug: str) -> BadgeClass:
    badge_class = BadgeClass.objects.published().select_related("issuer").filter(slug=slug).first()
    if badge_class is None:
        raise Http404
    return badge_class


def issuer_in_gallery(slug: str) -> Issuer:
    issuer = Issuer.objects.in_gallery().filter(slug=slug).first()
    if issuer is None:
        raise Http404
    return issuer


# What machines ask for: of this site alone, whose badges and issuers have their addresses here.


def badge_version(uid: UUID) -> BadgeVersion:
    """A badge as it was worded when it was awarded, in the gallery or not."""
    of_here = BadgeVersion.objects.filter(badge_class__issuer__origin=Origin.HERE)
    return _found(of_here.select_related("badge_class__issuer"), uid)


def imported_badge(user, uid: UUID) -> ImportedBadge:
    """A badge from elsewhere in `user`'s passport."""
    mine = ImportedBadge.objects.filter(holder_id=user.pk).select_related("assertion__badge_class__issuer")
    imported = mine.filter(assertion__in=Assertion.objects.held_by(user).filter(uid=uid)).first()
    if imported is None:
        raise Http404
    return imported


def signing_issuer(uid: UUID) -> Issuer:
    return _found(Issuer.objects.signing(), uid)


def has_page(issuer: Issuer) -> bool:
    """Whether the gallery has a page of this issuer."""
    return Issuer.objects.in_gallery().filter(pk=issuer.pk).exists()


def signing_key(uid: UUID, kinds: list[KeyKind]) -> SigningKey:
    """A key of one of these kinds, retired and revoked ones included."""
    return _found(SigningKey.objects.filter(kind__in=kinds).select_related("issuer"), uid)


def status_list(uid: UUID) -> StatusList:
    return _found(StatusList.objects.select_related("issuer"), uid)


def endorsement(uid: UUID) -> Endorsement:
    return _found(Endorsement.objects.select_related("issuer", "version"), uid)


def evidence(uid: UUID) -> Evidence:
    """Evidence of a public badge that is told of here, not at an address of its own."""
    public = Assertion.objects.shown_to(Visibility.PUBLIC).filter(badge_class__issuer__origin=Origin.HERE)
    told = Evidence.objects.filter(url="", assertion__in=public)
    return _found(told.select_related("assertion__badge_class__issuer", "assertion__version"), uid)


def _one(badges: AssertionQuerySet, uid: UUID) -> Assertion:
    assertion = _first(badges, uid)
    if assertion is None:
        raise Http404
    return assertion


def _first(badges: AssertionQuerySet, uid: UUID) -> Assertion | None:
    related = badges.select_related("badge_class__issuer", "holder__profile", "version")
    return related.filter(uid=uid).first()


def _found(rows: QuerySet[Row], uid: UUID) -> Row:
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row
