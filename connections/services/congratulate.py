from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from badges.exceptions import NotPossible
from badges.models import Assertion
from connections.models import Block, Congratulation
from notifications.services.notify import notify


@transaction.atomic
def congratulate(*, author: User, assertion: Assertion) -> Congratulation:
    """« Féliciter »; a second click is the same answer. Raises NotPossible for oneself and between blocked people."""
    holder = require_another(author, assertion)
    row, is_new = Congratulation.objects.get_or_create(author=author, assertion=assertion)
    if is_new:
        notify(kind="congratulated", person=holder, subject=assertion.uid, actor=author)
    return row


@transaction.atomic
def undo(*, author: User, assertion: Assertion) -> None:
    """Takes a congratulation back; a second click changes nothing."""
    Congratulation.objects.of(author).filter(assertion=assertion).delete()


def require_another(author: User, assertion: Assertion) -> User:
    """The holder. Raises NotPossible when `author` holds the badge, or a block stands between the two."""
    if assertion.holder is None or assertion.holder == author:
        raise NotPossible(_("This badge is your own."))
    if Block.objects.between(author, assertion.holder).exists():
        raise NotPossible(_("This is not possible with this person."))
    return assertion.holder
