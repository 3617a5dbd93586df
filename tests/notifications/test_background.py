"""Jobs and tidies that apps register: each has its turn, none stops another."""

import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from badges.services import send
from notifications import registry
from notifications.patience import Circuit
from notifications.services import background


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(registry, "jobs", {})
    monkeypatch.setattr(registry, "spare_jobs", {})
    monkeypatch.setattr(registry, "tidies", [])


def test_lists_are_a_job_of_the_worker(monkeypatch):
    monkeypatch.undo()
    assert registry.jobs["lists"] is send.advance_due


def test_the_work_of_all_jobs_is_counted():
    registry.register_job("one", lambda: 500)
    registry.register_job("two", lambda: 3)

    assert background.advance_jobs() == 503


@pytest.mark.parametrize("error", [ValueError("broken"), OperationalError("away")])
def test_a_job_that_breaks_is_logged_and_stops_no_other(caplog, error):
    def breaks():
        raise error

    registry.register_job("breaks", breaks)
    registry.register_job("goes on", lambda: 2)

    assert background.advance_jobs() == 2
    assert "breaks" in caplog.text
    assert str(error) in caplog.text


def test_a_name_is_one_job():
    def step():
        return 0

    registry.register_job("one", step)
    registry.register_job("one", step)
    with pytest.raises(ValueError, match="Two jobs are named 'one'"):
        registry.register_job("one", lambda: 0)


class Away:
    """A database that is away for so many turns."""

    def __init__(self, turns: int) -> None:
        self.turns, self.circuit, self.held_back = turns, Circuit(), 0.0

    def deliver(self, **options) -> int:
        self.turns -= 1
        if self.turns >= 0:
            raise OperationalError("away")
        return 0


@pytest.fixture
def worker(monkeypatch, db):
    """Runs the worker with such a database; nobody waits."""

    def run(away: Away) -> None:
        monkeypatch.setattr("notifications.management.commands.worker.Postman", lambda: away)
        monkeypatch.setattr("notifications.management.commands.worker.connection.close", lambda: None)
        monkeypatch.setattr("notifications.management.commands.worker.IDLE_SECONDS", 0.0)
        monkeypatch.setattr("notifications.management.commands.worker.close_old_connections", lambda: None)
        call_command("worker", "--until-empty")

    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_database_that_comes_back_is_waited_for(worker):
    away = Away(3)
    worker(away)
    assert away.turns == -1


def test_a_database_that_stays_away_ends_the_worker_that_was_to_end(worker):
    with pytest.raises(CommandError, match="base de données"):
        worker(Away(100))


@pytest.mark.django_db
def test_each_tidy_has_its_turn_once():
    calls = []

    def breaks():
        calls.append("breaks")
        raise ValueError

    def sweeps():
        calls.append("sweeps")

    for tidy in (breaks, sweeps, sweeps):
        registry.register_tidy(tidy)
    background.tidy()

    assert calls == ["breaks", "sweeps"]


def test_what_waits_for_others_is_done_when_nothing_else_is(worker):
    """Ten issuers that answer after seconds hold up no mail."""
    turns = []

    class Post(Away):
        def deliver(self, **options) -> int:
            turns.append("mail")
            return int(turns.count("mail") < 3)

    def step() -> int:
        turns.append("spare")
        return int(turns.count("spare") < 2)

    registry.register_job("spare", step, spare=True)
    worker(Post(0))

    assert turns == ["mail", "mail", "mail", "spare", "mail", "spare"]
