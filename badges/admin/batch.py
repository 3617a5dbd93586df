from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from badges.admin.drafts.pages import draft_page
from badges.admin.drafts.urls import draft_urls
from badges.admin.follow.pages import follow_page
from badges.admin.follow.people import Followed
from badges.admin.follow.urls import batch_urls
from badges.admin.scope import Scoped
from badges.models import Batch


@admin.register(Batch)
class BatchAdmin(Scoped):
    issuer_lookup = "badge_class__issuer"
    list_display = ["created_at", "badge_class", "source", "state", "sender"]
    list_select_related = ["badge_class", "created_by__profile"]
    ordering = ["-created_at", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("raw")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("sent by"))
    def sender(self, batch: Batch) -> str:
        return batch.created_by.name if batch.created_by else "–"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A list to check, or the record of what became of every line."""
        batch = self.open(request, object_id)
        if batch.is_draft:
            return draft_page(self, request, batch)
        return follow_page(self, request, Followed(batch.badge_class, batch))

    def get_urls(self):
        return [*draft_urls(self), *batch_urls(self), *super().get_urls()]
