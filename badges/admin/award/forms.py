"""What an organiser can do to one award: a form each, shown where it is allowed."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.admin import helpers
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from badges.enums import AssertionState, RevocationReason
from badges.exceptions import NotPossible
from badges.lists.read import MAX_NAME, MAX_VALUE
from badges.models import Assertion
from badges.services.expire import expire
from badges.services.readdress import readdress
from badges.services.reissue import reissue
from badges.services.rename import rename
from badges.services.resend import resend
from badges.services.revoke import revoke

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REASONS = [("", _("Choose a reason")), *RevocationReason.choices]


class LastDay(forms.DateField):
    """The last day of a badge, as the moment at which that day ends; None when it has no end."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> datetime | None:
        day: date | None = super().clean(value)
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


class Act(forms.Form):
    """`key` names it in the page, `refused_at` is the field beside which a refusal stands."""

    key: ClassVar[str]
    title: ClassVar["StrPromise"]
    said: ClassVar["StrPromise"]
    button: ClassVar["StrPromise"]
    done: ClassVar["StrPromise"]
    refused_at: ClassVar[str | None] = None

    def __init__(self, data: Any = None, *, assertion: Assertion) -> None:
        super().__init__(data, prefix=self.key, initial=self.start(assertion))
        self.assertion = assertion

    @staticmethod
    def start(assertion: Assertion) -> dict[str, Any]:
        return {}

    @staticmethod
    def allowed(assertion: Assertion) -> bool:
        raise NotImplementedError

    def carry_out(self, by: User) -> Assertion | None:
        """The award to look at afterwards; None when it was refused, which the form then says."""
        try:
            return self.act(by)
        except NotPossible as refusal:
            self.add_error(self.refused_at, str(refusal))
            return None

    def act(self, by: User) -> Assertion:
        raise NotImplementedError


def is_living(assertion: Assertion) -> bool:
    return not assertion.is_revoked


def is_waiting(assertion: Assertion) -> bool:
    return is_living(assertion) and assertion.state == AssertionState.PENDING


def may_be_reissued(assertion: Assertion) -> bool:
    ended = assertion.state == AssertionState.ACCEPTED and assertion.is_expired
    return assertion.is_revoked or assertion.state == AssertionState.DECLINED or ended


class Resend(Act):
    key = "resend"
    title = _("Send the e-mail again")
    said = _("The same link, in a new e-mail to the same address. At most three times an hour.")
    button = _("Send again")
    done = _("The e-mail is queued again.")
    allowed = staticmethod(is_waiting)

    def act(self, by: User) -> Assertion:
        return resend(assertion=self.assertion, by=by)


class Readdress(Act):
    key = "readdress"
    title = _("Correct the address")
    said = _("The old link no longer works; the right address receives a new one.")
    button = _("Correct and send")
    done = _("The address is corrected; the e-mail is queued.")
    refused_at = "address"
    allowed = staticmethod(is_waiting)

    address = forms.CharField(
        label=_("E-mail address"),
        max_length=MAX_VALUE,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    @staticmethod
    def start(assertion: Assertion) -> dict[str, Any]:
        return {"address": assertion.recipient_address}

    def act(self, by: User) -> Assertion:
        return readdress(assertion=self.assertion, address=self.cleaned_data["address"], by=by)


class Rename(Act):
    key = "rename"
    title = _("Correct the name")
    said = _("Who has accepted the badge is told of it.")
    button = _("Correct the name")
    done = _("The name is corrected.")
    refused_at = "name"
    allowed = staticmethod(is_living)

    name = forms.CharField(
        label=_("Name on the badge"),
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @staticmethod
    def start(assertion: Assertion) -> dict[str, Any]:
        return {"name": assertion.recipient_name}

    def act(self, by: User) -> Assertion:
        return rename(assertion=self.assertion, name=self.cleaned_data["name"], by=by)


class Expire(Act):
    key = "expire"
    title = _("Change the date of expiry")
    said = _(
        "Who has accepted the badge is told of it. With a past day the badge has expired; empty, it does not expire."
    )
    button = _("Change the date")
    done = _("The date of expiry is changed.")
    refused_at = "last_day"
    allowed = staticmethod(is_living)

    last_day = LastDay(label=_("Last day"), required=False)

    @staticmethod
    def start(assertion: Assertion) -> dict[str, Any]:
        end = assertion.expires_at
        return {"last_day": timezone.localtime(end).date() if end else None}

    def act(self, by: User) -> Assertion:
        if "last_day" not in self.changed_data:
            return self.assertion
        return expire(assertion=self.assertion, at=self.cleaned_data["last_day"], by=by)


class Revoke(Act):
    key = "revoke"
    title = _("Revoke")
    said = _("For good. If the badge was public, its page will say so, with this reason and no name.")
    button = _("Revoke")
    done = _("The badge is revoked.")
    refused_at = "reason"
    allowed = staticmethod(is_living)

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS)

    def act(self, by: User) -> Assertion:
        return revoke(assertion=self.assertion, reason=RevocationReason(self.cleaned_data["reason"]), by=by)


class Reissue(Act):
    key = "reissue"
    title = _("Award again")
    said = _(
        "Revoked: a new award is sent to the same address. Declined: the person is asked again. Expired: a new period"
        " begins today."
    )
    button = _("Award again")
    done = _("The badge is awarded again.")
    allowed = staticmethod(may_be_reissued)

    def act(self, by: User) -> Assertion:
        return reissue(assertion=self.assertion, by=by)


ACTS: dict[str, type[Act]] = {act.key: act for act in (Resend, Readdress, Rename, Expire, Reissue, Revoke)}


class ChosenAct(forms.Form):
    """Which of the forms of the page was sent."""

    act = forms.ChoiceField(choices=[(key, key) for key in ACTS])


class AskForm(forms.Form):
    """What an action on many awards asks before it is done."""

    action: ClassVar[str]
    title: ClassVar["StrPromise"]
    said: ClassVar["StrPromise"]
    button: ClassVar["StrPromise"]

    asked = forms.BooleanField(required=True, initial=True, widget=forms.HiddenInput)

    def was_sent(self) -> bool:
        return self.add_prefix("asked") in self.data


class RemindSelected(AskForm):
    action = "remind_selected"
    title = _("Remind those who have not answered")
    said = _("A reminder goes to those who have not answered, and never twice within seven days.")
    button = _("Send the reminders")


class RevokeSelected(AskForm):
    action = "revoke_selected"
    title = _("Revoke awards")
    said = Revoke.said
    button = Revoke.button

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS)


class ExpireSelected(AskForm):
    action = "expire_selected"
    title = Expire.title
    said = Expire.said
    button = Expire.button

    last_day = LastDay(label=_("Last day"), required=False)


class ReissueSelected(AskForm):
    action = "reissue_selected"
    title = Reissue.title
    said = Reissue.said
    button = Reissue.button


def selection(request: HttpRequest) -> list[tuple[str, str]]:
    """What an action's confirmation page carries on, by the admin's own names: the ticked rows, or all of them."""
    ticked = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
    across = request.POST.get("select_across", "0")
    return [("select_across", across), *((helpers.ACTION_CHECKBOX_NAME, value) for value in ticked)]
