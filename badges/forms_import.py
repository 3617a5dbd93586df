"""What the pages of imports take."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from badges.formats import containers, pdf
from badges.models import ImportDraft
from badges.services.imports.read import Given, Trouble
from passport.lib.folding import clean

MOST = 20
# Of one file, and of all together.
MOST_BYTES = max(containers.MAX_BYTES, pdf.MAX_BYTES)
MOST_TOGETHER = 50 * 1024 * 1024
MOST_CHARACTERS = 600_000
SCHEMES = ("http://", "https://")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; none is an empty list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(one) for one in data or []]


class ImportForm(forms.Form):
    """Files of badges, or addresses and texts of them."""

    badge_files = FilesField(
        label=gettext_lazy("Badge files"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "The picture of the badge (PNG or SVG) as you received it, or a PDF, JSON or JWT file. At most 20 files, "
            "of 5 MB each."
        ),
        widget=FilesInput(attrs={"accept": ".png,.svg,.pdf,.json,.jwt,.jws,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the address of a badge, or its text"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("The address of its page, for example; several addresses one per line."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        files, texts = data.get("badge_files") or [], _texts(data.get("text", ""))
        if not files and not texts and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the address or the text of a badge."))
        if len(files) + len(texts) > MOST:
            raise forms.ValidationError(
                _("At most %(most)s badges at a time. Give the others afterwards.") % {"most": MOST}
            )
        if sum(file.size or 0 for file in files) > MOST_TOGETHER:
            raise forms.ValidationError(
                _("These files are too heavy together: 50 MB at most. Give fewer at a time.")
            )
        data["given"] = [
            *(Given(clean(file.name or ""), file.read(MOST_BYTES + 1)) for file in files),
            *(Given(text[:80], text.encode(), is_text=True) for text in texts),
        ]
        return data

    def tell(self, troubles: Iterable[Trouble]) -> None:
        """Says beside its field what could not be read."""
        alone = sum(given.is_text for given in self.cleaned_data["given"]) == 1
        for trouble in troubles:
            given = trouble.given
            named = format_html(_("{name}: {sentence}"), name=given.label, sentence=trouble.sentence)
            self.add_error(
                "text" if given.is_text else "badge_files",
                trouble.sentence if given.is_text and alone else named,
            )


class DraftForm(forms.Form):
    """Which of one's drafts a button is of."""

    draft = forms.ModelChoiceField(queryset=ImportDraft.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["draft"].queryset = ImportDraft.objects.filter(user=user)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> ImportDraft | None:
        """None for a draft that is gone, or somebody else's."""
        return self.cleaned_data["draft"] if self.is_valid() else None


def _texts(text: str) -> list[str]:
    """Addresses, one a line; or one text, whatever its lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if all(line.startswith(SCHEMES) for line in lines) else [text]
