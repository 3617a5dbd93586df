from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import MemberRequest
from accounts.settings_page import settings_context


@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    """« Paramètres et vie privée »."""
    return render(request, "accounts/settings.html", settings_context(request))
