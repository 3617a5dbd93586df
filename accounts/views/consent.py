from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms.consent import ConsentForm
from accounts.http import MemberRequest
from accounts.services.consent import give, statement_to_accept
from passport.lib.urls import safe_next


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: MemberRequest) -> HttpResponse:
    """The statement has changed, or was never shown to this person: read, accept, go on where one was going."""
    target = safe_next(request)
    form = ConsentForm(request.POST or None)
    if form.statement is None or statement_to_accept(request.user) is None:
        return redirect(target or settings.LOGIN_REDIRECT_URL)
    if request.method == "POST" and form.is_valid():
        give(user=request.user, document=form.statement)
        return redirect(target or settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "next": target, "before": request.user.consents.exists()}
    return render(request, "accounts/consent.html", context, status=422 if form.errors else 200)
