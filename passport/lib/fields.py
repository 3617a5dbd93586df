"""Form fields that several apps ask for."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passport.lib.folding import clean

TOO_LONG = gettext_lazy("Write a shorter name: 80 characters at most.")
MAX_LINE, MAX_URL = 120, 500
DIRECTIONS = re.compile("[\u0000\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HTTP = URLValidator(schemes=["http", "https"], message=gettext_lazy("Write a whole address, with https://"))


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


class LineField(forms.CharField):
    """One line without invisible characters."""

    def __init__(self, label: Any, limit: int = MAX_LINE, help_text: Any = ""):
        super().__init__(label=label, required=False, max_length=limit, help_text=help_text)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class LongField(forms.CharField):
    """Several lines, with one kind of line break and nothing that turns the direction of what follows."""

    def __init__(self, label: Any, limit: int, rows: int, help_text: Any = ""):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=False, max_length=limit, widget=widget, help_text=help_text)

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return DIRECTIONS.sub("", text).strip()


class AddressField(forms.CharField):
    """A whole address of the web."""

    default_validators = [HTTP]

    def __init__(self, label: Any, limit: int = MAX_URL):
        widget = forms.URLInput(attrs={"placeholder": "https://"})
        super().__init__(label=label, required=False, max_length=limit, widget=widget)


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
