from django.urls import path

from passport.todo import todo

app_name = "pages"

urlpatterns = [
    path("", todo, name="index"),
]
