from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import Pace
from notifications.registry import kinds


class ReadForm(forms.Form):
    """When the list was looked at, which is now for whoever does not say."""

    until = forms.DateTimeField(required=False)

    @property
    def moment(self) -> datetime:
        self.full_clean()
        return self.cleaned_data.get("until") or timezone.now()


class PreferencesForm(forms.Form):
    """How soon each kind comes by mail: one choice for each, all of them wanted."""

    def __init__(self, data: QueryDict | None, *, paces: Mapping[str, str]):
        super().__init__(data, initial=dict(paces))
        for name, kind in kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                help_text=kind.note,
                choices=Pace.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the four."),
                    "invalid_choice": _("Choose one of the four."),
                },
            )
