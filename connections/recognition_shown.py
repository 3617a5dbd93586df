"""What pages show of the recognition of a badge, in a number of queries that does not grow."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.http import urlencode

from badges.models import Assertion
from connections.models import Block, Congratulation, Recognition, RecognitionRequest
from connections.querysets import profiles_open_to
from connections.recognition_querysets import CongratulationQuerySet, RecognitionQuerySet
from passport.lib import keyset


@dataclass(frozen=True)
class Listed:
    """A page of a list. Its rows have `author_handle`: where the name of who wrote leads, for this viewer, or ""."""

    rows: list
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class Shown:
    """Under a badge, for one viewer: what is written of it, how many have congratulated, and what they may do."""

    recognitions: Listed
    congratulations: int
    has_congratulated: bool
    written: Recognition | None
    may_recognise: bool


def shown(assertion: Assertion, viewer, cursor: str) -> Shown:
    """Names of those who congratulate are told to nobody but the holder: whom one knows is not a publication."""
    rows = Recognition.objects.shown_to(viewer).filter(assertion=assertion)
    congratulations = Congratulation.objects.counted().filter(assertion=assertion)
    may = viewer.is_authenticated and assertion.holder_id != viewer.pk and not assertion.is_revoked
    if may:
        may = not Block.objects.between(viewer, assertion.holder_id).exists()
    return Shown(
        recognitions=listed(rows, viewer, cursor, order=("-written_at", "-id"), name="suite"),
        congratulations=congratulations.count(),
        has_congratulated=may and congratulations.of(viewer).exists(),
        written=Recognition.objects.written_by(viewer).filter(assertion=assertion).first() if may else None,
        may_recognise=may,
    )


def listed(
    rows: RecognitionQuerySet | CongratulationQuerySet,
    viewer,
    cursor: str,
    *,
    order: tuple[str, ...],
    name: str,
) -> Listed:
    """A page of what people have said, and where their names lead; `name`: of its cursor in the address."""
    page = keyset.page(
        rows.select_related("author__profile"), order=order, size=settings.BADGES_PER_PAGE, cursor=cursor
    )
    name_links(page.rows, viewer)
    return Listed(page.rows, _url(name, page.previous), _url(name, page.following))


def requests(assertion: Assertion, viewer, cursor: str) -> Listed:
    """A page of whom the holder has asked. `member_name`: "" unless the member's profile is open to them now."""
    rows = RecognitionRequest.objects.filter(assertion=assertion)
    page = keyset.page(rows, order=("-created_at", "-id"), size=settings.BADGES_PER_PAGE, cursor=cursor)
    asked = {row.member_id for row in page.rows if row.member_id}
    profiles = profiles_open_to(viewer).filter(user_id__in=asked)
    names = {profile.user_id: profile.name for profile in profiles}
    for row in page.rows:
        row.member_name = names.get(row.member_id, "")
    return Listed(page.rows, _url("demandes", page.previous), _url("demandes", page.following))


def name_links(rows: list[Any], viewer) -> None:
    """Gives each row its `author_handle`; at most one query."""
    authors = {row.author_id for row in rows if row.author_id}
    handles: dict[int | None, str] = {}
    if authors:
        profiles = profiles_open_to(viewer).filter(user_id__in=authors)
        handles = dict(profiles.values_list("user_id", "handle"))
    for row in rows:
        row.author_handle = handles.get(row.author_id, "")


def _url(name: str, cursor: str) -> str:
    return f"?{urlencode({name: cursor})}" if cursor else ""
