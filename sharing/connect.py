"""What sharing tells the layers below it."""

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from connections.access import identifier
from connections.enums import Reported
from connections.registry import Reportable, Subject, register_reportable
from pages import access
from pages.models import Page


def reported_page(viewer: User, subject: str) -> Subject:
    page = access.page_for_viewer(viewer, identifier(subject))
    if page.owner_id == viewer.pk:
        raise Http404
    return Subject(str(page.uid), page.title, reverse("sharing:page", args=[page.uid]), page.owner)


def reported_page_address(subject: str) -> str:
    return reverse("sharing:page", args=[subject]) if Page.objects.filter(uid=subject).exists() else ""


PAGE = Reportable("page", reported_page, reported_page_address)


def register() -> None:
    register_reportable(Reported.PAGE, PAGE)
