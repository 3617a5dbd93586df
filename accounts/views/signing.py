"""allauth's views, where the site does a little more."""

import logging
from functools import wraps

from allauth.account import views as allauth
from allauth.socialaccount import views as allauth_social
from allauth.socialaccount.models import SocialApp
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy

from accounts.services.secrets import forget_unproved
from accounts.settings_page import settings_context
from accounts.social import proved_address

logger = logging.getLogger(__name__)


class ConfirmLoginCodeView(allauth.ConfirmLoginCodeView):
    def _verify_form_valid(self, form) -> HttpResponse:
        forget_unproved(user=self._process.user)
        return super()._verify_form_valid(form)


class ConfirmPasswordResetCodeView(allauth.ConfirmPasswordResetCodeView):
    def form_valid(self, form) -> HttpResponse:
        forget_unproved(user=self._process.user)
        return super().form_valid(form)


class EmailView(allauth.EmailView):
    """The addresses are a part of the settings page; this view only acts."""

    template_name = "accounts/settings.html"
    success_url = reverse_lazy("accounts:settings")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        return redirect("accounts:settings")

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return context | settings_context(self.request, email_form=context["form"])


class ConnectionsView(allauth_social.ConnectionsView):
    template_name = "accounts/settings.html"
    success_url = reverse_lazy("accounts:settings")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        return redirect("accounts:settings")

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | settings_context(self.request)


class SocialSignupView(allauth_social.SignupView):
    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"address": proved_address(self.sociallogin)}

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return context | {"address": proved_address(self.sociallogin), "provider": self.sociallogin.provider}

    def get_authenticated_redirect_url(self) -> str:
        return reverse("accounts:settings")


def network(view):
    """A view of a provider, for whoever is not signed in. Without keys it does not exist."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, **kwargs) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except SocialApp.DoesNotExist as missing:
            raise Http404 from missing
        except (OSError, ValueError) as error:  # it does not answer, or not as the protocol says
            logger.warning("%s: %s", request.path, type(error).__name__)
            return redirect("socialaccount_login_error")

    return answered


def leaving(view):
    """The way to Facebook or LinkedIn. The CSP lets no form lead to another site, and browsers hold a form's redirects
    to it as well, however many the provider adds: so the answer is a page that goes there by itself."""

    @network
    @wraps(view)
    def left(request: HttpRequest, **kwargs) -> HttpResponseBase:
        response = view(request, **kwargs)
        if request.method == "POST" and response.status_code == 302:
            return render(request, "socialaccount/leaving.html", {"target": response.headers["Location"]})
        return response

    return left
