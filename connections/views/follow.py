from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import MemberRequest
from badges import access
from connections.services import follow as following
from passport.lib.urls import safe_next


@require_POST
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    badge_class = access.badge_class_in_gallery(slug)
    following.follow(user=request.user, badge_class=badge_class)
    return redirect(safe_next(request, badge_class.get_absolute_url()))


@require_POST
def unfollow(request: MemberRequest, slug: str) -> HttpResponse:
    badge_class = access.badge_class_in_gallery(slug)
    following.unfollow(user=request.user, badge_class=badge_class)
    messages.success(request, _("You no longer follow “%(badge)s”.") % {"badge": badge_class.name})
    return redirect(safe_next(request, badge_class.get_absolute_url()))


@require_POST
def follow_issuer(request: MemberRequest, slug: str) -> HttpResponse:
    issuer = access.issuer_in_gallery(slug)
    following.follow_issuer(user=request.user, issuer=issuer)
    return redirect(safe_next(request, issuer.get_absolute_url()))


@require_POST
def unfollow_issuer(request: MemberRequest, slug: str) -> HttpResponse:
    issuer = access.issuer_in_gallery(slug)
    following.unfollow_issuer(user=request.user, issuer=issuer)
    messages.success(request, _("You no longer follow “%(badge)s”.") % {"badge": issuer.name})
    return redirect(safe_next(request, issuer.get_absolute_url()))
