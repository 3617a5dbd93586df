"""« Votre passeport »: the numbers of the first page, which are those of the tabs that they name."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import Profile, User
from badges.enums import Visibility
from badges.models import Assertion
from connections import lists
from connections.models import BadgeFollow, IssuerFollow, PersonFollow
from pages.models import Page
from passport.lib.counting import lengths


@dataclass(frozen=True)
class Card:
    """`badges` as their tab counts them, without those that were put away; `may_be_shown` and `public` are all that
    could be and that are public; `follows` has also what is asked, and what cannot be seen at present."""

    profile: Profile
    badges: dict[str, int]
    pages: int
    followers: int
    may_be_shown: int
    public: int
    follows: int
    addresses: int


def card(user: User) -> Card:
    """Two queries, and the profile when it is not read yet."""
    held = Assertion.objects.held_by(user)
    numbers = lengths(
        user,
        {
            "pages": Page.objects.of(user),
            "followers": lists.followers(user),
            "may_be_shown": held.valid(),
            "public": held.shown_to(Visibility.PUBLIC),
            "badges": BadgeFollow.objects.of(user),
            "issuers": IssuerFollow.objects.of(user),
            "people": PersonFollow.objects.filter(follower=user),
            "addresses": EmailAddress.objects.filter(user=user, verified=True),
        },
    )
    return Card(
        user.profile,
        badges=held.kept().visibility_counts(),
        pages=numbers["pages"],
        followers=numbers["followers"],
        may_be_shown=numbers["may_be_shown"],
        public=numbers["public"],
        follows=numbers["badges"] + numbers["issuers"] + numbers["people"],
        addresses=numbers["addresses"],
    )
