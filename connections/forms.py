import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connections.enums import ReportReason
from connections.models import Comment, PersonFollow, Report

MAX_COMMENT, MAX_REPORT = 1_000, 2_000
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BLANK_LINES = re.compile(r"\n\s*\n\s*")


def readable(text: str) -> str:
    """With one kind of line break and without marks that turn the direction of what follows."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return BLANK_LINES.sub("\n\n", DIRECTIONS.sub("", text)).strip()


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
        text = readable(self.cleaned_data["text"])
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


class FollowForm(forms.Form):
    """To follow a person one says who one is, and does not follow everybody at once."""

    def __init__(self, *args, follower, **kwargs):
        super().__init__(*args, **kwargs)
        self.follower = follower

    def clean(self):
        cleaned = super().clean()
        if not self.follower.name:
            raise ValidationError(
                _("Enter your name in your profile first: the person is told who follows them.")
            )
        if PersonFollow.objects.too_many_of(self.follower):
            raise ValidationError(
                _("You have followed a lot of people in the last hour. Try again a little later.")
            )
        return cleaned


class ReportForm(forms.Form):
    """« Signaler »."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you report it?"),
        choices=ReportReason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What is wrong (optional)"),
        required=False,
        max_length=MAX_REPORT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Write at most 2,000 characters.")},
    )
    block = forms.BooleanField(
        label=gettext_lazy("Block this person too"),
        required=False,
        help_text=gettext_lazy("You follow each other no longer, and do not read each other’s comments."),
    )

    def __init__(self, *args, reporter, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.reporter = reporter
        if person is None:
            del self.fields["block"]

    def clean_text(self) -> str:
        return DIRECTIONS.sub("", self.cleaned_data["text"])

    def clean(self):
        cleaned = super().clean()
        if Report.objects.too_many_of(self.reporter):
            raise ValidationError(_("You have reported a lot in the last hour. Try again a little later."))
        return cleaned
