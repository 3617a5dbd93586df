"""Jobs and tidies that apps register: each has its turn, none stops another."""

import pytest
from django.db import OperationalError

from badges.services import send
from notifications import registry
from notifications.services import background


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(registry, "jobs", {})
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
