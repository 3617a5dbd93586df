"""« Mes badges » as a search: what an address may ask, and how it is written back."""

from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from badges.enums import Visibility
from badges.models import Assertion, BadgeTag, Issuer
from badges.querysets import PROFILE_ORDER, AssertionQuerySet
from passport.lib.folding import fold
from passport.lib.search import SearchField, SearchForm

DEFAULT_SORT = "ordre"
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


class MyBadges(SearchForm):
    """What makes no sense in the address is ignored."""

    visibilite = forms.ChoiceField(choices=Visibility, required=False, widget=forms.HiddenInput)
    nom = SearchField(_("Badge name"))
    emetteur = forms.ChoiceField(label=_("Issuer"), required=False)
    mot = forms.ChoiceField(label=_("Personal tag"), required=False)
    etat = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *STATES.items()], required=False)
    tri = forms.ChoiceField(
        label=_("Sort:"), choices=SORTS, required=False, initial=DEFAULT_SORT, widget=forms.RadioSelect
    )
    apres = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("nom", "emetteur", "mot", "etat")

    def __init__(self, data: QueryDict, *, user: User):
        self.user, self.mine = user, Assertion.objects.held_by(user)
        data = data.copy()
        if data.get("tri") not in SORTS:
            data["tri"] = DEFAULT_SORT
        super().__init__(data)

    def full_clean(self):
        self._offer("emetteur", _issuers(self.mine))
        self._offer("mot", list(BadgeTag.objects.of(self.user).words().items()))
        super().full_clean()

    @property
    def visibility(self) -> str:
        return self.value("visibilite")

    @property
    def advanced(self) -> bool:
        """Whether the search is in use, and stands open."""
        return bool(self.active) or self.value("tri") != DEFAULT_SORT

    @property
    def audiences(self) -> dict[str, str]:
        """The address of this search for each visibility, and for `all`."""
        return {"all": self.address(visibilite="")} | {
            level: self.address(visibilite=level) for level in Visibility.values
        }

    @property
    def order(self) -> tuple[str, ...]:
        if self.value("etat") == "expirent" and self.value("tri") == DEFAULT_SORT:
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
