"""« Badges de mon profil »: an order, as buttons or a drag say it, and what is shown."""

import re
from collections.abc import Sequence
from uuid import UUID

from django import forms

from badges.models import Assertion

UID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ACTION = re.compile(rf"\A(?:up|down|show|hide):{UID}\Z")


class ArrangeForm(forms.Form):
    """`order`: the uids as they were dragged, if they were. `action`: what a button asks for."""

    order = forms.CharField(required=False, widget=forms.HiddenInput)
    action = forms.RegexField(ACTION, required=False)

    @property
    def asked(self) -> str:
        return self.cleaned_data["action"].partition(":")[0]

    @property
    def target(self) -> str:
        return self.cleaned_data["action"].partition(":")[2]

    def arranged(self, badges: Sequence[Assertion]) -> list[UUID]:
        """The badges in the order that is asked for; those that it does not name come last, as they stood."""
        places = {uid: place for place, uid in enumerate(self.cleaned_data["order"].split(","))}
        order = sorted((str(badge.uid) for badge in badges), key=lambda uid: places.get(uid, len(places)))
        if self.asked in {"up", "down"} and self.target in order:
            _move(order, order.index(self.target), -1 if self.asked == "up" else 1)
        return [UUID(uid) for uid in order]


def _move(order: list[str], place: int, step: int) -> None:
    if 0 <= place + step < len(order):
        order[place], order[place + step] = order[place + step], order[place]
