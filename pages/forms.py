"""What may be written on a page, and how its editor speaks."""

import re
import secrets
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from badges.models import Assertion
from pages.blocks import MAX_BADGES, held
from pages.enums import BlockKind, Theme, Visibility
from pages.models import MAX_DESCRIPTION, MAX_TITLE, Page
from passport.lib.folding import clean

MAX_BLOCKS, MAX_TEXT, MAX_QUOTE, MAX_LINE, MAX_URL = 40, 5_000, 500, 120, 500
DIRECTIONS = re.compile("[\u0000\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ACTION = re.compile(r"\A(?:(?:up|down|remove):[0-9a-f]{8}|add:[a-z]+|save)\Z")
HTTP = URLValidator(schemes=["http", "https"], message=_("Write a whole address, with https://"))


class LineField(forms.CharField):
    """One line without invisible characters."""

    def __init__(self, label: Any, limit: int = MAX_LINE):
        super().__init__(label=label, required=False, max_length=limit)

    def to_python(self, value):
        return clean(super().to_python(value) or "")


class LongField(forms.CharField):
    """Several lines, with one kind of line break and nothing that turns the direction of what follows."""

    def __init__(self, label: Any, limit: int, rows: int, help_text: Any = ""):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=False, max_length=limit, widget=widget, help_text=help_text)

    def to_python(self, value):
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return DIRECTIONS.sub("", text).strip()


class AddressField(forms.CharField):
    default_validators = [HTTP]

    def __init__(self, label: Any):
        widget = forms.URLInput(attrs={"placeholder": "https://"})
        super().__init__(label=label, required=False, max_length=MAX_URL, widget=widget)


class BlockForm(forms.Form):
    """A block of a page. All may stay empty: a block that says nothing is not shown."""

    def __init__(self, data, *, block: dict, badges: list[Assertion]):
        self.block = block
        self.holdings = badges
        super().__init__(data, prefix=block["id"], initial=block)
        self.offer(badges)

    @property
    def kind(self) -> BlockKind:
        return BlockKind(self.block["kind"])

    @property
    def id(self) -> str:
        return self.block["id"]

    def offer(self, badges: list[Assertion]) -> None:
        """What may be chosen, for the kinds that choose."""

    @property
    def saved_text(self) -> str:
        return self.block.get("text", "")

    def content(self) -> dict:
        return {"id": self.id, "kind": str(self.kind), **self.cleaned_data}


class HeadingForm(BlockForm):
    text = LineField(_("Heading"))


class TextForm(BlockForm):
    text = LongField(
        _("Text"),
        MAX_TEXT,
        5,
        _("Markdown: **bold**, *italic*, - list, [words](https://address), > quotation."),
    )


class QuoteForm(BlockForm):
    text = LongField(_("Quotation"), MAX_QUOTE, 2)
    source = LineField(_("Who says it"))


class LinkForm(BlockForm):
    url = AddressField(_("Address"))
    label = LineField(_("Words of the link"))
    note = LineField(_("What it shows"), MAX_DESCRIPTION)


class VideoForm(BlockForm):
    url = AddressField(_("Address of the video"))
    label = LineField(_("Title of the video"))


class BadgesForm(BlockForm):
    badges = forms.MultipleChoiceField(
        label=_("Choose the badges"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, badges):
        names = [(str(badge.uid), badge.recognises.name) for badge in badges]
        cast(forms.MultipleChoiceField, self.fields["badges"]).choices = names
        self.initial["badges"] = [uid for uid in self.block.get("badges", []) if uid in dict(names)]

    def chosen(self) -> list[Assertion]:
        uids = self.initial["badges"]
        return [badge for badge in self.holdings if str(badge.uid) in uids]

    def clean_badges(self) -> list[str]:
        """Those that stood there keep their order; new ones follow."""
        ticked = self.cleaned_data["badges"]
        if len(ticked) > MAX_BADGES:
            raise ValidationError(_("Choose 24 badges at most for one block."))
        before = [uid for uid in self.initial["badges"] if uid in ticked]
        return before + [uid for uid in ticked if uid not in before]


class TagForm(BlockForm):
    tag = forms.ChoiceField(label=_("Tag"), required=False)

    def offer(self, badges):
        tags = {tag for badge in badges for tag in badge.badge_class.tags} | {self.block.get("tag", "")}
        offered = [("", _("Choose a tag")), *((tag, tag) for tag in sorted(tags) if tag)]
        cast(forms.ChoiceField, self.fields["tag"]).choices = offered


class ProfileForm(BlockForm):
    """The owner's profile, as far as each reader may open it: nothing to write."""


FORMS: dict[str, type[BlockForm]] = {
    BlockKind.HEADING: HeadingForm,
    BlockKind.TEXT: TextForm,
    BlockKind.BADGES: BadgesForm,
    BlockKind.TAG: TagForm,
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

    def __init__(self, page: Page, data: QueryDict | None = None):
        self.page = page
        self.form = PageForm(data, initial=page.content)
        badges = list(held(page.owner, None))
        self.blocks = [
            FORMS[block["kind"]](data if _is_in(data, block) else None, block=block, badges=badges)
            for block in page.blocks
        ]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.form, *self.blocks]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms if form.is_bound])

    def content(self, action: Action) -> dict:
        """What the page says once `action` is done. Only of what is valid."""
        blocks = [form.content() if form.is_bound else form.block for form in self.blocks]
        ordered = _ordered(blocks, self.form.cleaned_data["order"].split(","))
        fields = {name: self.form.cleaned_data[name] for name in ("title", "description", "theme")}
        return {**fields, "blocks": _after(ordered, action)}


def new_block(kind: str) -> dict:
    return {"id": secrets.token_hex(4), "kind": str(kind)}


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
