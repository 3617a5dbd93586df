"""Many badges of one holder change together, and can be brought back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from accounts.models import User
from badges.enums import Visibility
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services import change
from badges.services.show import show
from badges.services.tags import tag, untag

MOST = 200


@dataclass(frozen=True)
class Wish:
    """`visibility` None: as it is."""

    visibility: Visibility | None = None
    add: Sequence[str] = ()
    remove: Sequence[str] = ()


@dataclass
class Done:
    """What changed, as plain values that a session can keep: uids, and what stood there before and stands there now."""

    shown: list[tuple[str, str, str]] = field(default_factory=list)
    tagged: list[tuple[str, str]] = field(default_factory=list)
    untagged: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many badges."""
        touched = [uid for uid, *_rest in (*self.shown, *self.tagged, *self.untagged)]
        return len(set(touched))

    def kept(self) -> dict:
        return {"shown": self.shown, "tagged": self.tagged, "untagged": self.untagged}


@transaction.atomic
def change_many(*, holder: User, uids: Sequence[UUID], wish: Wish) -> Done:
    """Changes those of `uids` (MOST at most) that `holder` holds, all or none; who may not be shown is told apart."""
    assertions = _lock(holder, uids)
    by_key = {assertion.pk: str(assertion.uid) for assertion in assertions}
    done = Done()
    for assertion in assertions:
        _show(assertion, wish.visibility, done)
    added = tag(assertions=assertions, names=wish.add) if wish.add else []
    done.tagged = [(by_key[row.assertion_id], row.name) for row in added]
    removed = untag(assertions=assertions, names=wish.remove) if wish.remove else []
    done.untagged = [(by_key[key], name) for key, name in removed]
    return done


def foresee(*, holder: User, uids: Sequence[UUID], wish: Wish) -> Done:
    """What `change_many` would do, by doing it and taking it back."""
    with transaction.atomic():
        done = change_many(holder=holder, uids=uids, wish=wish)
        transaction.set_rollback(True)
    return done


@transaction.atomic
def undo_many(*, holder: User, kept: dict) -> int:
    """Brings back what `change_many` changed, but what has changed again since. Returns how many badges."""
    done = Done(**kept)
    uids = [UUID(uid) for uid, *_rest in (*done.shown, *done.tagged, *done.untagged)]
    held = {str(assertion.uid): assertion for assertion in _lock(holder, list(dict.fromkeys(uids)))}
    by_key = {assertion.pk: uid for uid, assertion in held.items()}
    touched = set()
    for uid, before, after in done.shown:
        if uid in held and held[uid].visibility == after and _brought_back(held[uid], Visibility(before)):
            touched.add(uid)
    for name, there in _by_name(done.tagged, held).items():
        touched |= {by_key[key] for key, _name in untag(assertions=there, names=[name])}
    for name, there in _by_name(done.untagged, held).items():
        touched |= {str(row.assertion.uid) for row in tag(assertions=there, names=[name])}
    return len(touched)


def _lock(holder: User, uids: Sequence[UUID]) -> list[Assertion]:
    User.objects.select_for_update(no_key=True).get(pk=holder.pk)
    return change.lock_all(Assertion.objects.held_by(holder).filter(uid__in=uids[:MOST]))


def _show(assertion: Assertion, visibility: Visibility | None, done: Done) -> None:
    before = assertion.visibility
    if visibility in {None, before}:
        return
    try:
        show(assertion=assertion, visibility=visibility)
    except NotPossible as refusal:
        done.refused.append((str(assertion.uid), str(refusal)))
    else:
        done.shown.append((str(assertion.uid), before, str(visibility)))


def _by_name(pairs: Sequence[tuple[str, str]], held: dict[str, Assertion]) -> dict[str, list[Assertion]]:
    found: dict[str, list[Assertion]] = {}
    for uid, name in pairs:
        if uid in held:
            found.setdefault(name, []).append(held[uid])
    return found


def _brought_back(assertion: Assertion, visibility: Visibility) -> bool:
    try:
        show(assertion=assertion, visibility=visibility)
    except NotPossible:
        return False
    return True
