from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from connections.models import Comment
from connections.services import comment as commenting


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
