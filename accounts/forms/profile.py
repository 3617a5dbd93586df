from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from passport.lib.fields import NameFields
from passport.lib.iso3166 import NAMES, country_choices


class ProfileForm(NameFields, forms.ModelForm):
    country = forms.ChoiceField(label=_("Country"), required=False)

    class Meta:
        model = Profile
        fields = ["first_name", "last_name", "about", "country", "town", "handle", "visibility"]
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
            "visibility": forms.RadioSelect,
        }
        labels = {"about": _("About me"), "town": _("Town"), "handle": _("Address of the profile")}
        help_texts = {
            "about": _("At most 500 characters."),
            "handle": _(
                "Lower-case letters, digits and hyphens. The old address stops working when you change it."
            ),
        }
        error_messages = {"handle": {"unique": _("Somebody has this address already. Choose another.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 - for the type checker
        country.choices = [("", "—"), *country_choices(NAMES)]
