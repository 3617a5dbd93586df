"""Which IP addresses a request may go to."""

import pytest

from passport.lib.fetch.judged import is_public
from tests.passport.fetch.ranges import INSIDE, OUTSIDE


@pytest.mark.parametrize("address", INSIDE.split())
def test_an_address_inside_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE.split())
def test_its_neighbours_outside_are_public(address):
    assert is_public(address)
