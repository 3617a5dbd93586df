"""People are told of what happens to them."""

from django.contrib.auth.models import AbstractBaseUser

from notifications.models import Notification
from notifications.registry import kinds


def notify(
    *,
    kind: str,
    person: AbstractBaseUser,
    subject: object,
    actor: AbstractBaseUser | None = None,
    key: str = "",
) -> Notification:
    """Tells `person` of `subject` (a public identifier), in the caller's transaction.

    The same `key` twice is the same notification; it is kind, subject, person and actor unless it is given.
    """
    if kind not in kinds:
        raise ValueError(f"No kind of notification is named {kind!r}.")
    key = key or ":".join(str(part) for part in (kind, subject, person.pk, actor.pk if actor else ""))
    fields = {"kind": kind, "person": person, "subject": str(subject), "actor": actor}
    return Notification.objects.get_or_create(key=key, defaults=fields)[0]
