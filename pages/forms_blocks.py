"""What may be written in each block of a page."""

from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import File, User
from badges.models import Assertion
from pages.blocks import MAX_BADGES, MINE
from pages.enums import BlockKind
from pages.models import MAX_DESCRIPTION
from passport.lib.fields import AddressField, LineField, LongField

MAX_TEXT, MAX_QUOTE = 5_000, 500


@dataclass(frozen=True)
class Holdings:
    """What the owner of a page may place on it."""

    badges: list[Assertion]
    files: list[File] = field(default_factory=list)


class BlockForm(forms.Form):
    """A block of a page. All may stay empty: a block that says nothing is not shown."""

    def __init__(self, data, uploads=None, *, block: dict, holdings: Holdings):
        self.block = block
        self.holdings = holdings
        super().__init__(data, uploads, prefix=block["id"], initial=block)
        self.offer(holdings)

    @property
    def kind(self) -> BlockKind:
        return BlockKind(self.block["kind"])

    @property
    def id(self) -> str:
        return self.block["id"]

    def offer(self, holdings: Holdings) -> None:
        """What may be chosen, for the kinds that choose."""

    @property
    def saved_text(self) -> str:
        return self.block.get("text", "")

    def receive(self, owner: User) -> list[str]:
        """Keeps what was uploaded, for the kinds that take files. Returns a sentence for each refusal."""
        return []

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

    def offer(self, holdings):
        names = [(str(badge.uid), badge.recognises.name) for badge in holdings.badges]
        cast(forms.MultipleChoiceField, self.fields["badges"]).choices = names
        self.initial["badges"] = [uid for uid in self.block.get("badges", []) if uid in dict(names)]

    def chosen(self) -> list[Assertion]:
        uids = self.initial["badges"]
        return [badge for badge in self.holdings.badges if str(badge.uid) in uids]

    def clean_badges(self) -> list[str]:
        """Those that stood there keep their order; new ones follow."""
        ticked = self.cleaned_data["badges"]
        if len(ticked) > MAX_BADGES:
            raise ValidationError(_("Choose 24 badges at most for one block."))
        before = [uid for uid in self.initial["badges"] if uid in ticked]
        return before + [uid for uid in ticked if uid not in before]


class TagForm(BlockForm):
    """A tag of the badges themselves, or after MINE one of the owner's own, which nobody else reads."""

    tag = forms.ChoiceField(label=_("Tag"), required=False)

    def offer(self, holdings):
        theirs = {tag for badge in holdings.badges for tag in badge.badge_class.tags}
        mine = {MINE + tag.folded_name: tag.name for badge in holdings.badges for tag in badge.tags.all()}
        now = self.block.get("tag", "")
        # What stands there stays a choice, also when no badge has it any more.
        if now.startswith(MINE):
            mine.setdefault(now, now.removeprefix(MINE))
        elif now:
            theirs.add(now)
        offered = [("", _("Choose a tag")), *((tag, tag) for tag in sorted(theirs))]
        if mine:
            offered.append((_("My own tags"), sorted(mine.items(), key=lambda one: one[1])))
        cast(forms.ChoiceField, self.fields["tag"]).choices = offered


class ProfileForm(BlockForm):
    """The owner's profile, as far as each reader may open it: nothing to write."""
