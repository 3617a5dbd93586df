"""When digests leave: in the morning, by the site's clock."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from notifications.enums import Pace

HOUR = time(8)
DAYS = {Pace.DAILY: 1, Pace.WEEKLY: 7}


def next_digest(pace: str, now: datetime) -> datetime | None:
    """The first digest after `now`: of the day, or of Monday; None for a pace that has none.

    Days are counted on the calendar: a night that is an hour longer or shorter moves nothing.
    """
    if pace not in DAYS:
        return None
    zone, days = timezone.get_default_timezone(), DAYS[Pace(pace)]
    day = now.astimezone(zone).date()
    day += timedelta(days=-day.weekday() % days)
    at = datetime.combine(day, HOUR, tzinfo=zone)
    return at if at > now else datetime.combine(day + timedelta(days=days), HOUR, tzinfo=zone)
