from allauth.account import admin as _account_admin  # noqa: F401 - registers what is taken out below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.socialaccount import admin as _social_admin  # noqa: F401
from allauth.socialaccount.models import SocialApp, SocialToken
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, LegalDocument, User
from accounts.services import legal

# The administration has no door of its own: the site's sign-in, with its limits and codes, leads there.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Addresses stand beside their person; networks are configured by the environment.
for model in (EmailAddress, SocialApp, SocialToken):
    admin.site.unregister(model)


class ReadOnly:
    """What is proof or comes from elsewhere is looked at here, never written."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class AddressInline(ReadOnly, admin.TabularInline):
    model = EmailAddress
    fields = ["email", "verified", "primary"]


class ConsentInline(ReadOnly, admin.TabularInline):
    model = Consent
    fields = ["document", "sha256", "given_at"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People, for administrators alone. Accounts are opened by their owners, never here."""

    list_display = ["email", "full_name", "is_active", "is_staff", "date_joined", "last_login"]
    list_filter = ["is_active", "is_staff"]
    list_select_related = ["profile"]
    search_fields = ["emailaddress__email", "profile__folded_name"]
    fields = ["email", "uid", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["email", "uid", "date_joined", "last_login"]
    ordering = ["email"]
    inlines = [AddressInline, ConsentInline]
    show_full_result_count = False

    @admin.display(description=_("name"))
    def full_name(self, user: User) -> str:
        return user.name

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(LegalDocument)
class LegalDocumentAdmin(admin.ModelAdmin):
    """Texts of the site. A published text is never edited: a new version follows it."""

    list_display = ["__str__", "kind", "language", "version", "published_at", "new_version"]
    list_filter = ["kind", "language"]
    fields = ["kind", "language", "text"]
    ordering = ["kind", "language", "-version"]

    @admin.display(description=_("new version"))
    def new_version(self, document: LegalDocument) -> str:
        query = urlencode({"kind": document.kind, "language": document.language})
        address = f"{reverse('admin:accounts_legaldocument_add')}?{query}"
        return format_html('<a href="{}">{}</a>', address, _("Write a new version"))

    def get_fields(self, request, obj=None):
        return [*self.fields, "version", "published_at", "sha256", "new_version"] if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def get_changeform_initial_data(self, request) -> dict[str, str | list[str]]:
        initial = super().get_changeform_initial_data(request)
        kind, language = str(initial.get("kind", "")), str(initial.get("language", "fr"))
        current = LegalDocument.objects.current(kind, language)
        return {**initial, "language": language, "text": current.text if current else ""}

    def save_model(self, request, obj: LegalDocument, form, change) -> None:
        published = legal.publish(kind=obj.kind, language=obj.language, text=obj.text)
        obj.pk, obj.version = published.pk, published.version

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
