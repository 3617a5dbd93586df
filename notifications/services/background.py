"""The work of the background besides mail: what each app has registered."""

import logging
from collections.abc import Callable, Iterable

from django.core.management import call_command
from django.db import connection

from notifications import registry
from notifications.exceptions import DATABASE_AWAY

logger = logging.getLogger(__name__)


def advance_jobs() -> int:
    """One step of every job; returns how much was done. One that breaks is logged and stops no other."""
    return _steps(registry.jobs)


def advance_spare_jobs() -> int:
    """The same of those that have time."""
    return _steps(registry.spare_jobs)


def _steps(jobs: dict[str, registry.Job]) -> int:
    return sum(_guarded(name, step) for name, step in jobs.items())


def tidy() -> None:
    """What has had its time leaves the database, beginning with sessions that have ended and what they held."""
    for name, act in [("clearsessions", _clear_sessions), *_named(registry.tidies)]:
        _guarded(name, act)


def _clear_sessions() -> None:
    call_command("clearsessions")


def _named(acts: Iterable[Callable[[], object]]) -> list[tuple[str, Callable[[], object]]]:
    return [(getattr(act, "__qualname__", repr(act)), act) for act in acts]


def _guarded(name: str, act: Callable[[], object]) -> int:
    try:
        done = act()
        return done if isinstance(done, int) else 0
    except DATABASE_AWAY as error:  # the database is away: it is asked again in the next turn
        logger.warning("%s: %s", name, error)
        connection.close()
    except Exception:
        logger.exception("The job %s failed", name)
    return 0
