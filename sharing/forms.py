from django import forms
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


class PageForm(forms.Form):
    """Where a list begins. A cursor that makes no sense is the first page."""

    suite = forms.CharField(required=False)

    @property
    def cursor(self) -> str:
        self.full_clean()
        return self.cleaned_data.get("suite", "")
