from dataclasses import dataclass
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.enums import Visibility
from accounts.models import Profile, User
from home.demonstration import content
from home.demonstration.logins import ROLES, Login
from passport.lib.folding import fold

HOLDERS = 200


@dataclass(frozen=True)
class Person:
    email: str
    first: str
    last: str
    country: str
    town: str
    about: str
    visibility: Visibility

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def create(logins: dict[str, Login], chance: Random) -> tuple[dict[str, User], list[User]]:
    """The accounts of the three roles, and those of the invented holders, which nobody can sign in to."""
    text = content.read("people")
    named = [_of_role(text, role) for role in ROLES]
    invited = {content.address(*name.split(" ", 1)) for name in text["invitations"]["names"]}
    others = _invent(text, chance, taken={person.email for person in named} | invited)
    users = _accounts(named + others)
    roles = dict(zip(ROLES, users, strict=False))
    for role, user in roles.items():
        user.password = logins[role].hash
        user.is_staff = role != "member"
        user.is_superuser = role == "administrator"
    User.objects.bulk_update(roles.values(), ["password", "is_staff", "is_superuser"])
    return roles, users[len(ROLES) :]


def _of_role(text: dict[str, Any], role: str) -> Person:
    row = text["accounts"][role]
    about = text["member"]["about"] if role == "member" else ""
    shown = Visibility.PUBLIC if role == "member" else Visibility.PRIVATE
    return Person(row["email"], row["first"], row["last"], row["country"], row["town"], about, shown)


def _invent(text: dict[str, Any], chance: Random, taken: set[str]) -> list[Person]:
    regions = text["regions"]
    weights = [region["weight"] for region in regions]
    people: list[Person] = []
    while len(people) < HOLDERS:
        region = chance.choices(regions, weights)[0]
        first, last = chance.choice(region["first_names"]), chance.choice(region["last_names"])
        email = content.address(first, last, region["domain"])
        if email not in taken:
            taken.add(email)
            people.append(_describe(text, chance, region, (email, first, last)))
    return people


def _describe(
    text: dict[str, Any], chance: Random, region: dict[str, Any], who: tuple[str, str, str]
) -> Person:
    told = chance.random() < 0.6
    return Person(
        *who,
        country=region["country"],
        town=chance.choice(region["towns"]) if told else "",
        about=chance.choice(text["about"]["texts"]) if told and chance.random() < 0.7 else "",
        visibility=chance.choices([Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PRIVATE], [45, 20, 35])[
            0
        ],
    )


def _accounts(people: list[Person]) -> list[User]:
    closed = make_password(None)
    users = User.objects.bulk_create(User(email=person.email, password=closed) for person in people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    profiles = [_profile(user, person) for user, person in zip(users, people, strict=True)]
    Profile.objects.bulk_create(profiles)
    return users


def _profile(user: User, person: Person) -> Profile:
    profile = Profile(
        user=user,
        first_name=person.first,
        last_name=person.last,
        about=person.about,
        country=person.country,
        town=person.town,
        visibility=person.visibility,
        folded_name=fold(person.name),
    )
    if person.visibility != Visibility.PRIVATE:
        profile.handle = slugify(person.email.partition("@")[0].replace(".", "-"))[:40]
    return profile
