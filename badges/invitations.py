"""Tells accounts which address a claim in this browser has proved, without accounts knowing of badges."""

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from accounts.models import LegalDocument
from accounts.registry import Invitation
from accounts.services.consent import statement_in_force
from badges import access


def find(request: HttpRequest, next_path: str) -> Invitation | None:
    """The invitation behind the path of a claim page, when this browser opened its link and it still waits."""
    try:
        match = resolve(next_path.partition("?")[0])
        if match.view_name != "badges:claim_badge":
            return None
        assertion, claim = access.claimed(request, match.kwargs["uid"])
    except (Resolver404, Http404):
        return None
    first, last = split_name(assertion.recipient_name)
    document: LegalDocument | None = statement_in_force()
    return Invitation(assertion.folded_address, first, last, document if claim.accepted(document) else None)


def split_name(name: str) -> tuple[str, str]:
    """« Claire Martin » → first and last name, as a proposal that the person can correct."""
    first, _space, last = name.partition(" ")
    return first[:80], last[:80]
