from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.models import HolderEvidence


class HolderEvidenceForm(forms.ModelForm):
    """What a holder adds to a badge: words, an address or a file."""

    url = forms.URLField(
        label=gettext_lazy("Address of the work"), required=False, max_length=200, assume_scheme="https"
    )
    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A picture (PNG, JPEG, WEBP) or a PDF, 10 MB at most."),
    )

    class Meta:
        model = HolderEvidence
        fields = ("name", "narrative", "url", "upload", "is_shown")
        labels = {
            "name": gettext_lazy("Title"),
            "narrative": gettext_lazy("What I did"),
            "is_shown": gettext_lazy("Show it to those who see the badge"),
        }
        widgets = {"narrative": forms.Textarea(attrs={"rows": 5})}

    field_order = ("name", "narrative", "url", "upload", "is_shown")

    def clean(self):
        cleaned = super().clean() or {}
        given = any(cleaned.get(name) for name in ("narrative", "url", "upload")) or self.instance.file_id
        if not given and not self.errors:
            raise ValidationError(_("Say what you did, give an address, or choose a file."))
        return cleaned

    def validate_constraints(self):
        """The file comes with the service: until then the row would say nothing."""
