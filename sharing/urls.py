from django.urls import path

from sharing.views.badge import badge, code
from sharing.views.card import card
from sharing.views.profile import profile
from sharing.views.share import share

app_name = "sharing"

urlpatterns = [
    path("b/<uuid:uid>/", badge, name="badge"),
    path("b/<uuid:uid>/carte/", card, name="card"),
    path("badges/<uuid:uid>/partager/", share, name="share"),
    path("v/<str:code>", code, name="code"),
    path("u/<slug:handle>/", profile, name="profile"),
]
