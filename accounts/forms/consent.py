from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import LegalDocument
from accounts.services.consent import statement_in_force


class ConsentFields(forms.Form):
    """« J'ai lu et j'accepte… »: the text that was shown is the one that is accepted. Nothing when none is in force."""

    document = forms.IntegerField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("I have read and accept this Data protection statement"),
        error_messages={
            "required": gettext_lazy("Tick this box to continue: without it, nothing is created.")
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.statement = statement_in_force()
        if self.statement:
            self.initial["document"] = self.statement.pk
        else:
            del self.fields["document"], self.fields["consent"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.statement and self.cleaned_data.get("document") != self.statement.pk:
            self._ask_again(self.statement)
        return cleaned

    def _ask_again(self, statement: LegalDocument) -> None:
        """What comes back is the new text, with its box unticked; the rest of what was typed is kept."""
        changed = _("The statement has changed since you opened this page. Read it again.")
        self.errors.pop("consent", None)
        self.add_error("consent", changed)
        kept = {name: value for name, value in self.data.items() if name != "consent"}
        self.data = {**kept, "document": str(statement.pk)}


class ConsentForm(ConsentFields):
    """The statement alone."""
