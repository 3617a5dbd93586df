"""What the measures do inside their site, through `manage.py shell`: rows, speed, queries. Each prints one line."""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Profile, User
from badges.models import Assertion, BadgeClass, Batch, BatchLine, Issuer, IssuerMember
from badges.services.draft import draft
from badges.services.send import advance, confirm
from bench.people import BADGE, ORGANISERS, PASSWORD, list_of, people
from notifications.models import Message

T = TypeVar("T")
CHUNK = 1_000


def make_rows() -> None:
    """An issuer with its organisers and a published badge, whose number is printed."""
    issuer = Issuer.objects.create(name="Amcsti", slug="amcsti", country="FR")
    badge = _badge(issuer, BADGE)
    for address in ORGANISERS:
        user = User.objects.create_user(address, PASSWORD, is_staff=True)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        Profile.objects.create(user=user, first_name="Olga", last_name="Petit")
        IssuerMember.objects.create(issuer=issuer, user=user)
    print(badge.pk)


def _badge(issuer: Issuer, slug: str) -> BadgeClass:
    return BadgeClass.objects.create(
        issuer=issuer,
        name=f"Congrès {slug}",
        slug=slug,
        description="Une participation.",
        criteria="Être là.",
        image="0" * 64 + ".png",
        published_at=timezone.now(),
    )


def measure_speed(lines: int) -> None:
    """Seconds to preview and to issue a list, and to write the same rows by bulk_create alone."""
    badge = BadgeClass.objects.get(slug=BADGE)
    raw = list_of(people(lines))
    batch, preview = _timed(lambda: draft(badge_class=badge, raw=raw, source="liste.csv"))
    by_hand = Batch.objects.create(badge_class=badge, source="bulk_create")
    copies = _copies(BatchLine.objects.filter(batch=batch), batch=by_hand)
    _none, raw_preview = _timed(partial(_write, copies))

    def issue() -> None:
        confirm(batch=batch)
        while advance(batch):
            pass

    _none, taken = _timed(issue)
    other = _badge(badge.issuer, "bulk-create")
    awards = _copies(Assertion.objects.filter(badge_class=badge), badge_class=other)
    mails = _copies(Message.objects.all())
    for award, mail in zip(awards, mails, strict=True):
        fresh = Assertion()
        award.uid, award.code = fresh.uid, fresh.code
        mail.key = f"bulk-create:{mail.key}"
    _none, raw_issue = _timed(lambda: (_write(awards), _write(mails)))
    print(json.dumps({"preview": [preview, raw_preview], "issue": [taken, raw_issue]}))


def _copies(rows, **changes) -> list:
    found = list(rows.order_by("pk"))
    for row in found:
        row.pk, row._state.adding = None, True
        for name, value in changes.items():
            setattr(row, name, value)
    return found


@transaction.atomic
def _write(rows: list) -> None:
    for start in range(0, len(rows), CHUNK):
        type(rows[0]).objects.bulk_create(rows[start : start + CHUNK])


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return act(), time.perf_counter() - start


def count_queries(lines: int) -> None:
    """Queries of each page of the administration that shows a list, with a list of so many lines."""
    badge = BadgeClass.objects.get(slug=BADGE)
    sent = draft(badge_class=badge, raw=list_of(people(lines, "envoi")), source="liste.csv")
    confirm(batch=sent)
    while advance(sent):
        pass
    checked = draft(badge_class=badge, raw=list_of(people(lines, "brouillon")), source="liste.csv")
    browser = Client(headers={"host": "localhost"})
    browser.force_login(
        User.objects.get(email=ORGANISERS[0]), backend="django.contrib.auth.backends.ModelBackend"
    )
    award = Assertion.objects.filter(badge_class=badge).first()
    counts = {}
    for name, of in PAGES:
        shown = {"badge": badge, "sent": sent, "checked": checked, "award": award}.get(of)
        path = reverse(f"admin:badges_{name}", args=[shown.pk] if shown else [])
        browser.get(path)  # what is cached for all pages is not counted
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(path)
            status = answer.status_code
            if answer.streaming:
                b"".join(answer)
        if status != 200:
            raise SystemExit(f"{path} answers {status}")
        counts[f"{name} {of}".strip()] = len(captured)
    print(json.dumps(counts))


PAGES = [
    ("badgeclass_changelist", ""),
    ("badgeclass_issue", "badge"),
    ("badgeclass_follow", "badge"),
    ("badgeclass_export", "badge"),
    ("badgeclass_remind", "badge"),
    ("batch_changelist", ""),
    ("batch_change", "checked"),
    ("batch_send", "checked"),
    ("batch_left_out", "checked"),
    ("batch_change", "sent"),
    ("batch_export", "sent"),
    ("batch_remind", "sent"),
    ("batch_stop", "sent"),
    ("assertion_changelist", ""),
    ("assertion_change", "award"),
]
