"""What the page « Vérifier un badge » takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.forms_import import MOST_BYTES, MOST_CHARACTERS
from badges.services.imports.read import Given
from passport.lib.folding import clean

LONGEST_ADDRESS = 2_000


class AskedForm(forms.Form):
    """What a link to the page asks it to verify: the code or the address of a badge. What makes no sense is ignored."""

    badge = forms.CharField(max_length=LONGEST_ADDRESS, required=False)
    adresse = forms.CharField(max_length=LONGEST_ADDRESS, required=False)

    @property
    def text(self) -> str:
        self.full_clean()
        return self.cleaned_data.get("badge") or self.cleaned_data.get("adresse", "")


class VerifyForm(forms.Form):
    """One badge: its file, or its address, code or text; and whose it should be."""

    badge_file = forms.FileField(
        label=gettext_lazy("Badge file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "The picture of the badge (PNG or SVG) as it was received, or a PDF, JSON or JWT file of 5 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.svg,.pdf,.json,.jwt,.jws,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its address, its code or its text"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=gettext_lazy(
            "The address of its page, the code that is printed on it (like 7K3M-9QX2-PLHV), or the JSON or JWT text."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocapitalize": "off"}),
    )
    recipient = forms.EmailField(
        label=gettext_lazy("E-mail address of its holder (optional)"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "To know whether the badge was awarded to this person. The address is not kept."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        file, text = data.get("badge_file"), data.get("text", "")
        if file and text:
            raise forms.ValidationError(
                _("Choose a file or fill in the field below it, not both: one badge is verified at a time.")
            )
        if not file and not text and not self.errors:
            raise forms.ValidationError(
                _("Choose the file of a badge, or give its address, its code or its text.")
            )
        return data

    @property
    def given(self) -> Given:
        """Of a valid form. At most one byte more is read than any badge may have."""
        file, text = self.cleaned_data["badge_file"], self.cleaned_data["text"]
        if file:
            return Given(clean(file.name or "")[:200], file.read(MOST_BYTES + 1))
        return Given(clean(text[:300])[:120], text.encode("utf-8", "replace"), is_text=True)
