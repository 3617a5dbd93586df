from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop

# Django's own sentences, said in our words: standing here keeps them in our catalogue.
SENTENCES = (gettext_noop("This field is required."), gettext_noop("Enter a valid email address."))

WIDGET_CLASSES = (
    (forms.CheckboxInput, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.FileInput, "input input--file"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.Widget, "input"),
)


class BoundField(forms.BoundField):
    """A field that wears the site's classes wherever it is printed."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        names = [attrs.get("class"), widget.attrs.get("class"), _class_of(widget)]
        if joined := " ".join(str(name) for name in names if name):
            attrs["class"] = joined
        return attrs


class Renderer(TemplatesSetting):
    """Prints a field as `.field > label + .input + .field__help, .field__error`."""

    bound_field_class = BoundField
    field_template_name = "django/forms/field.html"


def _class_of(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return ""
    return next(name for kind, name in WIDGET_CLASSES if isinstance(widget, kind))
