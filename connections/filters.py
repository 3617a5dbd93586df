from django import forms
from django.utils.translation import gettext_lazy as _

from passport.lib.search import SearchField, SearchForm


class NameFilters(SearchForm):
    """A list of « Connexions »: its search by name, its pages, and those of what waits beside it."""

    nom = SearchField(_("Name"), _("Search by name"))
    apres = forms.CharField(required=False, widget=forms.HiddenInput)
    suite = forms.CharField(required=False, widget=forms.HiddenInput)

    filtered = ("nom",)
