"""« Changer de clés ». For administrators of the site alone: keys lie in its database and under its secret, so it is
they who know of a theft; and with a theft, what everybody has downloaded is lost: no organiser decides that for all."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from badges.models import Issuer, SignedDocuments
from badges.services.rotate import rotate

# Some 5 ms each on one core: more would keep a browser waiting.
MOST = 2_000


class RotationForm(forms.Form):
    stolen = forms.BooleanField(
        label=gettext_lazy("The present keys were stolen"),
        required=False,
        help_text=gettext_lazy(
            "They then prove nothing any more: every award is signed anew, and the files that people have downloaded"
            " are no longer authentic. They must download their badges again."
        ),
    )
    sure = forms.BooleanField(label=gettext_lazy("I want other keys for this issuer"))


def change_keys(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    issuer = model_admin.open(request, object_id)
    if not request.user.is_superuser:
        raise PermissionDenied
    count = SignedDocuments.objects.filter(assertion__badge_class__issuer=issuer).count()
    posted = request.method == "POST"
    form = RotationForm(request.POST if posted else None)
    if form.is_valid() and count <= MOST:
        _rotate(model_admin, request, issuer, stolen=form.cleaned_data["stolen"])
        return redirect(f"{reverse('admin:badges_issuer_change', args=[issuer.pk])}#keys")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Change the keys"),
        "issuer": issuer,
        "form": form,
        "count": count,
        "too_many": count > MOST,
        "command": f"manage.py rotate_keys {issuer.slug}",
    }
    return TemplateResponse(
        request, "admin/badges/issuer/rotation.html", context, status=422 if posted else 200
    )


def _rotate(model_admin, request: HttpRequest, issuer: Issuer, *, stolen: bool) -> None:
    """Noted first: cut off, the history of the issuer still says who began."""
    said = _("Changed the keys: they were stolen.") if stolen else _("Changed the keys.")
    model_admin.log_change(request, issuer, said)
    count = rotate(issuer=issuer, revoke=stolen)
    done = ngettext(
        "%(name)s has other keys; %(count)s award was signed again.",
        "%(name)s has other keys; %(count)s awards were signed again.",
        count,
    )
    messages.success(request, done % {"name": issuer.name, "count": count})
