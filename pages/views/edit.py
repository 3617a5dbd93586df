from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.http import MemberRequest
from pages import access
from pages.enums import BlockKind, Theme
from pages.forms import Action, ActionForm, Editor, VisibilityForm
from pages.forms_blocks import Holdings, TextForm
from pages.models import Page
from pages.services.show import show
from pages.services.write import before, write
from passport.lib.http import see_other


class EditRequest(MemberRequest):
    htmx: HtmxDetails


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: EditRequest, uid: UUID) -> HttpResponse:
    """« Modifier la page ». Each button keeps what is written; only « Enregistrer » changes who sees the page."""
    page = access.own_page(request.user, uid)
    if request.method != "POST":
        return _form(request, Editor(page), VisibilityForm({"visibility": page.visibility}))
    editor, visibility = Editor(page, request.POST, request.FILES), VisibilityForm(request.POST)
    action = Action() if request.htmx else ActionForm(request.POST).asked
    saves = action.name == "save"
    if not editor.is_valid() or (saves and not visibility.is_valid()):
        return _refused(request, editor, visibility)
    refused = editor.receive()
    write(page=page, content=editor.content(action))
    if request.htmx:
        return _kept(request, page, refused)
    if refused:
        return _form(request, Editor(page), visibility, refused)
    if saves:
        show(page=page, visibility=visibility.cleaned_data["visibility"])
        messages.success(request, _("The page is saved."))
    return see_other(_place(page, action))


@require_POST
def preview(request: MemberRequest, uid: UUID, block: str) -> HttpResponse:
    """What a text becomes, while it is being written. Nothing is kept."""
    access.own_page(request.user, uid)
    form = TextForm(request.POST, block={"id": block, "kind": BlockKind.TEXT}, holdings=Holdings([]))
    return render(request, "pages/_live.html", {"form": form}, status=200 if form.is_valid() else 422)


def _kept(request: EditRequest, page: Page, refused: list[str]) -> HttpResponse:
    """To a page that keeps itself. When files came it is loaded again: each may now be chosen and described."""
    if not request.FILES:
        return render(request, "pages/_saved.html", {"editor": Editor(page), "now": timezone.now()})
    for sentence in refused:
        messages.error(request, sentence)
    return HttpResponseClientRedirect(reverse("pages:edit", args=[page.uid]))


def _form(
    request: EditRequest, editor: Editor, visibility: VisibilityForm, refused: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "page": editor.page,
        "editor": editor,
        "visibility": visibility,
        "kinds": BlockKind,
        "themes": Theme,
        "can_undo": before(editor.page) is not None,
        "refused": refused,
    }
    wrong = refused or visibility.errors or any(form.errors for form in editor.forms)
    return render(request, "pages/edit.html", context, status=422 if wrong else 200)


def _refused(request: EditRequest, editor: Editor, visibility: VisibilityForm) -> HttpResponse:
    """By itself, a field that makes no sense is only told of; nothing that is being written is replaced."""
    if request.htmx:
        return render(request, "pages/_saved.html", {"editor": editor, "refused": True})
    return _form(request, editor, visibility)


def _place(page: Page, action: Action) -> str:
    """The editor, at the block that the button was about."""
    target = page.blocks[-1]["id"] if action.name == "add" and page.blocks else action.target
    anchor = f"#bloc-{target}" if action.name in {"add", "up", "down", "preview"} else ""
    return reverse("pages:edit", args=[page.uid]) + anchor
