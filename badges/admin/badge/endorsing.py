"""« Recommander ce badge »: an issuer recommends a badge that the gallery shows, its own or another issuer's."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.admin.paths import admin_path
from badges.admin.scope import is_organiser, issuers_of
from badges.exceptions import NotPossible
from badges.models import BadgeClass, Endorsement, Issuer
from badges.querysets import BadgeClassQuerySet
from badges.services.endorse import endorse

PER_PAGE = 50


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name of the badge"), required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class EndorseForm(forms.Form):
    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Recommended by"), queryset=Issuer.objects.none(), empty_label=None
    )
    comment = forms.CharField(
        label=gettext_lazy("Why you recommend it"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Plain text. Everybody can read it, with the badge."),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["issuer"]).queryset = issuers_of(request)


def endorsing_urls(model_admin) -> list[URLPattern]:
    listed = model_admin.admin_site.admin_view(partial(choose, model_admin))
    return [
        path("recommander/", listed, name="badges_badgeclass_recommend"),
        admin_path(model_admin, "badgeclass_endorse", "recommander/", endorse_page),
    ]


def choose(model_admin, request: HttpRequest) -> HttpResponse:
    found = _endorsable(request)
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = found.matching("folded_name", asked.get("q") or "").order_by("folded_name", "pk")
    context = _context(model_admin, request, _("Recommend a badge")) | {
        "form": form,
        "text": asked.get("q") or "",
        "page": Paginator(found, PER_PAGE).get_page(asked.get("page") or 1),
    }
    return TemplateResponse(request, "admin/badges/badgeclass/recommend.html", context)


def endorse_page(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    badge_class = _endorsable(request).filter(pk=object_id).first()
    if badge_class is None:
        raise Http404
    posted = request.method == "POST"
    form = EndorseForm(request.POST if posted else None, request=request)
    if form.is_valid() and (endorsement := _endorse(badge_class, form)):
        said = _("Recommended the badge “%(name)s”.") % {"name": badge_class.name}
        model_admin.log_change(request, endorsement.issuer, said)
        messages.success(
            request, _("The badge is recommended; those who accept it from now on have it with it.")
        )
        return redirect(_after(model_admin, request, badge_class))
    context = _context(model_admin, request, _("Recommend this badge"))
    context |= {"badge_class": badge_class, "form": form}
    return TemplateResponse(
        request, "admin/badges/badgeclass/endorse.html", context, status=422 if posted else 200
    )


def _endorsable(request: HttpRequest) -> BadgeClassQuerySet:
    """What is published here is for everybody to see; who organises for nobody recommends nothing."""
    if not is_organiser(request):
        raise PermissionDenied
    return BadgeClass.objects.published().here().select_related("issuer")


def _endorse(badge_class: BadgeClass, form: EndorseForm) -> Endorsement | None:
    """None when it was refused, which the form then says."""
    try:
        return endorse(badge_class=badge_class, **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return None


def _after(model_admin, request: HttpRequest, badge_class: BadgeClass) -> str:
    """Its page, for who may open it."""
    if model_admin.has_view_permission(request, badge_class):
        return f"{reverse('admin:badges_badgeclass_change', args=[badge_class.pk])}#endorsements"
    return reverse("admin:badges_badgeclass_recommend")


def _context(model_admin, request: HttpRequest, title: str) -> dict[str, Any]:
    return {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "title": title}
