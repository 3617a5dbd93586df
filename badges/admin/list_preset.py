from typing import cast

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from badges.admin.scope import is_organiser
from badges.models import ListPreset
from badges.services import presets


class PresetForm(forms.ModelForm):
    owner: User | None = None

    class Meta:
        model = ListPreset
        fields: list[str] = []  # named by the admin

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = ListPreset.objects.filter(owner=self.owner, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("There is a preset of this name already."))
        return name


@admin.register(ListPreset)
class ListPresetAdmin(admin.ModelAdmin):
    """Everybody's presets are an administrator's to edit; an organiser reads them, and edits their own."""

    form = PresetForm
    fields = [
        "name", "address", "first_name", "last_name", "full_name", "issued_on", "status", "kept_statuses",
    ]  # fmt: skip
    list_display = ["name", "for_whom", "address", "used_at"]
    list_select_related = ["owner__profile"]
    ordering = ["name", "pk"]
    show_full_result_count = False

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if request.user.is_superuser else found.filter(Q(owner=None) | Q(owner=request.user))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = cast(type[PresetForm], super().get_form(request, obj, change, **kwargs))
        form.owner = obj.owner if obj else self._new_owner(request)
        return form

    def _new_owner(self, request):
        return None if request.user.is_superuser else request.user

    def has_module_permission(self, request):
        return is_organiser(request)

    def has_view_permission(self, request, obj=None):
        return is_organiser(request) and (obj is None or self._is_shown(request, obj))

    def has_add_permission(self, request):
        return is_organiser(request)

    def has_change_permission(self, request, obj=None):
        mine = obj is None or request.user.is_superuser or obj.owner_id == request.user.pk
        return is_organiser(request) and mine

    has_delete_permission = has_change_permission

    def _is_shown(self, request, obj) -> bool:
        return request.user.is_superuser or obj.owner_id in {None, request.user.pk}

    def get_actions(self, request):
        """One by one: a selection may hold everybody's."""
        return {}

    def lookup_allowed(self, lookup, value, request=None):
        return False

    @admin.display(description=_("organiser"))
    def for_whom(self, preset: ListPreset) -> str:
        return preset.owner.name if preset.owner else str(_("everybody"))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.owner = self._new_owner(request)
        presets.save(preset=obj)
