"""« Mes badges » as a search: what an address may ask, and how it is written back."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from badges.enums import Visibility
from badges.models import Assertion, BadgeTag, Issuer
from badges.querysets import PROFILE_ORDER, AssertionQuerySet
from passport.lib.folding import fold

SORTS = {
    "ordre": _("my order"),
    "date": _("by date"),
    "nom": _("by name"),
    "emetteur": _("by issuer name"),
}
ORDERS = {
    "ordre": PROFILE_ORDER,
    "date": ("-accepted_at", "-id"),
    "nom": ("badge_class__folded_name", "id"),
    "emetteur": ("badge_class__issuer__folded_name", "badge_class__folded_name", "id"),
}
STATES = {
    "expirent": _("With an expiry date"),
    "expires": pgettext_lazy("badges", "Expired"),
    "revoques": pgettext_lazy("badges", "Withdrawn"),
    "archives": pgettext_lazy("badges", "Put away"),
}


@dataclass(frozen=True)
class Active:
    """A filter that is set: how it reads, and the address of the same search without it."""

    label: str
    value: str
    without: str


class MyBadges(forms.Form):
    """What makes no sense in the address is ignored."""

    visibilite = forms.ChoiceField(choices=Visibility, required=False, widget=forms.HiddenInput)
    nom = forms.CharField(label=_("Badge name"), required=False, max_length=100)
    emetteur = forms.ChoiceField(label=_("Issuer"), required=False)
    mot = forms.ChoiceField(label=_("Personal tag"), required=False)
    etat = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *STATES.items()], required=False)
    tri = forms.ChoiceField(label=_("Sort:"), choices=SORTS, required=False, widget=forms.RadioSelect)
    suite = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("nom", "emetteur", "mot", "etat")

    def __init__(self, data: QueryDict, *, user: User):
        values = {name: data.get(name, "") for name in self.base_fields}
        if values["tri"] not in SORTS:
            values["tri"] = "ordre"
        super().__init__(values)
        self.mine = Assertion.objects.held_by(user)
        self._offer("emetteur", _issuers(self.mine))
        self._offer("mot", list(BadgeTag.objects.of(user).words().items()))
        self.full_clean()

    def value(self, name: str) -> str:
        return self.cleaned_data.get(name, "")

    @property
    def visibility(self) -> str:
        return self.value("visibilite")

    @property
    def cursor(self) -> str:
        return self.value("suite")

    @property
    def advanced(self) -> bool:
        """Whether the search is in use, and stands open."""
        return bool(self.active) or self.value("tri") != "ordre"

    @property
    def active(self) -> list[Active]:
        return [
            Active(str(self.fields[name].label), self._shown(name), self.address(**{name: ""}))
            for name in self.filtered
            if self.value(name)
        ]

    def address(self, **changes: str) -> str:
        """This search as an address, from its first page unless `changes` say otherwise."""
        values = {name: self.value(name) for name in self.fields} | {"suite": ""} | changes
        if values["tri"] == "ordre":
            values["tri"] = ""
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else "."

    @property
    def audiences(self) -> dict[str, str]:
        """The address of this search for each visibility, and for `all`."""
        return {"all": self.address(visibilite="")} | {
            level: self.address(visibilite=level) for level in Visibility.values
        }

    @property
    def order(self) -> tuple[str, ...]:
        if self.value("etat") == "expirent" and self.value("tri") == "ordre":
            return ("expires_at", "id")
        return ORDERS[self.value("tri")]

    def found(self) -> AssertionQuerySet:
        """The badges that match, of every visibility. What was put away is found only when it is asked for."""
        found = _in_state(self.mine, self.value("etat"))
        for word in fold(self.value("nom")).split():
            found = found.filter(badge_class__folded_name__contains=word)
        if self.value("emetteur"):
            found = found.filter(badge_class__issuer__slug=self.value("emetteur"))
        if self.value("mot"):
            tagged = BadgeTag.objects.filter(assertion=OuterRef("pk"), folded_name=self.value("mot"))
            found = found.filter(Exists(tagged))
        return found

    def search(self) -> AssertionQuerySet:
        return self.found().shown_as(self.visibility) if self.visibility else self.found()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", _("All")), *choices]

    def _shown(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(cast(Any, field.choices))[self.value(name)])
        return self.value(name)


def _in_state(mine: AssertionQuerySet, state: str) -> AssertionQuerySet:
    now = timezone.now()
    if state == "archives":
        return mine.filter(archived_at__isnull=False)
    kept = mine.kept()
    if state == "expires":
        return kept.filter(expires_at__lte=now)
    if state == "expirent":
        return kept.filter(expires_at__gt=now, revoked_at=None)
    return kept.exclude(revoked_at=None) if state == "revoques" else kept


def _issuers(mine: AssertionQuerySet) -> list[tuple[str, str]]:
    held = Issuer.objects.filter(pk__in=mine.values("badge_class__issuer"))
    return list(held.order_by("folded_name", "pk").values_list("slug", "name"))
