from django.urls import path

from accounts.enums import DocumentKind
from accounts.views.consent import consent
from accounts.views.documents import accepted, document
from accounts.views.files import delete_file, file, files, picture_file
from accounts.views.profile import links, picture, profile
from accounts.views.settings import settings

app_name = "accounts"

urlpatterns = [
    path("compte/", settings, name="settings"),
    path("compte/accord/", consent, name="consent"),
    path("compte/accord/<int:version>/", accepted, name="accepted"),
    path("compte/profil/", profile, name="profile"),
    path("compte/fichiers/", files, name="files"),
    path("compte/fichiers/<uuid:uid>/", file, name="file"),
    path("compte/fichiers/<uuid:uid>/image/<int:side>/", picture_file, name="picture_file"),
    path("compte/fichiers/<uuid:uid>/supprimer/", delete_file, name="delete_file"),
    path("compte/profil/photo/", picture, name="profile_picture"),
    path("compte/profil/liens/", links, name="profile_links"),
    path("aide/", document, {"kind": DocumentKind.HELP}, name="help"),
    path("mentions-legales/", document, {"kind": DocumentKind.LEGAL_NOTICE}, name="legal_notice"),
    path("protection-des-donnees/", document, {"kind": DocumentKind.PRIVACY}, name="privacy_statement"),
    path("accessibilite/", document, {"kind": DocumentKind.ACCESSIBILITY}, name="accessibility"),
    path("code-source/", document, {"kind": DocumentKind.SOURCE}, name="source"),
]
