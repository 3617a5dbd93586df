import pytest

from accounts.models import Profile, User
from passport.lib.counting import lengths

pytestmark = pytest.mark.django_db


def test_several_lists_are_counted_in_one_query(alice, bob, django_assert_num_queries):
    lists = {
        "people": User.objects.order_by("-email"),
        "bobs": Profile.objects.filter(user=bob),
        "nobody": User.objects.none(),
        "first": User.objects.order_by("pk")[:1],
    }
    with django_assert_num_queries(1):
        assert lengths(alice, lists) == {"people": 2, "bobs": 1, "nobody": 0, "first": 1}


def test_nothing_to_count_asks_nothing(alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lengths(alice, {}) == {}
