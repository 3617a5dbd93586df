from django.urls import path

from passport.todo import todo

app_name = "accounts"

urlpatterns = [
    path("compte/", todo, name="settings"),
    path("compte/accord/", todo, name="consent"),
    path("compte/profil/", todo, name="profile"),
    path("aide/", todo, name="help"),
    path("mentions-legales/", todo, name="legal_notice"),
    path("protection-des-donnees/", todo, name="privacy_statement"),
    path("accessibilite/", todo, name="accessibility"),
    path("code-source/", todo, name="source"),
]
