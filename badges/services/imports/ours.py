"""Badges of this site are not imported: they are here. Somebody else's is never spoken of."""

import re
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from badges import addresses as own
from badges.enums import AssertionState
from badges.formats.report import Facts
from badges.models import Assertion
from badges.verification import shown

UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_ours(identifier: str) -> bool:
    """Whether an address or did:web names this very host, whatever its path: nobody else answers by it."""
    return shown.same_site(identifier, settings.SITE_URL)


def claims_us(facts: Facts) -> bool:
    """Whether a badge says that it is of this site; true or not, it is not imported."""
    return is_ours(facts.id) or is_ours(facts.issuer.id)


def told(identifier: str, user: User) -> str | SafeString:
    """What to say of a badge of this site to `user`, by an address or an identifier of it."""
    assertion = _of(identifier, user)
    if assertion is None:
        return _(
            "Badges of this site are not imported. If it was awarded to you, add the address that received it to your "
            "account: it then waits in “My badges”."
        )
    waits = assertion.state == AssertionState.PENDING
    sentence = _("This badge waits for you on this site:") if waits else _("You have this badge already:")
    link = reverse("badges:badge", args=[assertion.uid])
    return format_html('{} <a href="{}">{}</a>', sentence, link, assertion.recognises.name)


def _of(identifier: str, user: User) -> Assertion | None:
    """The award of `user`, held, waiting or declined, that an address or identifier is of."""
    theirs = Assertion.objects.of(user).select_related("badge_class", "version")
    match = UID.search(identifier) if is_ours(identifier) else None
    if match:
        return theirs.filter(uid=UUID(match[0])).first()
    return next((one for one in theirs if own.signed_urn(one.uid) == identifier), None)
