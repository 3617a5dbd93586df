from django.urls import path

from passport.todo import todo

app_name = "sharing"

urlpatterns = [
    path("b/<uuid:uid>/", todo, name="badge"),
    path("b/<uuid:uid>/carte/", todo, name="card"),
    path("badges/<uuid:uid>/partager/", todo, name="share"),
    path("v/<str:code>", todo, name="code"),
    path("u/<slug:handle>/", todo, name="profile"),
]
