"""What Facebook and LinkedIn may do here: say who somebody is. They never enter an account by its address alone."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.forms.account import LOGIN_HINT
from accounts.models import User
from accounts.registry import Invitation, invitation_for
from accounts.services import create
from accounts.services.consent import statement_in_force


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sorts the addresses of somebody new: the invited one first, then those that the provider has verified."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        given = sociallogin.email_addresses
        addresses = [address for address in given if address.verified]
        if invitation := _invitation(request, sociallogin):
            addresses = [EmailAddress(email=invitation.address, verified=True), *addresses]
            create.evict_unproved(invitation.address)
        sociallogin.email_addresses = addresses or given
        if addresses and create.has_owner(addresses[0].email):
            raise ImmediateHttpResponse(_sign_in_first(request, sociallogin, addresses[0].email))

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Only inside an invitation whose statement is accepted; anybody else is asked for consent first."""
        invitation = _invitation(request, sociallogin)
        return invitation is not None and (invitation.document is not None or statement_in_force() is None)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        said = sociallogin.provider.extract_common_fields(sociallogin.account.extra_data)
        email = sociallogin.email_addresses[0].email if sociallogin.email_addresses else ""
        first, _space, last = str(said.get("name") or "").partition(" ")
        return {
            "email": email,
            "first_name": (said.get("first_name") or first)[:80],
            "last_name": (said.get("last_name") or last)[:80],
        }

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        invitation = _invitation(request, sociallogin)
        addresses = sociallogin.email_addresses
        if form:
            said, document = form.cleaned_data, form.statement
            if not form.address:
                addresses = [EmailAddress(email=said["email"], verified=False)]
        else:
            assert invitation is not None  # noqa: S101 - is_auto_signup_allowed
            said = {"first_name": invitation.first_name, "last_name": invitation.last_name}
            document = invitation.document
        user = create.create_from_provider(
            addresses=addresses,
            document=document,
            first_name=said["first_name"],
            last_name=said["last_name"],
        )
        sociallogin.user = sociallogin.account.user = user
        sociallogin.account.save()
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        return reverse("accounts:settings")


def proved_address(sociallogin: SocialLogin) -> str:
    """The address that a new account takes without another mail, or nothing."""
    first = next(iter(sociallogin.email_addresses), None)
    return first.email if first and first.verified else ""


def _invitation(request: HttpRequest, sociallogin: SocialLogin) -> Invitation | None:
    return invitation_for(request, sociallogin.get_redirect_url(request) or "")


def _sign_in_first(request: HttpRequest, sociallogin: SocialLogin, address: str):
    """Nothing was created; the account that has this address is entered by its own means, then linked."""
    messages.warning(
        request,
        _(
            "An account already uses the address %(address)s. Nothing was created: sign in to it. "
            "You can then link %(provider)s to it in your settings."
        )
        % {"address": address, "provider": sociallogin.provider.name},
    )
    request.session[LOGIN_HINT] = address
    back = sociallogin.get_redirect_url(request) or reverse("accounts:settings")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
