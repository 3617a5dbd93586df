from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from badges.models import BadgeClass
from connections.models import BadgeFollow, Comment
from home.demonstration import content


def create(catalogue: dict[str, BadgeClass], member: User, holders: list[User], chance: Random) -> None:
    """Comments under some badges, and who follows which."""
    now = timezone.now()
    Comment.objects.bulk_create(
        Comment(
            badge_class=catalogue[row["badge"]],
            author=chance.choice(holders),
            text=row["text"],
            created_at=now - timedelta(hours=chance.randint(30, 9000)),
        )
        for row in content.read("badges")["comments"]
    )
    followed = {(member, slug) for slug in content.read("people")["member"]["follows"]}
    followed |= {(chance.choice(holders), chance.choice(list(catalogue))) for _ in range(150)}
    BadgeFollow.objects.bulk_create(
        BadgeFollow(user=user, badge_class=catalogue[slug]) for user, slug in followed
    )
