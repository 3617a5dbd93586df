import re
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from badges.formats.report import Verdict
from badges.models import Assertion, ImportedBadge
from badges.validators import foreign_links
from connections.forms import readable
from connections.models import Recognition
from connections.models.recognition import MAX_MESSAGE, MAX_SKILL, MAX_TEXT
from connections.querysets import profiles_open_to
from passport.lib.folding import clean, fold, fold_address

HANDLE = re.compile(r"(?:.*/u/)?([a-z0-9][a-z0-9-]{1,38}[a-z0-9])/?")


class TextForm(forms.Form):
    """What recommends a badge."""

    text = forms.CharField(
        label=gettext_lazy("Your recommendation"),
        help_text=gettext_lazy("What you have seen this person do, in a few lines. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": MAX_TEXT}),
        error_messages={"required": gettext_lazy("Write a few words before sending.")},
    )

    def clean_text(self) -> str:
        text = readable(self.cleaned_data["text"])
        if not text:
            raise ValidationError(self.fields["text"].error_messages["required"])
        if len(text) > MAX_TEXT:
            raise ValidationError(
                _("Shorten your text: 2,000 characters at most, it has %(count)s.") % {"count": len(text)}
            )
        return text


class RecommendForm(TextForm):
    """By a member, under the name of their profile."""

    def __init__(self, *args, author: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.author = author

    def clean(self):
        cleaned = super().clean()
        if not self.author.name:
            raise ValidationError(_("Enter your name in your profile first: a recommendation is signed."))
        if Recognition.objects.too_many_of(self.author):
            raise ValidationError(_("You have written a lot in the last hour. Try again a little later."))
        return cleaned


class SkillForm(RecommendForm):
    """Of a skill: a free word; the page offers some (`connections/skills_shown.py`)."""

    skill = forms.CharField(
        label=gettext_lazy("Skill"),
        max_length=MAX_SKILL,
        help_text=gettext_lazy("In a word or two: what this person can do."),
        widget=forms.TextInput(attrs={"list": "skills", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Say which skill you recommend."),
            "max_length": gettext_lazy("Shorten the skill: 80 characters at most."),
        },
    )
    field_order = ["skill", "text"]

    def clean_skill(self) -> str:
        skill = clean(self.cleaned_data["skill"])
        folded = fold(skill)
        if not folded:
            raise ValidationError(self.fields["skill"].error_messages["required"])
        if len(folded) > 2 * MAX_SKILL:
            raise ValidationError(self.fields["skill"].error_messages["max_length"])
        return skill


class InvitedForm(TextForm):
    """By somebody without account, who gives a name."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=160,
        help_text=gettext_lazy("It is shown with your text."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Give your name: a recommendation is signed.")},
    )
    field_order = ["name", "text"]

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name


class AskForm(forms.Form):
    """Whom a holder asks, and with which words. `member` or `address` says who it is.

    The message goes to strangers in the name of this site: it leads nowhere else.
    """

    to = forms.CharField(
        label=gettext_lazy("E-mail address, or profile address"),
        max_length=254,
        help_text=gettext_lazy(
            "The address of a person, even without an account here; or the address of a member’s profile."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        error_messages={"required": gettext_lazy("Say whom you ask.")},
    )
    message = forms.CharField(
        label=gettext_lazy("Your message (optional)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MAX_MESSAGE}),
    )

    def __init__(self, *args, holder: User, assertion: Assertion, **kwargs):
        super().__init__(*args, **kwargs)
        self.holder = holder
        self.assertion = assertion
        self.member: User | None = None
        self.address = ""

    def clean_to(self) -> str:
        to = clean(self.cleaned_data["to"])
        if "@" in to:
            self.address = self._address(to)
        else:
            self.member = self._member(to)
        return to

    def _address(self, to: str) -> str:
        try:
            validate_email(to)
        except ValidationError as error:
            raise ValidationError(_("This address is not complete: check it.")) from error
        if EmailAddress.objects.filter(user=self.holder, email=fold_address(to)).exists():
            raise ValidationError(_("This is your own address: ask somebody else."))
        return to

    def _member(self, to: str) -> User:
        found = HANDLE.fullmatch(urlsplit(to.lower()).path)
        profiles = profiles_open_to(self.holder).select_related("user")
        profile = profiles.filter(handle=found[1]).first() if found else None
        if profile is None:
            raise ValidationError(_("No profile that you may open has this address. Give an e-mail address."))
        if profile.user_id == self.holder.pk:
            raise ValidationError(_("This is your own profile: ask somebody else."))
        return profile.user

    def clean_message(self) -> str:
        message = readable(self.cleaned_data["message"])
        if foreign := foreign_links(message, ""):
            raise ValidationError(
                _("A link may lead only to this site: remove “%(link)s”.") % {"link": foreign[0]}
            )
        if len(message) > MAX_MESSAGE:
            raise ValidationError(
                _("Shorten your message: 600 characters at most, it has %(count)s.") % {"count": len(message)}
            )
        return message

    def clean(self):
        cleaned = super().clean()
        if not self.holder.name:
            raise ValidationError(_("Enter your name in your profile first: who is asked must know by whom."))
        self._require_names_without_links()
        if self.address and not self._is_vouched_for():
            raise ValidationError(
                _("This badge from elsewhere is not verified: ask a member, by the address of their profile.")
            )
        return cleaned

    def _require_names_without_links(self) -> None:
        """Every name that the request tells is believed as its message is."""
        badge, issuer = self.assertion.recognises, self.assertion.badge_class.issuer
        for name in (self.holder.name, badge.name, issuer.name):
            if foreign := foreign_links(name, ""):
                raise ValidationError(
                    _("A name in this request leads elsewhere (“%(link)s”): it cannot be sent.")
                    % {"link": foreign[0]}
                )

    def _is_vouched_for(self) -> bool:
        """Whether this site issued the badge, or has found it authentic."""
        if self.assertion.badge_class.issuer.is_here:
            return True
        return ImportedBadge.objects.filter(assertion=self.assertion, verdict=Verdict.AUTHENTIC).exists()


class AnswerForm(forms.Form):
    """What the holder does with a recommendation; `digest` says which words they have read."""

    SHOW, KEEP, REFUSE, DELETE = "show", "keep", "refuse", "delete"

    answer = forms.ChoiceField(choices=[(value, value) for value in (SHOW, KEEP, REFUSE, DELETE)])
    digest = forms.CharField(max_length=16, required=False)


class ListForm(forms.Form):
    """Where each list of a page begins. A cursor that makes no sense is the first page."""

    suite = forms.CharField(required=False)
    demandes = forms.CharField(required=False)
    felicitations = forms.CharField(required=False)
    recues = forms.CharField(required=False)

    def cursor(self, name: str) -> str:
        self.full_clean()
        return self.cleaned_data.get(name, "")
