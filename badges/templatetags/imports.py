"""Where a badge from elsewhere comes from, and what its last verification said."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from badges.enums import Origin
from badges.formats.report import EvidenceFacts, Facts, Verdict
from badges.models import Assertion, ImportedBadge, Issuer
from badges.services.imports.doubt import REFUTING
from badges.verification import shown, store
from badges.verification.shown import Line

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()

# The tone of a verdict: its word says it, the colour repeats it. All others are of what is no good.
TONES = {
    Verdict.AUTHENTIC: "ok",
    Verdict.EXPIRED: "late",
    Verdict.NOT_YET_VALID: "late",
    Verdict.UNREACHABLE: "late",
    Verdict.UNVERIFIABLE: "late",
}


@dataclass(frozen=True)
class From:
    """`is_known`: the issuer's own site has proved it; else its name is what the badge says."""

    issuer: Issuer
    issuer_id: str
    site: str
    is_known: bool
    verdict: str
    label: "StrOrPromise"
    meaning: "StrOrPromise"
    is_unproved: bool
    is_refuted: bool
    verified_at: datetime
    unreachable_since: datetime | None
    lines: list[Line]
    narrative: str
    evidence: tuple[EvidenceFacts, ...]
    container: str


@register.simple_tag
def origin_of(assertion: Assertion) -> From | None:
    """None for a badge of this site."""
    issuer = assertion.badge_class.issuer
    if issuer.is_here:
        return None
    imported = ImportedBadge.objects.filter(assertion=assertion).defer("original", "copies").first()
    return _from(issuer, imported) if imported else None


@register.simple_tag
def external(issuer: Issuer) -> SafeString:
    """« émetteur externe », beside the name of an issuer that is not of this site, and whether it is but a name;
    nothing for issuers of this site."""
    if issuer.is_here:
        return SafeString()
    proved = issuer.origin == Origin.ELSEWHERE
    word = _("external issuer") if proved else _("external issuer, without a proved site")
    return format_html(' <span class="state state--wait">{}</span>', word)


@register.filter
def tone(verdict: str) -> str:
    """ok, late or no: the colour of a verdict."""
    return TONES.get(Verdict(verdict), "no")


def _from(issuer: Issuer, imported: ImportedBadge) -> From:
    report = store.load(imported.report)
    facts = report.facts or Facts(id="", version="")
    return From(
        issuer=issuer,
        issuer_id=facts.issuer.id,
        site=shown.site(facts.issuer.id),
        is_known=issuer.origin == Origin.ELSEWHERE,
        verdict=imported.verdict,
        label=shown.word(imported.verdict),
        meaning=shown.meaning(imported.verdict),
        is_unproved=not shown.is_proved(report),
        is_refuted=imported.verdict in REFUTING,
        verified_at=imported.verified_at,
        unreachable_since=imported.unreachable_since,
        lines=shown.lines(report),
        narrative=facts.narrative,
        evidence=facts.evidence,
        container=imported.container,
    )
