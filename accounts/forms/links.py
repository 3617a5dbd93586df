"""The links of a profile: as many rows as there are, and an empty one for the next."""

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from accounts.services.profile import Link
from passport.lib.fields import AddressField, LineField
from passport.lib.urls import site_of

MOST = 8
ROW = re.compile(r"\A[0-9]{1,2}\Z")
ACTION = re.compile(r"\A(?:up|down|remove):[0-9]{1,2}\Z")


class LinkForm(forms.Form):
    """One link. A row that says nothing is none."""

    url = AddressField(_("Address"), 400)
    label = LineField(_("Name of the link"), 60, _("If you give none, the name of the site is shown."))

    @property
    def is_empty(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    @property
    def is_new(self) -> bool:
        """The empty row of the next link."""
        return not self.is_bound and not self.initial

    @property
    def title(self) -> str:
        """What the buttons of this row are about."""
        return str(self["label"].value() or self["url"].value() or _("New link"))

    @property
    def link(self) -> Link:
        url = self.cleaned_data["url"]
        return Link(self.cleaned_data["label"] or site_of(url)[:60], url)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("url") and cleaned.get("label") and "url" not in self.errors:
            self.add_error("url", _("Give the address of this link, or empty its name."))
        return cleaned


class LinksForm:
    """All the rows. Their order is that in which they are posted, after `action` (`up:3`, `down:3`, `remove:3`)."""

    def __init__(self, profile: Profile, data: QueryDict | None = None):
        self.error = ""
        if data is None:
            links = profile.links.all()
            self.rows = [LinkForm(prefix=str(n), initial=vars(link)) for n, link in enumerate(links)]
        else:
            names = [name for name in dict.fromkeys(data.getlist("row")) if ROW.match(name)]
            rows = [LinkForm(data, prefix=name) for name in names]
            self.rows = _after([row for row in rows if not row.is_empty], data.get("action", ""))
        if len(self.rows) < MOST:
            self.rows.append(LinkForm(prefix=_free({row.prefix for row in self.rows})))

    @property
    def count(self) -> int:
        return sum(not row.is_new for row in self.rows)

    @property
    def filled(self) -> list[LinkForm]:
        return [row for row in self.rows if row.is_bound]

    def is_valid(self) -> bool:
        if len(self.filled) > MOST:
            self.error = gettext("A profile has 8 links at most. Remove some.")
        return all([row.is_valid() for row in self.filled]) and not self.error

    @property
    def links(self) -> list[Link]:
        return [row.link for row in self.filled]


def _free(names: set) -> str:
    return next(name for name in map(str, range(len(names) + 1)) if name not in names)


def _after(rows: list[LinkForm], action: str) -> list[LinkForm]:
    if not ACTION.match(action):
        return rows
    name, _colon, target = action.partition(":")
    place = next((n for n, row in enumerate(rows) if row.prefix == target), None)
    if place is None:
        return rows
    if name == "remove":
        return rows[:place] + rows[place + 1 :]
    other = place + (-1 if name == "up" else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows
