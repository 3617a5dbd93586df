from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges import pictures
from badges.models import BadgeClass
from badges.services.publish import free_slug
from passport.lib.folding import clean
from passport.lib.images import MAX_BYTES, ImageRefused

MOST_TAGS = 20
LONGEST_TAG = 40


class BadgeClassForm(forms.ModelForm):
    picture = forms.FileField(
        label=gettext_lazy("Image"),
        required=False,
        help_text=gettext_lazy("PNG or SVG, square, at least 512 pixels a side if possible, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml"}),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Separated by commas: congress, mediation."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    published = forms.BooleanField(
        label=gettext_lazy("Published"),
        required=False,
        help_text=gettext_lazy("In the gallery, and ready to be awarded."),
    )

    class Meta:
        model = BadgeClass
        fields: list[str] = []  # named by the fieldsets of the admin

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["tags"] = ", ".join(self.instance.tags)
        self.initial["published"] = self.instance.published_at is not None
        self.fields["picture"].required = not self.instance.image
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or free_slug(self.cleaned_data.get("name", ""), BadgeClass)

    def clean_picture(self):
        file = self.cleaned_data["picture"]
        if not file:
            return None
        try:
            # One byte more than allowed is enough to be refused: the rest is not read.
            self.instance.image = pictures.store(file.read(MAX_BYTES + 1))
        except ImageRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean_tags(self) -> list[str]:
        tags = list(
            dict.fromkeys(tag for part in self.cleaned_data["tags"].split(",") if (tag := clean(part)))
        )
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(
                _("At most %(most)s tags of %(long)s characters.") % {"most": MOST_TAGS, "long": LONGEST_TAG}
            )
        return tags

    def clean_published(self) -> bool:
        published = self.cleaned_data["published"]
        if not published and self.instance.pk and self.instance.assertions.exists():
            raise forms.ValidationError(
                _("This badge has been awarded: it stays published. Revoke its awards if need be.")
            )
        return published
