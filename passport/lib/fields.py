"""Form fields that several apps ask for."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passport.lib.folding import clean

TOO_LONG = gettext_lazy("Write a shorter name: 80 characters at most.")


def validate_name(value: str) -> None:
    """A name is plain text on one line. Raises ValidationError with a sentence that says what to take out."""
    if "<" in value or ">" in value:
        raise ValidationError(_("Write the name without “<” or “>”."))
    if clean(value) != " ".join(value.split()):
        raise ValidationError(
            _("The name contains invisible characters. Type it again instead of pasting it.")
        )


class NameField(forms.CharField):
    """A person's first or last name."""

    default_validators = [MaxLengthValidator(80, TOO_LONG), validate_name]


class NameFields(forms.Form):
    """How a person is called, wherever it is asked. Neither is required: a list may have given no name."""

    first_name = NameField(
        label=gettext_lazy("First name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = NameField(
        label=gettext_lazy("Last name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
