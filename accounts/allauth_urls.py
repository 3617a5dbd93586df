"""allauth's views under French paths, with allauth's own names: its flows find each other by name."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.facebook import views as facebook
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts.views import signing

urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("confirmer/", account.email_verification_sent, name="account_email_verification_sent"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path("code/confirmer/", signing.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("reauthentification/", account.reauthenticate, name="account_reauthenticate"),
    path("adresses/", signing.EmailView.as_view(), name="account_email"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/changer/", account.password_change, name="account_change_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/code/",
        signing.ConfirmPasswordResetCodeView.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/oublie/nouveau/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/oublie/fait/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("reseaux/", signing.ConnectionsView.as_view(), name="socialaccount_connections"),
    path("reseaux/inscription/", signing.SocialSignupView.as_view(), name="socialaccount_signup"),
    path("reseaux/annule/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("reseaux/erreur/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("facebook/login/", signing.leaving(facebook.oauth2_login), name="facebook_login"),
    path("facebook/login/callback/", signing.network(facebook.oauth2_callback), name="facebook_callback"),
    path(
        "oidc/<slug:provider_id>/login/", signing.leaving(openid_connect.login), name="openid_connect_login"
    ),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        signing.network(openid_connect.callback),
        name="openid_connect_callback",
    ),
]
