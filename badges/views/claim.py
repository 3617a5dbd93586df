"""From the mail to an account: the link, the consent, the account."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.consent import ConsentForm
from accounts.services.consent import statement_in_force
from badges import access, claims, gone, invitations
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.forms import ClaimAccountForm
from badges.services.claim_account import AddressTaken, create_account
from badges.views.claim_page import claim_page, is_theirs, too_late
from passport.lib.http import confidential, posted, see_other

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_safe
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Scanners open it too: nothing changes but this browser's cookie."""
    assertion, generation = access.by_token(token)
    why = gone.reason(assertion, generation)
    response = (
        too_late(request, assertion, why) if why else see_other(_page_asked_for(request), assertion.uid)
    )
    if why in (None, gone.Gone.EXPIRED) and claims.read_cookie(request, assertion) is None:
        claims.write_cookie(response, assertion)
    return confidential(response)


def _page_asked_for(request: HttpRequest) -> str:
    if "refuser" in request.GET:
        return "badges:claim_decline"
    return "badges:claim_forward" if "transmettre" in request.GET else "badges:claim_badge"


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def claim_badge(request: HttpRequest, assertion, claim) -> HttpResponse:
    """« Vous avez reçu un badge ! »: the statement to accept, or what to do with the account that is open."""
    if assertion.state == AssertionState.DECLINED:
        return render(request, "badges/claim_declined.html", {"assertion": assertion})
    if is_theirs(request, assertion):
        return see_other("badges:badge", assertion.uid)
    if request.user.is_authenticated:
        return render(request, "badges/claim_other_account.html", {"assertion": assertion})
    form = ConsentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        response = see_other("badges:claim_account", assertion.uid)
        claims.write_cookie(response, assertion, form.statement)
        return response
    context = {"assertion": assertion, "form": form}
    return render(request, "badges/claim.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@claim_page
def claim_account(request: HttpRequest, assertion, claim) -> HttpResponse:
    """« Créer votre passeport »: sign in, or an account without typing and without a second mail."""
    statement = statement_in_force()
    waits = assertion.state == AssertionState.PENDING and request.user.is_anonymous
    if not waits or (statement and not claim.accepted(statement)):
        return see_other("badges:claim_badge", assertion.uid)
    first, last = invitations.split_name(assertion.recipient_name)
    form = ClaimAccountForm(
        posted(request),
        address=assertion.folded_address,
        initial={"first_name": first, "last_name": last},
    )
    if request.method == "POST" and form.is_valid():
        return _create(request, assertion, statement, form)
    return _account_page(request, assertion, form, status=422 if form.errors else 200)


def _create(request: HttpRequest, assertion, statement, form: ClaimAccountForm) -> HttpResponse:
    try:
        person = create_account(assertion=assertion, document=statement, **form.cleaned_data)
    except AddressTaken:
        return _account_page(request, assertion, form, taken=True)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return see_other("badges:claim_badge", assertion.uid)
    login(request, person, backend=BACKEND)
    response = see_other("badges:badge", assertion.uid)
    # The account stands for the mailbox now: whoever uses this browser next has no claim left.
    claims.drop_cookie(response, assertion)
    return response


def _account_page(request, assertion, form, *, taken: bool = False, status: int = 200) -> HttpResponse:
    context = {"assertion": assertion, "form": form, "taken": taken}
    return render(request, "badges/claim_account.html", context, status=status)
