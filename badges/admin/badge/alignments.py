from django.contrib import admin
from django.db.models import URLField

from badges.admin.scope import is_organiser
from badges.models import Alignment


class AlignmentInline(admin.StackedInline):
    """Who may edit the badge edits these: the page of the badge has asked before."""

    model = Alignment
    fields = ["name", "url", "framework", "code", "description"]
    extra = 1
    max_num = 20

    def has_view_permission(self, request, obj=None):
        return is_organiser(request)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request, obj=None):
        return is_organiser(request)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, URLField):
            kwargs.setdefault("assume_scheme", "https")
        return super().formfield_for_dbfield(db_field, request, **kwargs)
