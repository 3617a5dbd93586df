"""The name on an award was wrong."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from badges.enums import EventKind
from badges.exceptions import NotPossible
from badges.lists.read import MAX_NAME
from badges.models import Assertion
from badges.services import change
from badges.services.events import log
from badges.services.telling import tell
from passport.lib.folding import clean


@transaction.atomic
def rename(*, assertion: Assertion, name: str, by: User | None) -> Assertion:
    """Corrects the name that a badge shows; its holder is told. The same name: nothing.

    Raises NotPossible: withdrawn, no name or a very long one, or a person of this address who has this badge.
    """
    assertion = change.lock(assertion)
    if assertion.is_revoked:
        raise NotPossible(_("This award was revoked: its name no longer changes."))
    name, before = clean(name), assertion.recipient_name
    if name == before:
        return assertion
    _require_name(name)
    try:
        with transaction.atomic():
            change.write(assertion, recipient_name=name)
    except IntegrityError as error:
        raise NotPossible(
            _("A person of this name has this badge already, at the same address. Revoke one of the two.")
        ) from error
    tell(log(assertion=assertion, kind=EventKind.RENAMED, by=by, before=before, after=name))
    return assertion


def _require_name(name: str) -> None:
    if not name:
        raise NotPossible(_("Give the name that the badge shows."))
    if len(name) > MAX_NAME:
        raise NotPossible(_("This name is longer than %(number)s characters.") % {"number": MAX_NAME})
