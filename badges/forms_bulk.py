"""« Modifier plusieurs badges » and « Tout accepter »: which badges, and what becomes of them."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.enums import Visibility
from badges.models import Assertion
from badges.own_words import TagsField
from badges.services.bulk import MOST, Wish

AS_IT_IS = ("", gettext_lazy("Leave as it is"))


class ChosenBadges(forms.Form):
    """Some of the badges that a page offers."""

    badge = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages={
            "required": gettext_lazy("Tick at least one badge."),
            "invalid_choice": gettext_lazy("One of these badges is not there any more. Choose again."),
        },
    )

    def __init__(self, *args, offered: Iterable[Assertion], **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {assertion.uid: assertion for assertion in offered}
        cast(Any, self.fields["badge"]).choices = [(str(uid), str(uid)) for uid in self.offered]

    @property
    def chosen(self) -> list[Assertion]:
        return [self.offered[uid] for uid in self.cleaned_data["badge"]]

    @property
    def ticked(self) -> set[str]:
        """What stays ticked when the page comes back."""
        return set(cast(QueryDict, self.data).getlist("badge")) if self.is_bound else set()


class BulkForm(ChosenBadges):
    """The same, and the wish. `sure`: it was seen in the preview."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Badge visibility"), choices=[AS_IT_IS, *Visibility.choices], required=False
    )
    add = TagsField(label=gettext_lazy("Tags to add"))
    remove = TagsField(label=gettext_lazy("Tags to take off"))
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("visibility", "add", "remove")):
            raise forms.ValidationError(_("Choose what changes: the visibility, or tags."))
        if len(cleaned.get("badge", [])) > MOST:
            raise forms.ValidationError(_("Change at most %(most)s badges at once.") % {"most": MOST})
        return cleaned

    @property
    def wish(self) -> Wish:
        visibility = self.cleaned_data["visibility"]
        return Wish(
            Visibility(visibility) if visibility else None,
            self.cleaned_data["add"],
            self.cleaned_data["remove"],
        )
