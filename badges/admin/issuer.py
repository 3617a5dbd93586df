from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges import mails
from badges.admin.keys.rotation import change_keys
from badges.admin.keys.shown import keys_of, served_by
from badges.admin.paths import admin_path
from badges.admin.scope import Scoped
from badges.models import Issuer, IssuerMember
from badges.services import organisers, publish
from passport.lib.folding import fold_address


class MemberForm(forms.ModelForm):
    email = forms.EmailField(label=gettext_lazy("E-mail of the organiser"))

    class Meta:
        model = IssuerMember
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].initial = self.instance.user.email
            self.fields["email"].disabled = True

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if self.instance.pk:
            return email
        proved = EmailAddress.objects.filter(email=fold_address(email), verified=True).select_related("user")
        address = proved.first()
        if address is None:
            raise forms.ValidationError(
                _("No account has proved this address. Ask the person to create one, then come back.")
            )
        self.instance.user = address.user
        return email


class MemberInline(admin.StackedInline):
    model = IssuerMember
    form = MemberForm
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "issuer")

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(Issuer)
class IssuerAdmin(Scoped):
    issuer_lookup = "pk"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("name", "slug", "description", "url", "email"),
                    *("country", "town", "linkedin_organization_id"),
                ]
            },
        ),
        (
            gettext_lazy("E-mails to recipients"),
            {
                "description": gettext_lazy(
                    "Everybody who receives a badge of yours gets an invitation, and a reminder if you ask for one."
                ),
                "fields": ["sender_name", "reply_to", "sender_example", "invitation_text"],
            },
        ),
    ]
    list_display = ["name", "town", "country"]
    search_fields = ["folded_name"]
    inlines = [MemberInline]

    def get_urls(self):
        return [admin_path(self, "issuer_keys", "cles/", change_keys), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"keys": keys_of(obj), "served": served_by(obj)} if obj else {}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def get_readonly_fields(self, request, obj=None):
        return ["sender_example"] if request.user.is_superuser else ["name", "slug", "sender_example"]

    @admin.display(description=gettext_lazy("what recipients see"))
    def sender_example(self, issuer: Issuer) -> str:
        """As the issuer is saved: a mailbox shows the name, and answers go to the second address."""
        if not issuer.name:
            return "–"
        answers = issuer.reply_to or issuer.email
        values = {"sender": mails.sender_line(issuer), "answers": answers}
        if not answers:
            return _("From: %(sender)s. Answers reach nobody: give an address above.") % values
        return _("From: %(sender)s. Answers go to %(answers)s.") % values

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": ["name"]} if request.user.is_superuser and obj is None else {}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "slug" in form.base_fields:
            form.base_fields["slug"].required = False
        return form

    def save_model(self, request, obj, form, change):
        obj.slug = obj.slug or publish.free_slug(obj.name, Issuer)
        publish.save_issuer(issuer=obj)

    def save_formset(self, request, form, formset, change):
        for member in formset.save(commit=False):
            organisers.appoint(issuer=form.instance, user=member.user)
        for member in formset.deleted_objects:
            organisers.dismiss(member=member)

    def delete_model(self, request, obj):
        organisers.close(issuer=obj)

    def delete_queryset(self, request, queryset):
        for issuer in queryset:
            organisers.close(issuer=issuer)
