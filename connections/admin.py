from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from connections.enums import Reported
from connections.models import Comment, Recognition, Report
from connections.registry import reportables
from connections.services import comment as commenting
from connections.services import recognise
from connections.services import report as reporting


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Moderation, for the administrators of the site: a hidden comment is read by nobody, and can come back."""

    fields = readonly_fields = ("badge_class", "author", "text", "created_at", "hidden_at")
    list_display = ["created_at", "badge_class", "author", "text", "hidden_at"]
    list_select_related = ["badge_class", "author"]
    list_filter = [("hidden_at", admin.EmptyFieldListFilter)]
    search_fields = ["text"]
    actions = ["hide", "show"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    @admin.action(description=_("Hide the selected comments"), permissions=["change"])
    def hide(self, request, queryset):
        commenting.hide(comments=queryset)

    @admin.action(description=_("Show the selected comments again"), permissions=["change"])
    def show(self, request, queryset):
        commenting.show(comments=queryset)


class SettledFilter(admin.SimpleListFilter):
    """What waits is shown first; what is settled is a click away."""

    title = _("state")
    parameter_name = "etat"

    def lookups(self, request, model_admin):
        return [("regles", _("Settled")), ("tous", _("All"))]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("To settle"),
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() == "tous":
            return queryset
        return queryset.settled() if self.value() == "regles" else queryset.unsettled()


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """What members have told, for the administrators of the site to look at and to settle."""

    fields = readonly_fields = (
        "what", "label", "where", "reason", "text", "reporter", "created_at", "others", "settled_at", "settled_by",
    )  # fmt: skip
    list_display = ["created_at", "what", "label", "reason", "reporter", "settled_at"]
    list_select_related = ["reporter"]
    list_filter = [SettledFilter, "what", "reason"]
    search_fields = ["label", "text"]
    ordering = ["-created_at", "-pk"]
    actions = ["settle", "hide_comments"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("where it is"))
    def where(self, report):
        reportable = reportables.get(Reported(report.what))
        address = reportable.address(report.subject) if reportable else ""
        return format_html('<a href="{}">{}</a>', address, address) if address else _("It is gone.")

    @admin.display(description=_("reports to settle about the same"))
    def others(self, report):
        return Report.objects.unsettled().about(report).count()

    @admin.action(description=_("Settle the selected reports"), permissions=["change"])
    def settle(self, request, queryset):
        self._tell(request, reporting.settle(reports=queryset, by=request.user))

    @admin.action(description=_("Hide the reported comments, and settle"), permissions=["change"])
    def hide_comments(self, request, queryset):
        self._tell(request, reporting.hide_comments(reports=queryset, by=request.user))

    def _tell(self, request, number: int) -> None:
        text = ngettext("%(count)s report is settled.", "%(count)s reports are settled.", number)
        messages.success(request, text % {"count": number})


@admin.register(Recognition)
class RecognitionAdmin(admin.ModelAdmin):
    """Moderation of what its holder shows: what waits, is refused or is kept is between two people."""

    fields = readonly_fields = (
        *("assertion", "holder", "skill", "author", "author_name", "text"),
        *("state", "shown", "written_at", "answered_at", "hidden_at"),
    )
    list_display = ["written_at", "assertion", "skill", "author_name", "text", "hidden_at"]
    list_select_related = ["assertion__badge_class"]
    list_filter = [("hidden_at", admin.EmptyFieldListFilter)]
    search_fields = ["text", "author_name"]
    actions = ["hide", "show"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(shown=True)

    def has_add_permission(self, request):
        return False

    @admin.action(description=_("Hide the selected recommendations"), permissions=["change"])
    def hide(self, request, queryset):
        recognise.hide(recognitions=queryset)

    @admin.action(description=_("Show the selected recommendations again"), permissions=["change"])
    def show(self, request, queryset):
        recognise.show(recognitions=queryset)
