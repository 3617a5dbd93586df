"""One door per object. What is not one's own, or may not be seen any more, answers 404."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404

from notifications.models import Notification
from notifications.stopping import read_token
from notifications.telling import Told, told


def own(person: AbstractBaseUser, uid: UUID) -> Told:
    """A notification of `person`, in words."""
    for found in told(person, list(Notification.objects.of(person).filter(uid=uid))):
        return found
    raise Http404


def by_stop_token(token: str) -> tuple[AbstractBaseUser, Mapping[str, str]]:
    """Whose mail a link comes from, and the paces of its kinds."""
    stop = read_token(token)
    person = get_user_model().objects.filter(pk=stop.person_id).first() if stop else None
    if stop is None or person is None:
        raise Http404
    return person, stop.paces
