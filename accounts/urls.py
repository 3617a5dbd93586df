from django.urls import path

from accounts.enums import DocumentKind
from accounts.views.consent import consent
from accounts.views.documents import accepted, document
from accounts.views.settings import profile, settings

app_name = "accounts"

urlpatterns = [
    path("compte/", settings, name="settings"),
    path("compte/accord/", consent, name="consent"),
    path("compte/accord/<int:version>/", accepted, name="accepted"),
    path("compte/profil/", profile, name="profile"),
    path("aide/", document, {"kind": DocumentKind.HELP}, name="help"),
    path("mentions-legales/", document, {"kind": DocumentKind.LEGAL_NOTICE}, name="legal_notice"),
    path("protection-des-donnees/", document, {"kind": DocumentKind.PRIVACY}, name="privacy_statement"),
    path("accessibilite/", document, {"kind": DocumentKind.ACCESSIBILITY}, name="accessibility"),
    path("code-source/", document, {"kind": DocumentKind.SOURCE}, name="source"),
]
