from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from badges.forms import FindForm
from badges.services.links import send_waiting_links
from passport.lib.http import posted, see_other


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """« Retrouver mes badges »: the same answer, whether or not anything waits for the address."""
    form = FindForm(posted(request))
    if request.method == "POST" and not ratelimit.consume(request, action="find_badges"):
        return render(request, "429.html", status=429)
    if request.method == "POST" and form.is_valid():
        send_waiting_links(address=form.cleaned_data["email"])
        messages.success(
            request,
            _("If badges were sent to this address, you will receive an e-mail in a few minutes."),
        )
        return see_other("badges:find")
    return render(request, "badges/find.html", {"form": form}, status=422 if form.errors else 200)
