from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, URLField
from django.http import Http404, HttpRequest

from badges.models import BadgeClass, Issuer, IssuerMember
from badges.querysets import IssuerQuerySet
from passport.lib.iso3166 import NAMES, country_choices


def is_organiser(request: HttpRequest) -> bool:
    """Asked once a request, though the administration asks it of every model."""
    user, kept = request.user, request.__dict__
    if "is_organiser" not in kept:
        member = user.is_staff and IssuerMember.objects.filter(user=user.pk).exists()
        kept["is_organiser"] = user.is_active and (user.is_superuser or member)
    return kept["is_organiser"]


def issuers_of(request: HttpRequest) -> IssuerQuerySet:
    """The issuers of this site for which one may issue."""
    return Issuer.objects.here().organised_by(request.user)


class Scoped(admin.ModelAdmin):
    """Rights by membership of an issuer, asked again at each request; Django's groups play no part.

    `issuer_lookup` leads from the model to its issuer. An administrator of the site sees all that is issued here; what
    came with imported badges belongs to who holds them.
    """

    issuer_lookup = "issuer"
    # Lookups that an address may carry: any other could ask about columns that are not shown.
    lookups: frozenset[str] = frozenset()
    show_full_result_count = False
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(**{f"{self.issuer_lookup}__in": issuers_of(request)})

    def open(self, request: HttpRequest, object_id: object):
        """The one door of a page of a row: 404 for what is unknown or of another issuer."""
        found = self.get_object(request, str(object_id))
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_organiser(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        if obj is None or request.user.is_superuser:
            return is_organiser(request)
        return is_organiser(request) and self._is_in_scope(request, obj)

    def _is_in_scope(self, request: HttpRequest, obj) -> bool:
        """Asked once a request for each row, though Django's form asks many times."""
        kept = request.__dict__.setdefault("in_scope", {})
        key = (self.opts.label, obj.pk)
        if key not in kept:
            kept[key] = self.get_queryset(request).filter(pk=obj.pk).exists()
        return kept[key]

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_organiser(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value, request: HttpRequest | None = None) -> bool:
        return lookup in self.lookups

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, URLField):
            kwargs.setdefault("assume_scheme", "https")
        if db_field.name == "country":
            kwargs["widget"] = forms.Select(choices=[("", "—"), *country_choices(NAMES)])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Issuer:
            kwargs["queryset"] = issuers_of(request)
        elif db_field.related_model is BadgeClass:
            kwargs["queryset"] = BadgeClass.objects.filter(issuer__in=issuers_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
