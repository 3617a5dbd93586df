"""Drafts of a person as they look at them: what each badge says, its verdict, and whether it may be kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models import User
from badges.formats.report import CheckId, Facts
from badges.models import ImportDraft
from badges.services.imports import known
from badges.services.imports.standing import Person, Standing
from badges.verification import shown, store
from badges.verification.shown import Line

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Waiting:
    draft: ImportDraft
    facts: Facts
    standing: Standing
    verdict: str
    label: "StrOrPromise"
    meaning: "StrOrPromise"
    lines: list[Line]
    site: str
    # The issuer's own site has proved it; else its name is what the badge says.
    is_known: bool
    # Drawn again, as `data:`; empty when it could not be.
    picture: str


def waiting(user: User) -> list[Waiting]:
    """All drafts of `user`, the oldest first, in three queries however many there are."""
    drafts = list(ImportDraft.objects.filter(user=user).defer("original", "copies").order_by("pk"))
    person = Person.of(user, (draft.iri for draft in drafts))
    return [_waiting(draft, person) for draft in drafts]


def _waiting(draft: ImportDraft, person: Person) -> Waiting:
    report = store.load(draft.report)
    facts = report.facts or Facts(id="", version="")
    return Waiting(
        draft=draft,
        facts=facts,
        standing=person.standing(draft.report),
        verdict=draft.verdict,
        label=shown.word(draft.verdict),
        meaning=shown.meaning(draft.verdict),
        # Whose it is, its own line says, by the addresses that are confirmed now.
        lines=shown.lines(report, but=CheckId.RECIPIENT),
        site=shown.site(facts.issuer.id),
        is_known=known.is_proved(report),
        picture=draft.report.get("picture", ""),
    )
