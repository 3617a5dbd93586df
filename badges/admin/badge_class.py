from django import forms
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from badges.admin.badge.alignments import AlignmentInline
from badges.admin.badge.endorsing import endorsing_urls
from badges.admin.badge.versions import endorsements_of, versions_of
from badges.admin.drafts.upload import upload
from badges.admin.follow.urls import badge_urls
from badges.admin.forms import BadgeClassForm
from badges.admin.paths import admin_path
from badges.admin.scope import Scoped
from badges.models import BadgeClass
from badges.services import publish
from badges.templatetags.badges import badge_picture


@admin.register(BadgeClass)
class BadgeClassAdmin(Scoped):
    form = BadgeClassForm
    # The browser's own calendar: no script, and none of the inline style that the administration's writes.
    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
    }
    fieldsets = [
        (None, {"fields": ["issuer", "name", "slug", "preview", "picture", "image_alt", "description"]}),
        (_("What it recognises"), {"fields": ["criteria", "criteria_url", "tags"]}),
        (_("Event"), {"fields": ["country", "place", "starts_on", "ends_on"]}),
        (_("Publication"), {"fields": ["valid_days", "published"]}),
    ]
    list_display = ["name", "issuer", "is_published", "issue_link", "follow_link"]
    list_select_related = ["issuer"]
    search_fields = ["folded_name"]
    inlines = [AlignmentInline]

    def get_readonly_fields(self, request, obj=None):
        published = obj is not None and obj.published_at is not None
        return ["preview", "issuer", "slug"] if published and not request.user.is_superuser else ["preview"]

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": ["name"]} if obj is None else {}

    def get_urls(self):
        return [
            admin_path(self, "badgeclass_issue", "delivrer/", upload),
            *badge_urls(self),
            *endorsing_urls(self),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        versions = list(versions_of(obj)) if obj else []
        context |= {"versions": versions, "endorsements": endorsements_of(obj) if versions else []}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        publish.save_badge_class(badge_class=obj, published=form.cleaned_data["published"])

    @admin.display(description=_("published"), boolean=True, ordering="published_at")
    def is_published(self, badge_class: BadgeClass) -> bool:
        return badge_class.published_at is not None

    @admin.display(description=_("awarding"))
    def issue_link(self, badge_class: BadgeClass) -> str:
        if badge_class.published_at is None:
            return "–"
        url = reverse("admin:badges_badgeclass_issue", args=[badge_class.pk])
        return format_html('<a href="{}">{}</a>', url, _("Award this badge"))

    @admin.display(description=_("follow-up"))
    def follow_link(self, badge_class: BadgeClass) -> str:
        url = reverse("admin:badges_badgeclass_follow", args=[badge_class.pk])
        return format_html('<a href="{}">{}</a>', url, _("Who has accepted"))

    @admin.display(description=_("preview"))
    def preview(self, badge_class: BadgeClass) -> str:
        if not badge_class.image:
            return "–"
        return format_html(
            '<img src="{}" alt="{}" width="132" height="132">',
            badge_picture(badge_class, 264),
            badge_class.image_alt,
        )
