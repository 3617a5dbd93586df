import base64
import json

import pytest

from badges.models import BadgeClass
from passport.lib.keyset import page
from tests.factories import BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db
BY_COUNT = ("-public_recipients", "folded_name", "pk")


@pytest.fixture
def seven():
    issuer = IssuerFactory()
    for number, count in enumerate([3, 3, 1, 9, 0, 3, 9]):
        BadgeClassFactory(issuer=issuer, name=f"B{number}", public_recipients=count, member_recipients=count)


def names(found):
    return [row.name for row in found]


def walk(order, size):
    """Every page forwards, then backwards from the last."""
    forwards, cursor = [], ""
    while True:
        found = page(BadgeClass.objects.all(), order=order, size=size, cursor=cursor)
        forwards.append(names(found))
        if not found.following:
            break
        cursor = found.following
    backwards = [names(found)]
    while found.previous:
        found = page(BadgeClass.objects.all(), order=order, size=size, cursor=found.previous)
        backwards.insert(0, names(found))
    return forwards, backwards


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10])
def test_pages_are_the_whole_order_in_both_directions(seven, size):
    forwards, backwards = walk(BY_COUNT, size)

    assert [name for names_of_page in forwards for name in names_of_page] == [
        "B3",
        "B6",
        "B0",
        "B1",
        "B5",
        "B2",
        "B4",
    ]
    assert backwards == forwards


def test_rows_added_before_the_page_do_not_move_it(seven):
    first = page(BadgeClass.objects.all(), order=BY_COUNT, size=3)
    BadgeClassFactory(name="A", public_recipients=50, member_recipients=50)

    assert names(page(BadgeClass.objects.all(), order=BY_COUNT, size=3, cursor=first.following)) == [
        "B1",
        "B5",
        "B2",
    ]


def cursor_of(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%%%", "é", "A" * 3000, cursor_of(0), cursor_of(0, 1, 2, 3), cursor_of(0, "a", "b", "c"),
        cursor_of(2, 1, "b", 1), cursor_of(0, 10**30, "b", 1), cursor_of(0, 1, "b\0", 1), cursor_of(0, None, "b", 1),
        cursor_of(0, True, "b", 1), cursor_of(0, [1], "b", 1), cursor_of({}, 1, "b", 1),
    ],
)  # fmt: skip
def test_a_cursor_that_makes_no_sense_is_the_first_page(seven, cursor):
    found = page(BadgeClass.objects.all(), order=BY_COUNT, size=2, cursor=cursor)

    assert names(found) == ["B3", "B6"]


def test_a_page_is_one_query(seven, django_assert_num_queries):
    with django_assert_num_queries(1):
        page(BadgeClass.objects.all(), order=BY_COUNT, size=3)
