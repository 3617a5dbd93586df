from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from badges.enums import Visibility


class ShareForm(forms.Form):
    """One click of the tab « Partager ». What is not sent stays as it is."""

    visibility = forms.TypedChoiceField(
        choices=Visibility,
        coerce=Visibility,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose who can see this badge.")},
    )
    name_listed = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )

    def clean(self):
        chosen = super().clean() or {}
        if chosen == {"visibility": None, "name_listed": None}:
            raise forms.ValidationError(_("Choose who can see this badge."))
        return chosen


class SharePageForm(forms.Form):
    """One click of « Partager » of a page: who sees it, or its secret link."""

    visibility = forms.TypedChoiceField(
        choices=Visibility,
        coerce=Visibility,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose who can see this page.")},
    )
    link = forms.ChoiceField(choices=[("open", "open"), ("close", "close")], required=False)

    def clean(self):
        chosen = super().clean() or {}
        if not self.errors and not chosen["visibility"] and not chosen["link"]:
            raise forms.ValidationError(_("Choose who can see this page."))
        return chosen


class ProfileQuery(forms.Form):
    """Where the badges and the pages of a profile begin, and as whom its owner looks at it. What makes no sense is
    the first page, and one's own view."""

    suite = forms.CharField(required=False)
    pages = forms.CharField(required=False)
    vue = forms.ChoiceField(choices=[("public", ""), ("membres", "")], required=False)

    def __init__(self, data: QueryDict):
        super().__init__(data)
        self.full_clean()

    def value(self, name: str) -> str:
        return self.cleaned_data.get(name, "")

    @property
    def level(self) -> Visibility | None:
        return {"public": Visibility.PUBLIC, "membres": Visibility.MEMBERS}.get(self.value("vue"))

    def address(self, **changes: str) -> str:
        """The same page of the same profile, but for `changes`; empty for a neighbour that is not there."""
        values = {name: self.value(name) for name in self.fields} | changes
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if all(changes.values()) else ""
