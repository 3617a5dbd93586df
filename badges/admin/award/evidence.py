"""What shows that an award is deserved: one page to add, edit and remove it."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from badges.exceptions import NotPossible
from badges.models import Assertion, Evidence
from badges.services import evidence

MOST = 20


class EvidenceForm(forms.ModelForm):
    url = forms.URLField(
        label=gettext_lazy("Address"),
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text=gettext_lazy("Of the work itself, where it can be seen."),
    )

    class Meta:
        model = Evidence
        fields = ["name", "narrative", "url"]
        widgets = {"narrative": forms.Textarea(attrs={"rows": 4})}


EvidenceForms = forms.inlineformset_factory(
    Assertion, Evidence, form=EvidenceForm, extra=1, can_delete_extra=False, max_num=MOST, validate_max=True
)


def edit(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    assertion = model_admin.open(request, object_id)
    page = f"{reverse('admin:badges_assertion_change', args=[assertion.pk])}#evidence"
    posted = request.method == "POST"
    formset = EvidenceForms(request.POST if posted else None, instance=assertion, prefix="evidence")
    refusal = ""
    if posted and formset.is_valid():
        refusal = _save(formset, cast(User, request.user))
        if not refusal:
            messages.success(request, _("The evidence is saved."))
            return redirect(page)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Evidence"),
        "assertion": assertion,
        "badge_class": assertion.badge_class,
        "formset": formset,
        "refusal": refusal,
        "page_url": page,
    }
    return TemplateResponse(
        request, "admin/badges/award/evidence.html", context, status=422 if posted else 200
    )


def _save(formset: "forms.BaseInlineFormSet[Evidence, Assertion, EvidenceForm]", by: User) -> str:
    """Why it was refused; empty when it was not."""
    kept = formset.save(commit=False)
    try:
        evidence.save(assertion=formset.instance, kept=kept, removed=formset.deleted_objects, by=by)
    except NotPossible as refusal:
        return str(refusal)
    return ""
