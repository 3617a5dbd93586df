from random import Random

from django.db import transaction

from accounts.models import Consent, User
from accounts.services import consent, texts
from badges.lists import Line
from badges.models import BadgeClass, Issuer
from badges.services.issue import issue
from home.demonstration import (
    awards,
    catalogue,
    content,
    conversation,
    following,
    invitation,
    people,
    portfolio,
)
from home.demonstration.logins import Login, addresses

SEED = 2019


def is_loaded() -> bool:
    return User.objects.filter(email__in=addresses()).exists()


def may_load() -> bool:
    """An installation that issues already is left alone."""
    return not Issuer.objects.exists()


@transaction.atomic
def load(logins: dict[str, Login]) -> None:
    """Writes the whole demonstration or, when anything fails, nothing. The same seed makes the same people."""
    chance = Random(SEED)  # noqa: S311  # invented people, not secrets
    texts.publish_missing()
    roles, holders = people.create(logins, chance)
    badge_classes = catalogue.create(roles["organiser"])
    awards.create(badge_classes, roles["member"], holders, chance)
    conversation.create(badge_classes, roles["member"], holders, chance)
    portfolio.create(roles["member"])
    following.create(roles["member"], holders, chance)
    _give_consent([*roles.values(), *holders])
    invitation.invite_first(badge_classes["amcsti-2019"], roles["organiser"])
    _keep_one_waiting(badge_classes, roles["member"])


def _give_consent(users: list[User]) -> None:
    document = consent.statement_in_force()
    if document:
        digest = document.sha256
        Consent.objects.bulk_create(Consent(user=user, document=document, sha256=digest) for user in users)


def _keep_one_waiting(badge_classes: dict[str, BadgeClass], member: User) -> None:
    badge_class = badge_classes[content.read("people")["member"]["waiting"]]
    line = Line(1, member.email, member.name)
    issue(badge_class=badge_class, lines=[line], source="intervenants-amcsti-2019.csv")
