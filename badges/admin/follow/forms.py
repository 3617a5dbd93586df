from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.admin.follow.people import Followed
from badges.enums import RevocationReason


class PeopleForm(forms.Form):
    """Which people of a list or badge to show, download or revoke."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, followed: Followed, **kwargs):
        super().__init__(*args, **kwargs)
        self.states = [("", _("All")), *followed.states]
        self.fields["state"] = forms.ChoiceField(label=_("State"), required=False, choices=self.states)

    def asked(self) -> tuple[str, str, int]:
        """Text, state, page; what cannot be read finds everybody's first page."""
        found = self.cleaned_data if self.is_valid() else {}
        return found.get("q", ""), found.get("state", ""), found.get("page") or 1


class WithdrawForm(PeopleForm):
    """The same people, withdrawn for one reason; `count` is how many were announced."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=RevocationReason)
    count = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
