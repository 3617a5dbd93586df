import re
from datetime import datetime, timedelta
from typing import cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.enums import SharedAddress
from badges.lists import Columns

TYPED_ADDRESS = re.compile(r"^address-(\d{1,9})$")
FURTHEST = timedelta(days=366)
NONE = ("", "—")


class ListForm(forms.Form):
    """A pasted list, or a file."""

    text = forms.CharField(
        label=gettext_lazy("Paste the list"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 12}),
        help_text=gettext_lazy("One participant a line: e-mail, name. Or “First Last <e-mail>”."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or give a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv,text/plain"}),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, as exported: at most 10 MB and 20,000 lines."),
    )
    max_bytes = 10 * 1024 * 1024

    def clean(self):
        data = self.cleaned_data
        text, file = data.get("text", ""), data.get("file")
        if bool(text.strip()) == bool(file) and not self.errors:
            raise forms.ValidationError(_("Paste a list, or give a file: one of the two."))
        if file and file.size > self.max_bytes:
            self.add_error(
                "file", _("This file is heavier than 10 MB. Cut it in parts and send each of them.")
            )
        elif file:
            data["raw"], data["source"] = file.read(), file.name
        else:
            data["raw"], data["source"] = text.encode(), _("pasted list")
        return data


class ColumnsForm(forms.Form):
    """Which column holds what; choices are the titles of the list."""

    address = forms.TypedChoiceField(label=gettext_lazy("E-mail"), coerce=int)
    first = forms.TypedChoiceField(
        label=gettext_lazy("First name"), coerce=int, required=False, empty_value=None
    )
    last = forms.TypedChoiceField(
        label=gettext_lazy("Last name, or full name"), coerce=int, required=False, empty_value=None
    )
    issued_on = forms.TypedChoiceField(
        label=gettext_lazy("Awarded on (optional)"), coerce=int, required=False, empty_value=None
    )
    status = forms.TypedChoiceField(
        label=gettext_lazy("Status (optional)"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, data=None, *, reading: dict):
        self.read = reading["columns"]
        names = [*self.read["names"], None, None]
        first, last = (names[0], names[1]) if names[1] is not None else (None, names[0])
        super().__init__(data, initial={**self.read, "first": first, "last": last})
        titles = [(index, title or str(index + 1)) for index, title in enumerate(reading["titles"])]
        for name, field in self.fields.items():
            cast(forms.TypedChoiceField, field).choices = titles if name == "address" else [NONE, *titles]

    def columns(self) -> Columns:
        chosen = self.cleaned_data
        same_status = chosen["status"] is not None and chosen["status"] == self.read["status"]
        return Columns(
            address=chosen["address"],
            names=tuple(index for index in (chosen["first"], chosen["last"]) if index is not None),
            issued_on=chosen["issued_on"],
            status=chosen["status"] if same_status else None,
            kept=tuple(self.read["kept"]) if same_status else (),
        )


class DraftFilters(forms.Form):
    """The address of a page of the draft; what makes no sense there is ignored."""

    etat = forms.CharField(required=False, max_length=20)
    page = forms.IntegerField(required=False, min_value=1)

    def asked(self) -> tuple[str, int]:
        self.full_clean()
        return self.cleaned_data.get("etat", ""), self.cleaned_data.get("page") or 1


class CorrectionsForm(DraftFilters):
    """What was typed beside the lines of one page: addresses by number of line, and which odd ones to keep."""

    act = forms.ChoiceField(
        choices=[("check", ""), ("proposals", ""), ("shared", "")], required=False, initial="check"
    )
    shared = forms.ChoiceField(choices=SharedAddress, required=False)

    def typed(self) -> dict[int, str]:
        found = ((TYPED_ADDRESS.match(key), key) for key in self.data)
        return {int(match[1]): self.data[key] for match, key in found if match}

    def kept(self) -> list[int]:
        return [number for number in self.typed() if f"keep-{number}" in self.data]


class SendForm(forms.Form):
    """The one confirmation."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour (optional)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        error_messages={"invalid": gettext_lazy("Give a day and an hour, as in 05/07/2027 14:30.")},
    )

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, usual: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.usual = usual
        self.fields["starts_at"].help_text = _("Empty: the e-mails leave at once. Hours of %(zone)s.") % {
            "zone": timezone.get_current_timezone_name()
        }

    def clean_subject(self) -> str:
        """What is usual is not kept: it follows the name of the badge."""
        subject = self.cleaned_data["subject"]
        return "" if subject == self.usual else subject

    def clean_starts_at(self) -> datetime | None:
        at = self.cleaned_data["starts_at"]
        if at is None:
            return None
        now = timezone.now()
        if at < now - timedelta(minutes=1):
            raise forms.ValidationError(_("This moment has passed. Choose a later one, or leave it empty."))
        if at > now + FURTHEST:
            raise forms.ValidationError(_("This is more than a year away. Choose a nearer day."))
        return at
