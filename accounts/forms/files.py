"""What « Mes fichiers » takes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

ACCEPTED = ".png,.jpg,.jpeg,.webp,.pdf,image/png,image/jpeg,image/webp,application/pdf"
AT_ONCE = 10


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class UploadsField(forms.FileField):
    """Several files, or one. Each is judged when it is kept: one that is refused takes none of the others with it."""

    def __init__(self, *, several: bool = True, accept: str = ACCEPTED, **options: Any):
        widget = SeveralInput if several else forms.FileInput
        self.most = AT_ONCE if several else 1
        super().__init__(widget=widget(attrs={"accept": accept}), allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > self.most:
            raise ValidationError(_("Give ten files at most at once."))
        if not given:
            super().clean(None, initial)
        return [super(UploadsField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    uploads = UploadsField(
        label=_("Files"),
        help_text=_("Pictures (PNG, JPEG, WEBP) or PDF, 10 MB each at most, ten at once."),
        error_messages={"required": _("Choose a file."), "invalid": _("Choose a file.")},
    )


class PlaceForm(forms.Form):
    """Which page of the list; what makes no sense is the first one."""

    suite = forms.CharField(required=False)

    @property
    def cursor(self) -> str:
        self.full_clean()
        return self.cleaned_data.get("suite", "")
