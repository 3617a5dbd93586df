from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.admin.award import actions, evidence
from badges.admin.award.page import award_page
from badges.admin.award.verdicts import verify
from badges.admin.paths import admin_path
from badges.admin.scope import Scoped
from badges.enums import AssertionState
from badges.models import Assertion
from passport.lib.folding import fold, fold_address


class AnswerFilter(admin.SimpleListFilter):
    """The answer of the person, or what ended the award since."""

    title = gettext_lazy("state")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [
            *AssertionState.choices,
            ("revoked", _("Revoked")),
            ("expired", _("Expired")),
        ]

    def queryset(self, request, queryset: QuerySet[Assertion]) -> QuerySet[Assertion]:
        match self.value():
            case "revoked":
                return queryset.filter(revoked_at__isnull=False)
            case "expired":
                return queryset.filter(revoked_at=None, expires_at__lte=timezone.now())
            case None:
                return queryset
        return queryset.filter(revoked_at=None, state=self.value())


@admin.register(Assertion)
class AssertionAdmin(Scoped):
    """Who has accepted. Never who sees it, nor by which account: that is the holder's own."""

    issuer_lookup = "badge_class__issuer"
    lookups = frozenset(
        {"answer", "state", "state__exact", "badge_class__id__exact", "issued_at__gte", "issued_at__lt"}
    )
    list_display = ["recipient_name", "recipient_address", "badge_class", "answer", "issued_at", "expires_at"]
    list_display_links = ["recipient_address"]
    list_filter = [AnswerFilter, ("badge_class", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["folded_name", "folded_address"]
    search_help_text = gettext_lazy("Name or address")
    actions = ["remind_selected", "expire_selected", "reissue_selected", "revoke_selected"]

    def get_urls(self):
        return [
            admin_path(self, "assertion_evidence", "preuves/", evidence.edit),
            admin_path(self, "assertion_verify", "verifier/", verify),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("badge_class")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_follow_permission(self, request):
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
        if assertion.is_revoked:
            return _("Revoked")
        state = assertion.get_state_display()
        return _("%(state)s, expired") % {"state": state} if assertion.is_expired else state

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A record with what can be done to it, not a form of columns."""
        assertion = self.open(request, object_id)
        return award_page(self, request, assertion)

    @admin.action(description=gettext_lazy("Remind the selected people"), permissions=["follow"])
    def remind_selected(self, request, queryset):
        return actions.remind_selected(self, request, queryset)

    @admin.action(
        description=gettext_lazy("Change the date of expiry of the selected awards"), permissions=["follow"]
    )
    def expire_selected(self, request, queryset):
        return actions.expire_selected(self, request, queryset)

    @admin.action(description=gettext_lazy("Award the selected badges again"), permissions=["follow"])
    def reissue_selected(self, request, queryset):
        return actions.reissue_selected(self, request, queryset)

    @admin.action(description=gettext_lazy("Revoke the selected awards"), permissions=["follow"])
    def revoke_selected(self, request, queryset):
        return actions.revoke_selected(self, request, queryset)
