"""The skills for which people recommend a person, as their profile shows them, in three queries."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Min, Window
from django.db.models.functions import RowNumber

from accounts.models import Profile, User
from badges.models import Assertion
from badges.querysets import level_of
from connections.models import Recognition
from connections.recognition_shown import name_links
from passport.lib.folding import fold

# The skills that most people recommend, each with its newest texts.
SKILLS, TEXTS = 24, 10
OFFERED, BADGES = 40, 200


@dataclass
class Skill:
    word: str
    # Of those that this reader may read.
    number: int
    rows: list[Recognition] = field(default_factory=list)


def skills(person: Profile, viewer, somebody) -> list[Skill]:
    """What `viewer` reads on a profile that they have open; names lead where `somebody` of their level may go."""
    shown = Recognition.objects.shown().of_skills().filter(holder=person.user_id).without_blocked_by(viewer)
    counted = shown.values("folded_skill").annotate(number=Count("pk"), word=Min("skill"))
    first = counted.order_by("-number", "folded_skill")[:SKILLS]
    found = {row["folded_skill"]: Skill(row["word"], row["number"]) for row in first}
    if not found:
        return []
    place = Window(
        RowNumber(), partition_by="folded_skill", order_by=[F("written_at").desc(), F("pk").desc()]
    )
    newest = shown.filter(folded_skill__in=found).annotate(place=place).filter(place__lte=TEXTS)
    rows = list(newest.select_related("author__profile").order_by("-written_at", "-pk"))
    name_links(rows, somebody)
    for row in rows:
        found[row.folded_skill].rows.append(row)
    return list(found.values())


def offered(author: User, holder: User) -> list[str]:
    """Keywords of the badges of `holder` that `author` may see, each once."""
    seen = Assertion.objects.held_by(holder).shown_to(level_of(author)).order_by("-accepted_at", "-pk")
    lists = seen.values_list("badge_class__tags", flat=True)[:BADGES]
    words = {fold(word): word for tags in lists for word in tags}
    return sorted(words.values(), key=fold)[:OFFERED]
