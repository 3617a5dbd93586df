"""The measures of the tests: they see what they are for, and nothing else."""

import time

import pytest
from django.contrib.contenttypes.models import ContentType

from badges.models import Issuer
from tests.cost import measured, peak, within


def spend(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@pytest.mark.django_db
def test_a_count_does_not_depend_on_what_the_process_knows_already(django_assert_num_queries):
    for _time in range(2):
        ContentType.objects.clear_cache()  # as after the flush that follows a transactional test
        with django_assert_num_queries(1):
            ContentType.objects.get_for_model(Issuer)
            Issuer.objects.count()


def test_waiting_costs_nothing_and_working_does():
    assert measured(lambda: time.sleep(0.2))[1] < 0.1
    assert measured(lambda: spend(0.2))[1] >= 0.2


def test_one_quick_turn_is_enough():
    turns = iter([0.3, 0.3, 0])

    assert within(0.2, lambda: spend(next(turns)) or "done") == "done"


def test_what_always_takes_long_fails():
    with pytest.raises(AssertionError, match=r"0\.1\d+, 0\.1\d+, 0\.1\d+ seconds .* never less than 0\.1"):
        within(0.1, lambda: spend(0.1))


def test_the_peak_is_what_was_held_at_once():
    assert 10_000_000 <= peak(lambda: [bytes(10_000_000) for _turn in range(1)]) < 12_000_000
    assert peak(lambda: [len(bytes(1_000_000)) for _turn in range(20)]) < 3_000_000
