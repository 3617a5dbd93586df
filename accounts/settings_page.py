"""What « Paramètres et vie privée » shows; several views answer with this page."""

from typing import Any

from allauth.account.internal.flows.manage_email import list_email_addresses
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from accounts.forms.account import AddEmailForm
from accounts.http import MemberRequest
from accounts.networks import Network, networks


def settings_context(request: MemberRequest, *, email_form: AddEmailForm | None = None) -> dict[str, Any]:
    return {
        "addresses": _addresses(request),
        "email_form": email_form or AddEmailForm(user=request.user),
        "profile": request.user.profile,
        "consents": request.user.consents.select_related("document").order_by("-given_at"),
        "linked": _linked(request),
    }


def _addresses(request: MemberRequest) -> list[EmailAddress]:
    """The main one first; one that waits for its code is in the session, not in the database."""
    addresses = list_email_addresses(request, request.user)
    return sorted(addresses, key=lambda address: (not address.primary, not address.verified, address.email))


def _linked(request: MemberRequest) -> list[tuple[Network, SocialAccount | None]]:
    """Each network that is configured, with this person's link to it."""
    offered = networks()
    if not offered:
        return []
    mine = {account.provider: account for account in SocialAccount.objects.filter(user=request.user)}
    return [(network, mine.get(network.key)) for network in offered]
