"""Rows of issuers and badges from elsewhere. An issuer is a known one when its own https site has proved it; what is
only claimed has rows of its own for each badge, which nobody shares and no gallery shows."""

import uuid
from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from badges.enums import Origin
from badges.formats import did
from badges.formats.errors import FormatError
from badges.formats.reading import addresses
from badges.formats.report import Facts, Report, Verdict
from badges.models import Assertion, BadgeClass, BadgeVersion, Issuer
from badges.services import versions
from badges.services.publish import free_slug
from badges.verification import shown
from passport.lib.folding import clean, fold_address

LONGEST = 1_000
SAFE = ":/?#[]@!$&'()*+,;=%~"
PROVING = {Verdict.AUTHENTIC, Verdict.EXPIRED}


def key(facts: Facts) -> str:
    """What makes two badges of one person one, however they are spelled: the id, and what tells two organisations of
    one platform apart (Open Badges 3.0, « equality »: the issuer; before it, the class, known without asking anybody).
    """
    whose = facts.issuer.id if facts.version == "3.0" else facts.achievement_id
    return f"{exact(whose)} {plain(facts.id)}".strip()


def exact(identifier: str) -> str:
    """An identifier that is the key of a row: https, the host in lower case, all else as it is written."""
    text = _letters(identifier)
    parts = addresses.split(text)
    if parts is None:
        return quote(text, safe=SAFE)
    port = "" if parts.port in {None, addresses.PORTS[parts.scheme]} else f":{parts.port}"
    tail = text.partition("//")[2].removeprefix(parts.netloc)
    return f"https://{addresses.host(text)}{port}" + quote(tail, safe=SAFE)


def plain(identifier: str) -> str:
    """One spelling of an id, for duplicates alone: http is https, and percent-encoding, the final slash, `.json` and
    what platforms add make no difference. Two organisations may have ids that are the same so."""
    text = _letters(identifier)
    if not addresses.is_web(text):
        return quote(text, safe=SAFE)
    authority, path, query, fragment = addresses.canonical(text)
    tail = f"?{query}" if query else ""
    return f"https://{authority}{quote(path, safe='/:@!$&*+,;=~')}{tail}" + (
        f"#{quote(fragment)}" if fragment else ""
    )


def _letters(identifier: str) -> str:
    return identifier.strip().encode("utf-8", "replace").decode()


def can_be_named(facts: Facts) -> bool:
    """Whether its identifiers are there and fit their columns."""
    long = (key(facts), exact(facts.issuer.id), _class_iri(facts))
    return facts.id.strip() != "" and all(len(text) <= LONGEST for text in long)


def is_confirmed(report: Report) -> bool:
    """Whether what the badge says is proved and counts, or counted until its date."""
    return report.verdict in PROVING and shown.is_proved(report)


def is_proved(report: Report) -> bool:
    """Whether the issuer's own document, read over https, answers for this badge; nothing may have come in clear."""
    if report.facts is None or not is_confirmed(report):
        return False
    home = _document(report.facts.issuer.id)
    came = [read.address for read in report.reads if read.status == 200]
    return home in came and all(_is_secure(address) for address in came)


def issuer_of(report: Report, facts: Facts) -> Issuer:
    """The row of a proved issuer, made by its first badge and never changed by others; else a new row of its own."""
    said = facts.issuer
    home = shown.site(said.id) or shown.site(facts.id)
    fields = {
        "name": clean(said.name)[:150] or home or "?",
        "description": said.description[:2_000],
        "url": _fitting(Issuer, "url", said.url),
        "email": _fitting(Issuer, "email", said.email),
        "country": "",
    }
    if not is_proved(report):
        # Its name takes no address that an issuer of this site, or a proved one, may want.
        return Issuer.objects.create(
            origin=Origin.CLAIMED, iri=exact(said.id), slug=uuid.uuid4().hex, **fields
        )
    row, _made = Issuer.objects.get_or_create(
        origin=Origin.ELSEWHERE,
        iri=exact(said.id),
        defaults={"slug": free_slug(f"{fields['name']} {home}", Issuer), **fields},
    )
    return row


def badge_class_of(
    issuer: Issuer, facts: Facts, *, image: str, holder: User | None, address: str
) -> BadgeClass:
    """The row of a badge of `issuer`, with the words of its first award: later ones have versions of their own.

    A person's second award of one badge (it was renewed, say) has a row of its own, out of the gallery: there, each
    person counts once.
    """
    proved = issuer.origin == Origin.ELSEWHERE
    iri = _class_iri(facts)
    shared = BadgeClass.objects.filter(issuer=issuer, iri=iri).first() if proved else None
    if shared and not _is_held(shared, holder, address):
        return shared
    name = clean(facts.name)[:200] or issuer.name
    listed, now = proved and shared is None, timezone.now()
    row = BadgeClass(
        issuer=issuer,
        iri=iri if shared is None else f"{iri[: LONGEST - 37]} {uuid.uuid4()}",
        name=name,
        slug=free_slug(f"{name} {shown.site(facts.issuer.id)}", BadgeClass) if listed else uuid.uuid4().hex,
        description=facts.description[:2_000],
        criteria=facts.criteria_text[:20_000],
        criteria_url=_fitting(BadgeClass, "criteria_url", facts.criteria_url),
        image=image,
        image_alt=clean(facts.image_alt)[:250],
        tags=_tags(facts),
        published_at=now if listed else None,
        created_at=now,
        public_activity_at=now,
        member_activity_at=now,
    )
    row.save()
    return row


def version_of(badge_class: BadgeClass, facts: Facts, *, image: str) -> BadgeVersion:
    """What this very award says."""
    content = {
        "name": clean(facts.name)[:300] or badge_class.name,
        "description": facts.description,
        "criteria": facts.criteria_text,
        "criteria_url": facts.criteria_url[:LONGEST],
        "image": image,
        "image_alt": clean(facts.image_alt)[:250],
        "tags": _tags(facts),
        "alignments": [
            {
                "name": item.name,
                "url": item.url,
                "description": item.description,
                "framework": item.framework,
                "code": item.code,
            }
            for item in facts.alignments
        ],
    }
    return versions.of_content(badge_class, content)


def _document(issuer: str) -> str:
    """Where an issuer's own document is; empty for an identifier that names no https address."""
    try:
        address = did.web_address(issuer) if did.method(issuer) == "web" else issuer.partition("#")[0]
    except FormatError:
        return ""
    return address if _is_secure(address) else ""


def _is_secure(address: str) -> bool:
    parts = addresses.split(address)
    return parts is not None and parts.scheme == "https"


def _class_iri(facts: Facts) -> str:
    """Never empty: that would be a badge of this site."""
    return exact(facts.achievement_id) or f"{exact(facts.id)}#badge"


def _is_held(badge_class: BadgeClass, holder: User | None, address: str) -> bool:
    living = Assertion.objects.filter(badge_class=badge_class, revoked_at=None)
    return living.filter(Q(holder=holder) | Q(folded_address=fold_address(address))).exists()


def _fitting(model: type[models.Model], name: str, value: str) -> str:
    """`value` where it fits its column; else nothing: half an address leads nowhere."""
    most = getattr(model._meta.get_field(name), "max_length", None)
    return value if most is None or len(value) <= most else ""


def _tags(facts: Facts) -> list[str]:
    return [clean(tag)[:80] for tag in facts.tags[:40] if clean(tag)]
