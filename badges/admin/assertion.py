from django.contrib import admin, messages
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from badges.admin.forms import RevokeForm, selection
from badges.admin.scope import Scoped
from badges.models import Assertion
from badges.services.revoke import revoke
from passport.lib.folding import fold, fold_address


@admin.register(Assertion)
class AssertionAdmin(Scoped):
    """Who has accepted. Never who sees it, nor by which account: that is the holder's own."""

    issuer_lookup = "badge_class__issuer"
    lookups = frozenset(
        {"state", "state__exact", "badge_class__id__exact", "issued_at__gte", "issued_at__lt"}
    )
    fields = (
        "badge_class",
        "recipient_name",
        "recipient_address",
        "answer",
        "issued_at",
        "accepted_at",
        "declined_at",
        "expires_at",
        "claim_until",
        "revoked_at",
        "revocation_reason",
        "printed_code",
        "uid",
    )
    readonly_fields = fields
    list_display = ["recipient_name", "recipient_address", "badge_class", "answer", "issued_at"]
    list_display_links = ["recipient_address"]
    list_filter = ["state", ("badge_class", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["badge_class"]
    search_fields = ["folded_name", "folded_address"]
    search_help_text = gettext_lazy("Name or address")
    actions = ["revoke_selected"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_revoke_permission(self, request):
        return self.has_module_permission(request)

    def get_search_results(self, request, queryset, search_term):
        if "@" in search_term:
            return queryset.filter(folded_address__contains=fold_address(search_term)), False
        address = Q(folded_address__contains=fold_address(search_term))
        names = (
            queryset.named(search_term).values("pk") if fold(search_term) else queryset.none().values("pk")
        )
        return (queryset.filter(address | Q(pk__in=names)) if search_term else queryset), False

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def answer(self, assertion: Assertion) -> str:
        return _("Revoked") if assertion.is_revoked else assertion.get_state_display()

    @admin.action(description=gettext_lazy("Revoke the selected awards"), permissions=["revoke"])
    def revoke_selected(self, request, queryset):
        form = RevokeForm(request.POST) if "reason" in request.POST else RevokeForm()
        if form.is_bound and form.is_valid():
            # Each in a transaction of its own: a long one would hold holders up, and could meet them crosswise.
            done = [
                revoke(assertion=assertion, reason=form.cleaned_data["reason"])
                for assertion in queryset.filter(revoked_at=None)
            ]
            sentence = ngettext("%(count)s award was revoked.", "%(count)s awards were revoked.", len(done))
            self.message_user(request, sentence % {"count": len(done)}, messages.SUCCESS)
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Revoke awards"),
            "form": form,
            "count": queryset.filter(revoked_at=None).count(),
            "shown": queryset.filter(revoked_at=None).select_related("badge_class")[:20],
            "selection": selection(request),
        }
        return TemplateResponse(request, "admin/badges/assertion/revoke.html", context)
