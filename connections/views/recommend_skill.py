"""« Recommander une compétence » of somebody whose profile one has open."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import MemberRequest
from connections import access
from connections.recognition_forms import SkillForm
from connections.services import recognise
from connections.skills_shown import offered
from connections.views.attempt import attempt
from passport.lib.http import posted, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def recommend_skill(request: MemberRequest, uid: UUID) -> HttpResponse:
    person = access.person_to_follow(request.user, uid)
    form = SkillForm(posted(request), author=request.user)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("skill", "text")}
        act = partial(recognise.write_of_skill, author=request.user, holder=person, **said)
        attempt(request, act, _("Your recommendation is sent: this person decides whether it is shown."))
        return see_other("sharing:profile", person.profile.handle)
    request.tab = "connections"  # type: ignore[attr-defined]
    context = {"person": person, "form": form, "offered": offered(request.user, person)}
    status = 422 if form.errors else 200
    return render(request, "connections/recommend_skill.html", context, status=status)
