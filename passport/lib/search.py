"""Searches by GET, as forms: what an address may ask, and how it is written back."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from passport.lib.folding import fold

MAX_TEXT = 100


class SearchField(forms.CharField):
    """Words typed by a visitor. « % » and the like are no words: they find nothing."""

    def __init__(self, label: Any, placeholder: Any = ""):
        attrs = {"placeholder": placeholder} if placeholder else {}
        super().__init__(
            label=label, required=False, widget=forms.TextInput(attrs={"type": "search", **attrs})
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if len(text) > MAX_TEXT:
            raise forms.ValidationError(_("Write at most 100 characters."))
        return text


@dataclass(frozen=True)
class Active:
    """A filter that is set: how it reads, and the address of the same search without it."""

    name: str
    label: str
    value: str
    without: str


class SearchForm(forms.Form):
    """A search by GET. A field that makes no sense says so, and the others still hold."""

    filtered: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.full_clean()

    def value(self, name: str) -> str:
        return self.cleaned_data.get(name, "")

    @property
    def active(self) -> list[Active]:
        names = [name for name in self.filtered if self.value(name)]
        return [
            Active(name, str(self.fields[name].label), self._shown(name), self.address(**{name: ""}))
            for name in names
        ]

    def query(self, **changes: str) -> str:
        """This search as the end of an address, from its first page unless `changes` say otherwise."""
        values = {name: self.value(name) for name in self.fields} | {"apres": ""} | changes
        kept = {name: value for name, value in values.items() if value and self.initial_of(name) != value}
        return f"?{urlencode(kept)}" if kept else ""

    def address(self, **changes: str) -> str:
        """The same as a link of the page that has the search."""
        return self.query(**changes) or "."

    def initial_of(self, name: str) -> str:
        return self.fields[name].initial or ""

    def says_nothing(self, *names: str) -> bool:
        """Whether one of these texts holds no letter and no digit: nothing can match it."""
        return any(self.value(name) and not fold(self.value(name)) for name in names)

    def _shown(self, name: str) -> str:
        field = self.fields[name]
        return (
            str(dict(cast(Any, field.choices))[self.value(name)])
            if isinstance(field, forms.ChoiceField)
            else self.value(name)
        )


class PageForm(SearchForm):
    """A list that is only paged."""

    apres = forms.CharField(required=False, widget=forms.HiddenInput)
