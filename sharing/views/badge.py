from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from badges import access
from badges.enums import Visibility
from badges.models import Assertion
from badges.querysets import level_of
from connections.recognition_forms import ListForm
from connections.recognition_shown import shown
from passport.lib.http import see_other
from sharing.access import profile_of_holder
from sharing.offer import page_address, picture_address


@login_not_required
@require_safe
def badge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The public page of a badge, for whoever may open it. A revoked one that was public says so, and names nobody."""
    assertion = access.badge_page(request.user, uid)
    issuer = assertion.badge_class.issuer
    context = {"assertion": assertion, "issuer_badges": issuer.badge_classes.published().count()}
    if assertion.is_revoked:
        return render(request, "sharing/revoked.html", context, status=410)
    context |= {
        "profile": profile_of_holder(request.user, assertion),
        "recipients": _recipients(assertion, request.user),
        "is_holder": assertion.holder_id == request.user.pk,
        "recognition": shown(assertion, request.user, ListForm(request.GET).cursor("suite")),
    }
    if assertion.is_public:
        context |= {"page_url": page_address(assertion), "picture_url": picture_address(assertion)}
    return render(request, "sharing/badge.html", context)


@login_not_required
@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """The short address that is printed: it leads to the badge's page, for those who may open it."""
    assertion = access.badge_page_by_code(request.user, code)
    return see_other("sharing:badge", assertion.uid)


def _recipients(assertion: Assertion, viewer) -> int:
    badge_class = assertion.badge_class
    members = level_of(viewer) == Visibility.MEMBERS
    return badge_class.member_recipients if members else badge_class.public_recipients
