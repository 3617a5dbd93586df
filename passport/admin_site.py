from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _


class Site(admin.AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("Administration")
    enable_nav_sidebar = False

    def get_urls(self):
        # « View on site » tells the address of any object to anybody who may enter, whoever organises it.
        closed = path("r/<path:rest>", not_found, name="closed")
        return [closed, *super().get_urls()]


@login_not_required
def not_found(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404
