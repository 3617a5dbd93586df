"""What may be written on a page, and how its editor speaks."""

import re
import secrets
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import File
from badges.models import Assertion
from pages.blocks import WITH_FILES, held
from pages.enums import BlockKind, Theme, Visibility
from pages.forms_blocks import (
    BadgesForm,
    BlockForm,
    HeadingForm,
    Holdings,
    LinkForm,
    ProfileForm,
    QuoteForm,
    TagForm,
    TextForm,
    VideoForm,
)
from pages.forms_files import FileForm, GalleryForm
from pages.models import MAX_DESCRIPTION, MAX_TITLE, Page
from passport.lib.fields import LineField
from passport.lib.folding import clean

MAX_BLOCKS = 40
# How many files a block offers: the newest ones, and those of the page.
OFFERED_FILES = 100
ACTION = re.compile(r"\A(?:(?:up|down|remove|preview):[0-9a-f]{8}|add:[a-z]+|save)\Z")


FORMS: dict[str, type[BlockForm]] = {
    BlockKind.HEADING: HeadingForm,
    BlockKind.TEXT: TextForm,
    BlockKind.BADGES: BadgesForm,
    BlockKind.TAG: TagForm,
    BlockKind.FILE: FileForm,
    BlockKind.GALLERY: GalleryForm,
    BlockKind.LINK: LinkForm,
    BlockKind.QUOTE: QuoteForm,
    BlockKind.VIDEO: VideoForm,
    BlockKind.PROFILE: ProfileForm,
}


class PageForm(forms.Form):
    """The page itself. `order`: the ids of its blocks, when they were dragged."""

    title = forms.CharField(
        label=_("Title"),
        max_length=MAX_TITLE,
        widget=forms.TextInput(attrs={"class": "input--title"}),
        error_messages={"required": _("Give the page a title.")},
    )
    description = LineField(_("Description, in one sentence"), MAX_DESCRIPTION)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme, widget=forms.RadioSelect)
    order = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"])
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"])
        return title


class VisibilityForm(forms.Form):
    """Who may open the page."""

    visibility = forms.TypedChoiceField(
        choices=Visibility,
        coerce=Visibility,
        error_messages={
            "required": _("Choose who can see this page."),
            "invalid_choice": _("Choose who can see this page."),
        },
    )


class LevelForm(forms.Form):
    """« Voir comme »: what makes no sense is the owner's own view."""

    comme = forms.ChoiceField(choices=[("public", ""), ("members", "")], required=False)

    @property
    def level(self) -> Visibility | None:
        self.full_clean()
        chosen = self.cleaned_data.get("comme")
        return Visibility(chosen) if chosen else None


@dataclass(frozen=True)
class Action:
    """What a button of the editor asks for; without one the page is only kept. `target`: a block's id, or a kind."""

    name: str = ""
    target: str = ""


class ActionForm(forms.Form):
    action = forms.RegexField(ACTION, required=False)

    @property
    def asked(self) -> Action:
        self.full_clean()
        name, _colon, target = self.cleaned_data.get("action", "").partition(":")
        return Action(name, target)


class Editor:
    """The form of a page and of each of its blocks. What was not posted stays as it is: another window may be older."""

    def __init__(self, page: Page, data: QueryDict | None = None, uploads: MultiValueDict | None = None):
        self.page = page
        self.form = PageForm(data, initial=page.content)
        holdings = Holdings(_badges(page), _files(page))
        self.blocks = [
            FORMS[block["kind"]](
                data if _is_in(data, block) else None, uploads, block=block, holdings=holdings
            )
            for block in page.blocks
        ]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.form, *self.blocks]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms if form.is_bound])

    def receive(self) -> list[str]:
        """Keeps what was uploaded into blocks as files of the page's owner. Returns a sentence for each refusal."""
        return [said for form in self.blocks if form.is_bound for said in form.receive(self.page.owner)]

    def content(self, action: Action) -> dict:
        """What the page says once `action` is done. Only of what is valid."""
        blocks = [form.content() if form.is_bound else form.block for form in self.blocks]
        ordered = _ordered(blocks, self.form.cleaned_data["order"].split(","))
        fields = {name: self.form.cleaned_data[name] for name in ("title", "description", "theme")}
        return {**fields, "blocks": _after(ordered, action)}


def new_block(kind: str) -> dict:
    return {"id": secrets.token_hex(4), "kind": str(kind)}


def _badges(page: Page) -> list[Assertion]:
    badges = held(page.owner, None)
    if any(block["kind"] == BlockKind.TAG for block in page.blocks):
        badges = badges.prefetch_related("tags")
    return list(badges)


def _files(page: Page) -> list[File]:
    if not any(block["kind"] in WITH_FILES for block in page.blocks):
        return []
    newest = list(File.objects.of(page.owner)[:OFFERED_FILES])
    return newest + [file for file in page.files.all() if file not in newest]


def _is_in(data: QueryDict | None, block: dict) -> bool:
    return data is not None and f"{block['id']}-here" in data


def _ordered(blocks: list[dict], ids: list[str]) -> list[dict]:
    """As dragged; blocks that the order does not name come last, as they stood."""
    places = {name: place for place, name in enumerate(ids)}
    return sorted(blocks, key=lambda block: places.get(block["id"], len(ids)))


def _after(blocks: list[dict], action: Action) -> list[dict]:
    if action.name == "add" and action.target in FORMS and len(blocks) < MAX_BLOCKS:
        return [*blocks, new_block(action.target)]
    if action.name == "remove":
        return [block for block in blocks if block["id"] != action.target]
    if action.name in {"up", "down"}:
        return _moved(blocks, action.target, -1 if action.name == "up" else 1)
    return blocks


def _moved(blocks: list[dict], target: str, step: int) -> list[dict]:
    place = next((n for n, block in enumerate(blocks) if block["id"] == target), None)
    if place is None or not 0 <= place + step < len(blocks):
        return blocks
    moved = list(blocks)
    moved[place], moved[place + step] = moved[place + step], moved[place]
    return moved
