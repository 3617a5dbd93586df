from django.urls import path

from sharing.views.badge import badge, code
from sharing.views.card import card
from sharing.views.page import page, page_card, secret_file, secret_page, secret_picture
from sharing.views.page_pdf import page_pdf, secret_page_pdf
from sharing.views.profile import profile
from sharing.views.share import share
from sharing.views.share_page import share_page

app_name = "sharing"

urlpatterns = [
    path("b/<uuid:uid>/", badge, name="badge"),
    path("b/<uuid:uid>/carte/", card, name="card"),
    path("badges/<uuid:uid>/partager/", share, name="share"),
    path("p/<uuid:uid>/", page, name="page"),
    path("p/<uuid:uid>/carte/", page_card, name="page_card"),
    path("p/<uuid:uid>/page.pdf", page_pdf, name="page_pdf"),
    path("p/<uuid:uid>/secret/<str:key>/", secret_page, name="secret_page"),
    path("p/<uuid:uid>/secret/<str:key>/page.pdf", secret_page_pdf, name="secret_page_pdf"),
    path("p/<uuid:uid>/secret/<str:key>/fichiers/<uuid:file>/", secret_file, name="secret_file"),
    path(
        "p/<uuid:uid>/secret/<str:key>/fichiers/<uuid:file>/image/<int:side>/",
        secret_picture,
        name="secret_picture",
    ),
    path("pages/<uuid:uid>/partager/", share_page, name="share_page"),
    path("v/<str:code>", code, name="code"),
    path("u/<slug:handle>/", profile, name="profile"),
]
