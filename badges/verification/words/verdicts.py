"""Each verdict in a word or two, what it means and what to do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from badges.formats.report import Verdict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Word:
    label: "StrOrPromise"
    meaning: "StrOrPromise"


WORDS = {
    Verdict.AUTHENTIC: Word(
        pgettext_lazy("verdict", "authentic"),
        _("The issuer that this badge names awarded it as it is: all checks are good. You can rely on it."),
    ),
    Verdict.REVOKED: Word(
        pgettext_lazy("verdict", "revoked"),
        _("This badge was revoked: it counts no more. Ask the issuer why."),
    ),
    Verdict.EXPIRED: Word(
        pgettext_lazy("verdict", "expired"),
        _("This badge counted until a date that is past. Ask the issuer whether it can be renewed."),
    ),
    Verdict.NOT_YET_VALID: Word(
        pgettext_lazy("verdict", "not yet valid"),
        _("This badge counts only from a date to come. Verify it again then."),
    ),
    Verdict.MODIFIED: Word(
        pgettext_lazy("verdict", "modified"),
        _("This badge is not what the issuer awarded: something in it was changed. Do not rely on it."),
    ),
    Verdict.INVALID: Word(
        pgettext_lazy("verdict", "not valid"),
        _(
            "This badge breaks a rule of its standard, or its issuer does not confirm it. Do not rely on it; "
            "the checks say what is wrong."
        ),
    ),
    Verdict.UNREACHABLE: Word(
        pgettext_lazy("verdict", "issuer out of reach"),
        _("Nothing proves this badge as long as the issuer’s site does not answer. Verify it again later."),
    ),
    Verdict.UNVERIFIABLE: Word(
        pgettext_lazy("verdict", "cannot be verified"),
        _(
            "This badge holds nothing by which it can be proved here: it may be genuine or not. "
            "Ask the issuer to confirm it."
        ),
    ),
    Verdict.NOT_A_BADGE: Word(
        pgettext_lazy("verdict", "this is not a badge"),
        _(
            "No Open Badge was found in what was given. Give the badge’s file as its issuer sent it, or its address."
        ),
    ),
}
