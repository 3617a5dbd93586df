"""The blocks of a page that show files of its owner."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.files import UploadsField
from accounts.models import File, User
from accounts.services.files import keep_all
from pages.forms_blocks import BlockForm
from pages.models import MAX_DESCRIPTION
from passport.lib.fields import LineField

MAX_PICTURES = 24
TOO_MANY = _("Choose 24 pictures at most for one block.")
PICTURES = ".png,.jpg,.jpeg,.webp,image/png,image/jpeg,image/webp"


class FilesForm(BlockForm):
    """Takes files from the person's device too: they are kept with the others, in « Mes fichiers »."""

    only_pictures = False

    def receive(self, owner: User) -> list[str]:
        uploads = self.cleaned_data.pop("uploads", [])
        kept, refused = keep_all(owner=owner, uploads=uploads, only_pictures=self.only_pictures)
        if not all([self.place(file) for file in kept]):
            refused.append(str(TOO_MANY))
        return refused

    def place(self, file: File) -> bool:
        """Adds a file to what is said of this block; False where there is no room."""
        raise NotImplementedError

    def content(self) -> dict:
        content = super().content()
        content.pop("uploads", None)
        return content


class FileForm(FilesForm):
    file = forms.ChoiceField(label=_("File"), required=False)
    uploads = UploadsField(label=_("Or add one from this device"), required=False, several=False)
    alternative = LineField(_("What the picture shows, for those who do not see it"), MAX_DESCRIPTION)
    caption = LineField(_("Caption"), MAX_DESCRIPTION)

    def offer(self, holdings):
        names = [(str(file.uid), file.name) for file in holdings.files]
        cast(forms.ChoiceField, self.fields["file"]).choices = [("", _("Choose a file")), *names]

    def chosen(self) -> list[File]:
        return [file for file in self.holdings.files if str(file.uid) == self.block.get("file")]

    @property
    def is_document(self) -> bool:
        """There is no picture to tell of."""
        return any(not file.is_picture for file in self.chosen())

    def place(self, file: File) -> bool:
        self.cleaned_data["file"] = str(file.uid)
        return True


class GalleryForm(FilesForm):
    """Beside each chosen picture a field asks for its words; they are kept by uid."""

    only_pictures = True
    pictures = forms.MultipleChoiceField(
        label=_("Choose the pictures"), required=False, widget=forms.CheckboxSelectMultiple
    )
    uploads = UploadsField(label=_("Add pictures from this device"), required=False, accept=PICTURES)

    def offer(self, holdings):
        names = {str(file.uid): file.name for file in holdings.files if file.is_picture}
        cast(forms.MultipleChoiceField, self.fields["pictures"]).choices = list(names.items())
        self.initial["pictures"] = [uid for uid in self.block.get("pictures", []) if uid in names]
        for uid in self.initial["pictures"]:
            self.fields[f"words-{uid}"] = LineField(
                _("What “%(name)s” shows") % {"name": names[uid]}, MAX_DESCRIPTION
            )
            self.initial[f"words-{uid}"] = self.block.get("words", {}).get(uid, "")

    def chosen(self) -> list[tuple[File, forms.BoundField]]:
        files = {str(file.uid): file for file in self.holdings.files}
        return [(files[uid], self[f"words-{uid}"]) for uid in self.initial["pictures"]]

    def clean_pictures(self) -> list[str]:
        """Those that stood there keep their order; new ones follow."""
        ticked = self.cleaned_data["pictures"]
        if len(ticked) > MAX_PICTURES:
            raise ValidationError(TOO_MANY)
        before = [uid for uid in self.initial["pictures"] if uid in ticked]
        return before + [uid for uid in ticked if uid not in before]

    def place(self, file: File) -> bool:
        pictures, uid = self.cleaned_data["pictures"], str(file.uid)
        if uid not in pictures and len(pictures) < MAX_PICTURES:
            pictures.append(uid)
        return uid in pictures

    def content(self) -> dict:
        content = super().content()
        words = {uid: content.pop(f"words-{uid}", "") for uid in self.initial["pictures"]}
        return {
            **content,
            "words": {uid: said for uid, said in words.items() if said and uid in content["pictures"]},
        }
