from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

MARKDOWN = "# Titre\n\nUn **texte** avec [un lien](https://example.org).\n\n- un\n- deux\n\n> Une citation."


class SpecimenForm(forms.Form):
    """One field of each kind, for the style guide."""

    name = forms.CharField(label=_("Badge name"), help_text=_("As it is printed on the badge."))
    email = forms.EmailField(label=_("E-mail address"))
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("All")), ("FR", "France")], required=False
    )
    about = forms.CharField(label=_("About"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    order = forms.ChoiceField(
        label=_("Sort:"),
        choices=[("name", _("by name")), ("issuer", _("by issuer name"))],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label=_("I have read and accept this Data protection statement"))


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    invalid = SpecimenForm(
        {"name": "Podcast de science", "email": "claire.martin@", "order": "name"}, auto_id="err_%s"
    )
    context = {
        "form": SpecimenForm(initial={"order": "name"}),
        "invalid": invalid,
        "issued": now(),
        "markdown_specimen": MARKDOWN,
    }
    return render(request, "components/styleguide.html", context)
