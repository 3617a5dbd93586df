"""The searches of the gallery, as forms: what an address may ask, and how it is written back."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.querysets import ProfileQuerySet
from badges.enums import Visibility
from badges.models import BadgeClass
from badges.querysets import AssertionQuerySet, BadgeClassQuerySet
from badges.services.figures import LEVELS
from pages.querysets import PageQuerySet
from passport.lib.iso3166 import country_choices
from passport.lib.search import Active, SearchField, SearchForm

DEFAULT_SORT = "date"
SORTS = {
    "date": _("by date of change"),
    "nom": _("by name"),
    "emetteur": _("by issuer name"),
    "beneficiaires": _("recipients"),
}


class CountryField(forms.ChoiceField):
    def __init__(self, unknown: Any):
        super().__init__(label=_("Country"), required=False, error_messages={"invalid_choice": unknown})

    def offer(self, codes: Iterable[str]) -> None:
        self.choices = [("", _("All")), *country_choices(code for code in codes if code)]


class Filters(SearchForm):
    """« Galerie / Badges »."""

    pays = CountryField(_("No badge of the gallery comes from this country. Choose one in the list."))
    mots = SearchField(_("Keywords"))
    nom = SearchField(_("Badge name"), _("Search by badge name"))
    beneficiaire = SearchField(_("Recipient"), _("Search by recipient"))
    emetteur = SearchField(_("Issuer"))
    tri = forms.ChoiceField(
        label=_("Sort:"), choices=SORTS, initial=DEFAULT_SORT, required=False, widget=forms.RadioSelect
    )
    apres = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("mots", "nom", "beneficiaire", "emetteur", "pays")
    texts = ("mots", "nom", "beneficiaire", "emetteur")

    def __init__(self, data: QueryDict, *, level: Visibility):
        data = data.copy()
        if data.get("tri") not in SORTS:
            data["tri"] = DEFAULT_SORT
        self.level = level
        super().__init__(data)

    def full_clean(self):
        codes = BadgeClass.objects.published().order_by().values_list("gallery_country", flat=True).distinct()
        cast(CountryField, self.fields["pays"]).offer(codes)
        super().full_clean()

    @property
    def advanced(self) -> bool:
        """Whether the advanced search is in use, and stands open."""
        names = (*self.texts, "tri")
        return any(self.value(name) != self.initial_of(name) or name in self.errors for name in names)

    @property
    def order(self) -> tuple[str, ...]:
        prefix = LEVELS[self.level]
        return {
            "date": (f"-{prefix}_activity_at", "-id"),
            "nom": ("folded_name", "id"),
            "emetteur": ("issuer__folded_name", "folded_name", "id"),
            "beneficiaires": (f"-{prefix}_recipients", "-id"),
        }[self.value("tri")]

    def search(self, without: str = "") -> BadgeClassQuerySet:
        """The published badges that match, a filter left out if its name is given."""
        value = {name: "" if name == without else self.value(name) for name in self.filtered}
        found = BadgeClass.objects.published().select_related("issuer")
        if self.says_nothing(*(name for name in self.texts if value[name])):
            return found.none()
        if value["pays"]:
            found = found.filter(gallery_country=value["pays"])
        return (
            found.matching("folded_text", value["mots"])
            .matching("folded_name", value["nom"])
            .matching("issuer__folded_name", value["emetteur"])
            .with_recipient(value["beneficiaire"], self.level)
        )

    def way_out(self) -> Active | None:
        """Of a search without a result: the filter without which there is one."""
        return next((one for one in self.active if self.search(without=one.name).exists()), None)


class RecipientFilters(SearchForm):
    """« TOUS LES BÉNÉFICIAIRES » and the comments under a badge."""

    q = SearchField(_("Search for a recipient"), _("Search for a name"))
    apres = forms.CharField(required=False, widget=forms.HiddenInput)
    suite = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("q",)

    def search(self, listed: AssertionQuerySet) -> AssertionQuerySet:
        return listed.none() if self.says_nothing("q") else listed.named(self.value("q"))


class ProfileFilters(SearchForm):
    """« Galerie / Profils »."""

    nom = SearchField(_("Name"), _("Search by name"))
    pays = CountryField(_("No visible profile is in this country. Choose one in the list."))
    apres = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("nom", "pays")

    def __init__(self, data: QueryDict, *, listed: ProfileQuerySet):
        self.listed = listed
        super().__init__(data)

    def full_clean(self):
        cast(CountryField, self.fields["pays"]).offer(
            self.listed.order_by().values_list("country", flat=True).distinct()
        )
        super().full_clean()

    def search(self) -> QuerySet:
        if self.says_nothing("nom"):
            return self.listed.none()
        found = self.listed.named(self.value("nom"))
        return found.filter(country=self.value("pays")) if self.value("pays") else found


class PageFilters(SearchForm):
    """« Galerie / Page »."""

    titre = SearchField(_("Title"), _("Search by title"))
    nom = SearchField(_("Name"), _("Search by name"))
    apres = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("titre", "nom")

    def search(self, listed: PageQuerySet) -> PageQuerySet:
        if self.says_nothing(*self.filtered):
            return listed.none()
        return listed.titled(self.value("titre")).by(self.value("nom"))
