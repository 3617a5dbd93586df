from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Visibility
from accounts.models import Profile
from accounts.services.profile import may_have, taken
from passport.lib.fields import LongField, NameFields
from passport.lib.iso3166 import NAMES, country_choices

MAX_ABOUT = 500


class HandleField(forms.CharField):
    """Capitals are no other address."""

    def to_python(self, value):
        return (super().to_python(value) or "").lower()


class ProfileForm(NameFields, forms.ModelForm):
    about = LongField(_("About me"), MAX_ABOUT, 4, _("At most 500 characters."))
    country = forms.ChoiceField(label=_("Country"), required=False)

    class Meta:
        model = Profile
        fields = [
            "first_name",
            "last_name",
            "about",
            "country",
            "town",
            "handle",
            "visibility",
            "is_indexed",
        ]
        field_classes = {"handle": HandleField}
        widgets = {
            "handle": forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
            "visibility": forms.RadioSelect,
        }
        labels = {
            "town": _("Town"),
            "handle": _("Address of the profile"),
            "is_indexed": _("Search engines may show my profile"),
        }
        help_texts = {
            "handle": _(
                "Lower-case letters, digits and hyphens. When you change it, the old address stops working, in links"
                " that you have shared too; nobody else can have it for 90 days."
            ),
            "is_indexed": _(
                "It is about this one page, with the badges and links that it shows to everybody."
            ),
        }
        error_messages = {"handle": {"unique": _("Somebody has this address already. Choose another.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 - for the type checker
        country.choices = [("", "—"), *country_choices(NAMES)]

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"]
        if handle != self.initial["handle"] and not may_have(profile=self.instance, handle=handle):
            raise forms.ValidationError(taken())
        return handle

    def clean(self) -> dict[str, Any] | None:
        """What is not public is not for search engines either: that needs no error."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("visibility") != Visibility.PUBLIC:
            cleaned["is_indexed"] = False
        return cleaned
