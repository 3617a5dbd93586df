from django.urls import path

from pages.views.edit import edit, preview
from pages.views.index import create, index
from pages.views.page import delete, duplicate, page
from pages.views.versions import restore, undo, versions

app_name = "pages"

urlpatterns = [
    path("", index, name="index"),
    path("creer/", create, name="create"),
    path("<uuid:uid>/", page, name="page"),
    path("<uuid:uid>/modifier/", edit, name="edit"),
    path("<uuid:uid>/apercu/<str:block>/", preview, name="preview"),
    path("<uuid:uid>/annuler/", undo, name="undo"),
    path("<uuid:uid>/versions/", versions, name="versions"),
    path("<uuid:uid>/versions/<int:number>/retablir/", restore, name="restore"),
    path("<uuid:uid>/dupliquer/", duplicate, name="duplicate"),
    path("<uuid:uid>/supprimer/", delete, name="delete"),
]
