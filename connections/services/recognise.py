"""A recommendation: written, answered, shown or not. Every change of its state is here."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.exceptions import NotPossible
from badges.models import Assertion
from connections.enums import RecognitionState, RequestState
from connections.models import Block, Recognition, RecognitionRequest
from connections.recognition_querysets import RecognitionQuerySet
from connections.services.certify import certify_or_leave
from connections.services.congratulate import require_another
from notifications.services.notify import notify
from passport.lib.folding import fold


@transaction.atomic
def write(
    *, author: User, assertion: Assertion, text: str, request: RecognitionRequest | None = None
) -> Recognition:
    """« Recommander ce badge », of one's own accord or asked by `request`. Written twice, it is the same one, edited.

    Raises NotPossible for oneself and between blocked people.
    """
    row = Recognition(holder=require_another(author, assertion), assertion=assertion, request=request)
    _hold(author)
    former = Recognition.objects.filter(author=author, assertion=assertion).first()
    written = _write(former or row, author, text)
    if request:
        _answered(request)
    return written


@transaction.atomic
def write_of_skill(*, author: User, holder: User, skill: str, text: str) -> Recognition:
    """« Recommander une compétence ». Of the same skill, however it is spelt, it is the same one, edited.

    Raises NotPossible for oneself and between blocked people.
    """
    if author == holder:
        raise NotPossible(_("One does not recommend oneself."))
    _hold(author)
    if Block.objects.between(author, holder).exists():
        raise NotPossible(_("This is not possible with this person."))
    mine = Recognition.objects.filter(author=author, holder=holder, folded_skill=fold(skill))
    return _write(mine.first() or Recognition(holder=holder, skill=skill), author, text)


@transaction.atomic
def write_invited(*, request: RecognitionRequest, name: str, text: str) -> Recognition:
    """The words of somebody without account who was asked by mail. Raises NotPossible when it is too late."""
    request = RecognitionRequest.objects.select_for_update().get(pk=request.pk)
    written = Recognition.objects.filter(request=request).first()
    if written and (written.text, written.author_name) == (text, name):
        return written
    if not request.is_open:
        raise NotPossible(_("This request no longer waits for an answer."))
    written = Recognition.objects.create(
        request=request, assertion=request.assertion, holder=request.holder, author_name=name, text=text
    )
    _tell_holder(written)
    _answered(request)
    return written


@transaction.atomic
def edit(*, recognition: Recognition, text: str) -> Recognition:
    """Other words wait for the holder's answer again. Those that were refused stay so: nobody is asked again.

    Raises NotPossible when it was taken away meanwhile.
    """
    row = _locked(recognition)
    name = row.author.name if row.author else row.author_name
    if (row.text, row.author_name) == (text, name):
        return row
    was_accepted = row.state == RecognitionState.ACCEPTED
    row.text, row.author_name, row.credential = text, name, ""
    if was_accepted:
        row.state, row.shown, row.answered_at = RecognitionState.WAITING, False, None
        row.written_at = timezone.now()
    row.save()
    if was_accepted:
        _tell_holder(row)
    return row


@transaction.atomic
def withdraw(*, recognition: Recognition) -> None:
    """Takes it away for good: by its author, or by its holder."""
    Recognition.objects.filter(pk=recognition.pk).delete()


@transaction.atomic
def accept(*, recognition: Recognition, shown: bool, digest: str) -> Recognition:
    """The holder accepts the words of `digest`, to show them to others or to keep them for themself.

    Raises NotPossible when the words have changed or were withdrawn meanwhile.
    """
    row = _locked(recognition)
    if row.digest != digest:
        raise NotPossible(_("This recommendation has changed meanwhile: read it again before you answer."))
    if row.state != RecognitionState.ACCEPTED:
        row.state, row.answered_at = RecognitionState.ACCEPTED, timezone.now()
        row.save(update_fields=["state", "answered_at"])
        certify_or_leave(recognition=row)
        if row.author:
            notify(kind="recognition-accepted", person=row.author, subject=row.uid, actor=row.holder)
    row.shown = shown
    row.save(update_fields=["shown"])
    return row


@transaction.atomic
def refuse(*, recognition: Recognition) -> Recognition:
    """Silently: its author goes on reading that it waits. Raises NotPossible when it was withdrawn meanwhile."""
    row = _locked(recognition)
    row.state, row.shown, row.credential = RecognitionState.REFUSED, False, ""
    row.answered_at = timezone.now()
    row.save(update_fields=["state", "shown", "credential", "answered_at"])
    return row


def hide(*, recognitions: RecognitionQuerySet) -> None:
    """By a moderator: read by nobody but its author."""
    recognitions.filter(hidden_at=None).update(hidden_at=timezone.now())


def show(*, recognitions: RecognitionQuerySet) -> None:
    recognitions.update(hidden_at=None)


def _hold(author: User) -> None:
    """So that two clicks at once come one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=author.pk)


def _write(row: Recognition, author: User, text: str) -> Recognition:
    if row.pk:
        return edit(recognition=row, text=text)
    row.author, row.author_name, row.text = author, author.name, text
    row.save()
    _tell_holder(row)
    return row


def _locked(recognition: Recognition) -> Recognition:
    """Raises NotPossible when somebody has taken it away meanwhile."""
    related = "assertion__badge_class__issuer", "assertion__version", "author__profile", "holder__profile"
    held = Recognition.objects.select_for_update(of=("self",)).select_related(*related)
    row = held.filter(pk=recognition.pk).first()
    if row is None:
        raise NotPossible(_("This recommendation is no longer there."))
    return row


def _answered(request: RecognitionRequest) -> None:
    RecognitionRequest.objects.filter(pk=request.pk).update(state=RequestState.ANSWERED)


def _tell_holder(row: Recognition) -> None:
    notify(
        kind="recognition-waiting",
        person=row.holder,
        subject=row.uid,
        actor=row.author,
        key=f"recognition-waiting:{row.uid}:{row.written_at.isoformat()}",
    )
