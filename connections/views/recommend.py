"""What one says of other people's badges: « Féliciter », « Recommander ce badge », and one's own words afterwards."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import MemberRequest
from badges.models import Assertion
from connections import access
from connections.models import Recognition, RecognitionRequest
from connections.querysets import profiles_open_to
from connections.recognition_forms import ListForm, RecommendForm
from connections.recognition_shown import listed
from connections.services import congratulate as congratulating
from connections.services import recognise
from connections.views.attempt import attempt
from passport.lib import keyset
from passport.lib.http import posted, see_other


@require_POST
def congratulate(request: MemberRequest, uid: UUID) -> HttpResponse:
    assertion = access.badge_to_recognise(request.user, uid)
    act = partial(congratulating.congratulate, author=request.user, assertion=assertion)
    attempt(request, act, _("Your congratulations are sent."))
    return see_other("sharing:badge", uid)


@require_POST
def undo_congratulation(request: MemberRequest, uid: UUID) -> HttpResponse:
    assertion = access.badge_to_recognise(request.user, uid)
    congratulating.undo(author=request.user, assertion=assertion)
    messages.success(request, _("Your congratulations are taken back."))
    return see_other("sharing:badge", uid)


@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: MemberRequest, uid: UUID) -> HttpResponse:
    """« Recommander ce badge ». Who has done so already is led to their own words."""
    assertion = access.badge_to_recognise(request.user, uid)
    former = Recognition.objects.written_by(request.user).filter(assertion=assertion).first()
    if former and request.method != "POST":
        return see_other(former)
    form = RecommendForm(posted(request), author=request.user)
    if request.method == "POST" and form.is_valid():
        act = partial(
            recognise.write, author=request.user, assertion=assertion, text=form.cleaned_data["text"]
        )
        attempt(request, act, _("Your recommendation is sent: its holder decides whether it is shown."))
        return see_other("sharing:badge", uid)
    context = {"assertion": assertion, "form": form}
    return render(request, "connections/recommend.html", context, status=422 if form.errors else 200)


@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """What waits for one's words or answer, then what one has written."""
    form, me = ListForm(request.GET), request.user
    skills = Recognition.objects.received_by(me).of_skills()
    mine = Recognition.objects.written_by(request.user)
    page = keyset.page(
        mine.select_related("assertion__badge_class", "assertion__version", "holder__profile"),
        order=("-written_at", "-id"),
        size=settings.BADGES_PER_PAGE,
        cursor=form.cursor("suite"),
    )
    asked = RecognitionRequest.objects.put_to(request.user).answerable()
    related = "assertion__badge_class", "assertion__version", "holder__profile"
    request.tab = "connections"  # type: ignore[attr-defined]
    context = {
        # Answering brings the next ones: one page never grows with what waits.
        "asked": asked.select_related(*related).order_by("-created_at", "-pk")[: settings.BADGES_PER_PAGE],
        "received": listed(skills, me, form.cursor("recues"), order=("-written_at", "-id"), name="recues"),
        "written": page.rows,
        "named": _readable(request, page.rows),
        "previous_url": f"?{urlencode({'suite': page.previous})}" if page.previous else "",
        "next_url": f"?{urlencode({'suite': page.following})}" if page.following else "",
    }
    return render(request, "connections/recommendations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def written(request: MemberRequest, uid: UUID) -> HttpResponse:
    """One's own words about somebody's badge or skill: their state, and other words."""
    mine = access.written_recognition(request.user, uid)
    form = RecommendForm(posted(request), author=request.user, initial={"text": mine.text})
    if request.method == "POST" and form.is_valid():
        act = partial(recognise.edit, recognition=mine, text=form.cleaned_data["text"])
        attempt(request, act, _("Your words are saved: they wait for the holder’s answer."))
        return see_other(mine)
    request.tab = "connections"  # type: ignore[attr-defined]
    context = {"recognition": mine, "form": form, "is_named": bool(_readable(request, [mine]))}
    return render(request, "connections/written.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: MemberRequest, uid: UUID) -> HttpResponse:
    recognise.withdraw(recognition=access.written_recognition(request.user, uid))
    messages.success(request, _("Your recommendation is withdrawn."))
    return see_other("recognition:index")


def _readable(request: MemberRequest, rows: list[Recognition]) -> set[int]:
    """Those whose badge or person their author may still see, or is shown by the holder who asked: the others are not
    named."""
    badges = Assertion.objects.filter(pk__in=[row.assertion_id for row in rows if row.assertion_id])
    seen = set(badges.visible_to(request.user).values_list("pk", flat=True))
    holders = profiles_open_to(request.user).filter(user__in=[row.holder_id for row in rows])
    people = set(holders.values_list("user_id", flat=True))
    requests = [row.request_id for row in rows if row.request_id]
    sound = set(RecognitionRequest.objects.sound().filter(pk__in=requests).values_list("pk", flat=True))
    return {
        row.pk
        for row in rows
        if row.request_id in sound
        or (row.assertion_id in seen if row.assertion_id else row.holder_id in people)
    }
