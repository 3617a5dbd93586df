"""One door per object. What may not be seen answers 404, as if it did not exist."""

from uuid import UUID

from django.http import Http404, HttpRequest

from badges import claims, stopping
from badges.enums import Visibility
from badges.models import Assertion, BadgeClass, Issuer
from badges.querysets import AssertionQuerySet


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


def _one(badges: AssertionQuerySet, uid: UUID) -> Assertion:
    assertion = badges.select_related("badge_class__issuer", "holder__profile").filter(uid=uid).first()
    if assertion is None:
        raise Http404
    return assertion
