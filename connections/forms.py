import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connections.models import Comment

MAX_COMMENT = 1_000
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BLANK_LINES = re.compile(r"\n\s*\n\s*")


class CommentForm(forms.Form):
    """A comment under a badge, signed by its author's name."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": MAX_COMMENT}),
        error_messages={"required": gettext_lazy("Write something before publishing.")},
    )

    def __init__(self, *args, author, **kwargs):
        super().__init__(*args, **kwargs)
        self.author = author

    def clean_text(self) -> str:
        """The text with one kind of line break and without marks that turn the direction of what follows."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        text = BLANK_LINES.sub("\n\n", DIRECTIONS.sub("", text)).strip()
        if not text:
            raise ValidationError(self.fields["text"].error_messages["required"])
        if len(text) > MAX_COMMENT:
            raise ValidationError(
                _("Shorten your comment: 1,000 characters at most, it has %(count)s.") % {"count": len(text)}
            )
        return text

    def clean(self):
        cleaned = super().clean()
        if not self.author.name:
            raise ValidationError(_("Enter your name in your profile first: a comment is signed."))
        if Comment.objects.too_many_of(self.author):
            raise ValidationError(_("You have written a lot in the last hour. Try again a little later."))
        return cleaned


class PageForm(forms.Form):
    """The address of a page of « Connexions ». What makes no sense there is the first page."""

    apres = forms.CharField(required=False)

    @property
    def cursor(self) -> str:
        self.full_clean()
        return self.cleaned_data.get("apres", "")
