from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from badges.formats.report import Verdict
from badges.models import ImportedBadge
from badges.verification import shown
from badges.verification.words.verdicts import WORDS


class VerdictFilter(admin.SimpleListFilter):
    title = _("verdict")
    parameter_name = "verdict"

    def lookups(self, request, model_admin):
        return [(verdict.value, WORDS[verdict].label) for verdict in Verdict]

    def queryset(self, request, queryset):
        return queryset.filter(verdict=self.value()) if self.value() else queryset


@admin.register(ImportedBadge)
class ImportedBadgeAdmin(admin.ModelAdmin):
    """What came from elsewhere, for administrators to see that it is verified again: what it is, never whose it is."""

    list_display = ["badge", "issuer", "proved", "verdict_word", "verified_at", "unreachable_since"]
    list_display_links = None
    list_filter = [VerdictFilter]
    list_select_related = ["assertion__badge_class__issuer"]
    ordering = ["-verified_at", "-pk"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("original", "report", "copies")

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        """The list alone: a badge of somebody is not an administrator's to open."""
        return request.user.is_superuser and obj is None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    has_delete_permission = has_change_permission

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == VerdictFilter.parameter_name

    @admin.display(description=_("badge"))
    def badge(self, imported: ImportedBadge) -> str:
        return imported.assertion.badge_class.name

    @admin.display(description=_("issuer"))
    def issuer(self, imported: ImportedBadge) -> str:
        return imported.assertion.badge_class.issuer.name

    @admin.display(description=_("origin"))
    def proved(self, imported: ImportedBadge) -> str:
        return imported.assertion.badge_class.issuer.get_origin_display()

    @admin.display(description=_("verdict"), ordering="verdict")
    def verdict_word(self, imported: ImportedBadge) -> str:
        return str(shown.word(imported.verdict))
