"""Digests leave at 8 by the site's clock, whatever the season and wherever the server stands."""

from datetime import UTC, datetime

import pytest

from notifications.enums import Pace
from notifications.hours import next_digest


def after(moment: str, pace: Pace) -> str:
    return next_digest(pace, datetime.fromisoformat(moment)).astimezone(UTC).isoformat()


@pytest.mark.parametrize(
    "now, then",
    [
        ("2026-11-24T06:59:59+00:00", "2026-11-24T07:00:00+00:00"),
        # At the very hour it is too late: its digest may have been made.
        ("2026-11-24T07:00:00+00:00", "2026-11-25T07:00:00+00:00"),
        ("2026-07-01T05:00:00+00:00", "2026-07-01T06:00:00+00:00"),
        # 23:30 UTC is the next day in Paris already.
        ("2026-11-24T23:30:00+00:00", "2026-11-25T07:00:00+00:00"),
        # Clocks go back on 25 October 2026 and forward on 29 March 2026: 25 and 23 hours later.
        ("2026-10-24T06:00:00+00:00", "2026-10-25T07:00:00+00:00"),
        ("2026-03-28T07:00:00+00:00", "2026-03-29T06:00:00+00:00"),
    ],
)
def test_the_daily_one_is_the_next_morning(now, then):
    assert after(now, Pace.DAILY) == then


@pytest.mark.parametrize(
    "now, then",
    [
        ("2026-11-24T12:00:00+00:00", "2026-11-30T07:00:00+00:00"),
        ("2026-11-30T06:59:00+00:00", "2026-11-30T07:00:00+00:00"),
        ("2026-11-30T07:00:00+00:00", "2026-12-07T07:00:00+00:00"),
        ("2026-11-29T23:30:00+00:00", "2026-11-30T07:00:00+00:00"),
        ("2026-10-19T06:00:00+00:00", "2026-10-26T07:00:00+00:00"),
    ],
)
def test_the_weekly_one_is_the_next_monday_morning(now, then):
    assert after(now, Pace.WEEKLY) == then


def test_the_hour_is_that_of_the_site(settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    assert after("2026-11-24T12:00:00+00:00", Pace.DAILY) == "2026-11-24T19:00:00+00:00"


@pytest.mark.parametrize("pace", [Pace.AT_ONCE, Pace.NEVER])
def test_the_other_paces_have_none(pace):
    assert next_digest(pace, datetime.now(UTC)) is None
