from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from notifications.models import Message
from notifications.registry import labels

SHOWN = [
    "key",
    "kind",
    "address",
    "priority",
    "state",
    "delivery",
    "attempts",
    "error",
    "created_at",
    "due_at",
    "sent_at",
]


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """What left, what waits, what failed: read only, and without the context, which may hold a sign-in code."""

    list_display = [
        "created_at",
        "named_kind",
        "address",
        "state",
        "delivery",
        "attempts",
        "due_at",
        "sent_at",
    ]
    list_filter = ["state", "delivery", "kind"]
    search_fields = ["address", "key"]
    fields = (*SHOWN,)
    readonly_fields = SHOWN
    show_full_result_count = False

    def lookup_allowed(self, lookup, value, request=None):
        # Any other column could be asked for by the address, the code of a sign-in letter by letter.
        return lookup.partition("__")[0] in self.list_filter

    @admin.display(description=_("kind"), ordering="kind")
    def named_kind(self, message: Message) -> str:
        return str(labels.get(message.kind, message.kind))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
