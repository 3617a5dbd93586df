"""The words that a holder types for their own use."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passport.lib.folding import clean, fold

MOST_TAGS = 20
LONGEST_TAG = 40
LONGEST_NOTE = 2_000


class TagsField(forms.CharField):
    """Tags with a comma between them; its value is a list without doubles."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "off"}
        super().__init__(required=False, max_length=1_000, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value) -> list[str]:
        words = [clean(word) for word in super().clean(value).split(",")]
        tags = list({fold(word): word for word in words if fold(word)}.values())
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("Keep at most %(most)s tags.") % {"most": MOST_TAGS})
        if too_long := [tag for tag in tags if len(tag) > LONGEST_TAG]:
            raise ValidationError(
                _("Shorten “%(tag)s”: a tag has at most %(most)s characters.")
                % {"tag": too_long[0], "most": LONGEST_TAG}
            )
        return tags

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value


class OwnWordsForm(forms.Form):
    """« Réglages »: tags and a note, for the holder alone."""

    tags = TagsField(
        label=gettext_lazy("Personal tags"),
        help_text=gettext_lazy("Separate them with commas. They sort your badges; nobody else reads them."),
    )
    note = forms.CharField(
        label=gettext_lazy("Private note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For yourself alone: it leaves this site only in your own export."),
    )

    def clean_note(self) -> str:
        return self.cleaned_data["note"].replace("\r\n", "\n").strip()
