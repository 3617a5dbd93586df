"""Whether a badge may come into somebody's passport: by its verdict, by whose it is, by what is there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from badges.formats import identity
from badges.formats.report import RecipientFacts, Report, Verdict
from badges.models import ImportedBadge
from badges.services.imports import known
from badges.services.imports.writings import is_newer
from badges.verification import store

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REFUSED: dict[Verdict, "StrOrPromise"] = {
    Verdict.NOT_A_BADGE: gettext_lazy("This is not a badge that was awarded: there is nothing to keep."),
    Verdict.INVALID: gettext_lazy("A badge that is not valid is not kept. Ask its issuer for a good one."),
    Verdict.MODIFIED: gettext_lazy("A badge that was modified is not kept. Ask its issuer for the original."),
    Verdict.REVOKED: gettext_lazy("Its issuer has withdrawn this badge: it is not kept."),
}


@dataclass(frozen=True)
class Standing:
    """`address`: the confirmed address of its person that the badge names. `held`: this badge, kept already."""

    address: str = ""
    refusal: str = ""
    # Awarded to an address that this person may still confirm.
    elsewhere: bool = False
    held: ImportedBadge | None = None
    # The kept badge of which this is a newer writing.
    renews: ImportedBadge | None = None

    @property
    def may_keep(self) -> bool:
        return self.refusal == ""


@dataclass
class Person:
    """What is asked of a person for all their drafts at once: confirmed addresses, and badges that are kept already."""

    addresses: Sequence[str]
    kept: dict[str, ImportedBadge] = field(default_factory=dict)

    @classmethod
    def of(cls, user: User, keys: Iterable[str]) -> "Person":
        confirmed = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
        kept = ImportedBadge.objects.filter(holder=user, iri__in=set(keys)).select_related("assertion")
        rows = kept.defer("original", "copies")
        return cls(list(confirmed.values_list("email", flat=True)), {row.iri: row for row in rows})

    def standing(self, said: dict[str, Any]) -> Standing:
        """Whether the badge of a draft may be kept, by its `report`; and the sentence that says why not."""
        report = store.load(said)
        facts = report.facts
        if report.verdict in REFUSED or facts is None:
            return Standing(refusal=str(REFUSED.get(report.verdict, REFUSED[Verdict.NOT_A_BADGE])))
        key = known.key(facts)
        if not known.can_be_named(facts):
            return Standing(
                refusal=_("This badge has no identifier that can be kept. Ask its issuer to mend it.")
            )
        addressed = [one for one in facts.recipients if _address(one)]
        if not addressed:
            return Standing(
                refusal=_("This badge names nobody by an e-mail address: nothing proves that it is yours.")
            )
        mine = self._mine(addressed)
        if not mine:
            return Standing(
                refusal=_("This badge was awarded to another address. If it is yours, add it."),
                elsewhere=True,
            )
        kept = self.kept.get(key)
        if kept is None:
            return Standing(address=mine)
        if _renews(report, said, kept):
            return Standing(address=mine, held=kept, renews=kept)
        return Standing(address=mine, held=kept, refusal=_("You have this badge already."))

    def _mine(self, recipients: Sequence[RecipientFacts]) -> str:
        """The confirmed address that one of the recipients is; empty when none is."""
        return next(
            (address for address in self.addresses if any(_is(address, one) for one in recipients)), ""
        )


def _address(recipient: RecipientFacts) -> str:
    """What names the recipient by e-mail, as it is or hashed; empty when it does it otherwise."""
    text = recipient.identity.strip()
    if text.lower().startswith("mailto:"):
        return text[7:]
    return text if recipient.kind == "email" else ""


def _is(address: str, recipient: RecipientFacts) -> bool:
    given = _address(recipient)
    return identity.matches(address, identity=given, salt=recipient.salt, hashed=recipient.hashed)


def _renews(report: Report, said: dict[str, Any], kept: ImportedBadge) -> bool:
    """Open Badges 3.0, « Refresh »: the same credential, written again by its issuer, valid from later on."""
    newer = is_newer(said.get("written", ""), kept.report.get("written", ""))
    return newer and report.verdict == Verdict.AUTHENTIC and not kept.assertion.is_revoked
