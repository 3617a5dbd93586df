"""The pages of an archive, for people: `index.html` and `LISEZMOI.txt`, which need nothing but a browser."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from badges.exporting.archive import Archive
from badges.exporting.entries import Entry
from badges.models import Assertion
from passport.lib.urls import absolute

COMMAND = "manage.py verify_badge {file} --documents documents.json"


def put(archive: Archive, user: User, entries: list[Entry], at: datetime) -> None:
    """Writes both. Pictures are shown where they have been put already."""
    answerable = Assertion.objects.select_related("badge_class__issuer").order_by("-issued_at", "-pk")
    context = {
        "profile": user.profile,
        "at": at,
        "entries": entries,
        "pictures": set(archive.documents.values()),
        "waiting": answerable.pending_for(user),
        "declined": answerable.declined_by(user),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "command": COMMAND.format(file=entries[0].files[0].path if entries else "badges/…/ob3.json"),
        "verify_url": absolute(reverse("badges:verify")),
        "source_url": settings.SOURCE_URL,
    }
    archive.put("index.html", render_to_string("badges/export/index.html", context))
    archive.put("LISEZMOI.txt", render_to_string("badges/export/readme.txt", context))
