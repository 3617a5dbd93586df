"""A draft becomes a badge of its person's passport, private; the original and what was read of it are kept for ever."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import AssertionState
from badges.exceptions import NotPossible
from badges.formats.report import CheckId, Facts, Report
from badges.models import Assertion, BadgeVersion, Evidence, ImportDraft, ImportedBadge
from badges.services import change
from badges.services.imports import due, known, pictures
from badges.services.imports.attempts import attempt
from badges.services.imports.pictures import Copied
from badges.services.imports.read import crowded
from badges.services.imports.standing import Person, Standing
from badges.verification import store
from badges.verification.ours import Ours
from badges.verification.sources import Network
from badges.verification.turns import Busy, Turn
from passport.lib.fetch.deadline import Deadline

PICTURE_SECONDS = 5.0
# « Tout garder »: what is left is kept by the next click.
SECONDS = 12.0


@dataclass(frozen=True)
class Kept:
    """What became of the drafts that might be kept: how many are, and how many still wait."""

    kept: int
    left: int


def keep(*, draft: ImportDraft, holder: User, seconds: float = PICTURE_SECONDS) -> Assertion:
    """Puts the badge of a draft into `holder`'s passport, its picture fetched within `seconds`.

    Raises NotPossible with a sentence: it may not be kept, was kept already, the draft is gone, too many wait.
    """
    copied = _copied(draft, seconds)
    refusal = _("This badge could not be kept at this moment. Try again.")
    return attempt(lambda: _keep(draft, holder, copied), refusal)


def keep_all(*, user: User) -> Kept:
    """Keeps every draft that may be kept, as far as SECONDS reach. One is in memory at a time: each may weigh 6 MB."""
    drafts = ImportDraft.objects.filter(user=user).order_by("pk")
    person = Person.of(user, drafts.values_list("iri", flat=True))
    reports = drafts.values_list("pk", "report").iterator(chunk_size=1)
    ready = [pk for pk, report in reports if person.standing(report).may_keep]
    deadline, kept = Deadline(SECONDS), 0
    for draft in filter(None, (drafts.filter(pk=pk).first() for pk in ready)):
        try:
            keep(draft=draft, holder=user, seconds=min(PICTURE_SECONDS, deadline.left()))
            kept += 1
        except TimeoutError:
            break
        except NotPossible:  # two drafts of one badge: the first is kept, the second waits with its reason
            continue
    return Kept(kept, len(ready) - kept)


def _copied(draft: ImportDraft, seconds: float) -> Copied:
    facts = store.load(draft.report).facts
    try:
        with Turn(Network(seconds=seconds)) as network:
            if not network.begin():  # a drawing costs, also one that is in the badge itself
                raise Busy
            return pictures.copied(facts.image if facts else "", bytes(draft.original), Ours(network))
    except Busy as busy:
        raise NotPossible(crowded()) from busy


def _keep(draft: ImportDraft, holder: User, copied: Copied) -> Assertion:
    # One person's imports come one after the other: the same badge twice at once is kept once.
    User.objects.select_for_update(no_key=True).get(pk=holder.pk)
    locked = ImportDraft.objects.select_for_update().filter(pk=draft.pk, user=holder).first()
    if locked is None:
        raise NotPossible(_("This badge waits no more: it was kept or discarded."))
    report = store.load(locked.report)
    standing = Person.of(holder, [locked.iri]).standing(locked.report)
    if report.facts is None or not standing.may_keep:
        raise NotPossible(standing.refusal)
    report.checks = [check for check in report.checks if check.id != CheckId.RECIPIENT]
    report.good(CheckId.RECIPIENT, "recipient-good")
    if standing.renews:
        assertion = _renewed(standing.renews, locked, report, report.facts, copied)
    else:
        assertion = _new(locked, report, report.facts, standing, holder, copied)
    locked.delete()
    return assertion


def _new(
    draft: ImportDraft, report: Report, facts: Facts, standing: Standing, holder: User, copied: Copied
) -> Assertion:
    issuer = known.issuer_of(report, facts)
    image = copied.of_class if known.is_proved(report) else copied.shown
    badge_class = known.badge_class_of(issuer, facts, image=image, holder=holder, address=standing.address)
    now = timezone.now()
    assertion = Assertion.objects.create(
        badge_class=badge_class,
        version=known.version_of(badge_class, facts, image=copied.shown),
        recipient_address=standing.address,
        recipient_name=holder.name,
        holder=holder,
        state=AssertionState.ACCEPTED,
        issued_at=facts.issued_at or now,
        accepted_at=now,
        expires_at=facts.expires_at,
        claim_until=now,
    )
    _write_evidence(assertion, facts)
    ImportedBadge.objects.create(assertion=assertion, holder=holder, iri=draft.iri, **_kept(draft, report))
    return assertion


def _renewed(
    kept: ImportedBadge, draft: ImportDraft, report: Report, facts: Facts, copied: Copied
) -> Assertion:
    """The newer writing takes the place of the older: dates, words, original. Who sees the badge does not change."""
    assertion = change.lock(kept.assertion)
    version: BadgeVersion = known.version_of(assertion.badge_class, facts, image=copied.shown)
    change.write(
        assertion,
        version=version,
        issued_at=facts.issued_at or assertion.issued_at,
        expires_at=facts.expires_at,
    )
    assertion.evidence.all().delete()
    _write_evidence(assertion, facts)
    ImportedBadge.objects.filter(pk=kept.pk).update(**_kept(draft, report))
    return assertion


def _kept(draft: ImportDraft, report: Report) -> dict[str, Any]:
    return {
        "original": bytes(draft.original),
        "container": draft.container,
        "sha256": draft.sha256,
        "source": draft.source,
        "report": store.dump(report) | {"written": draft.report.get("written", "")},
        "copies": draft.copies,
        "verdict": draft.verdict,
        "verified_at": draft.verified_at,
        **due.after(report.verdict, draft.verified_at, failures=0, since=None),
    }


def _write_evidence(assertion: Assertion, facts: Facts) -> None:
    said = [Evidence(name=_("What was done"), narrative=facts.narrative)] if facts.narrative else []
    for item in facts.evidence:
        row = Evidence(name=(item.name or _("Evidence"))[:200], narrative=item.narrative)
        if len(item.url) <= 200:
            row.url = item.url
        else:
            row.narrative = f"{item.narrative}\n{item.url}".strip()
        said.append(row)
    for row in said:
        row.assertion, row.narrative = assertion, row.narrative[:5_000]
    Evidence.objects.bulk_create(row for row in said if row.url or row.narrative)
