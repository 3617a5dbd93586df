from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PictureForm(forms.Form):
    """A picture to show, or the button that takes away the one that is there."""

    picture = forms.FileField(
        label=_("Choose a picture"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_(
            "PNG, JPEG or WEBP, 10 MB at most. It is shown in a circle; its place and date are erased."
        ),
    )
    remove = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("remove"):
            cleaned["picture"] = None
        elif not cleaned.get("picture") and not self.errors:
            self.add_error("picture", _("Choose a picture first."))
        return cleaned
