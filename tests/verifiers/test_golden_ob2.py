"""Open Badges 2.0 that this project writes, judged by 1EdTech's validator: live, and as it was committed."""

import pytest

from tests.verifiers import golden
from tests.verifiers.judges import REFUSED, VALID, ob2_job

# What the validator of 1EdTech must say of each form.
THEIRS = {
    "hosted, by address": VALID,
    "hosted, as JSON": VALID,
    "hosted, with an end": VALID,
    "hosted, over": REFUSED,
    "hosted, not yet": REFUSED,
    "hosted, withdrawn": REFUSED,
    "hosted, not there": REFUSED,
    "hosted, on another host": REFUSED,
    "hosted, as altered JSON": VALID,
    "signed": VALID,
    "signed, with an end": VALID,
    "signed, over": REFUSED,
    "signed, withdrawn": REFUSED,
    "signed, withdrawn in a list of one": VALID,
    "signed, by another key": REFUSED,
    "signed, one byte altered": REFUSED,
    "PNG, hosted": VALID,
    "PNG, signed": VALID,
    "SVG, hosted": VALID,
    "SVG, signed": VALID,
}


@pytest.fixture(scope="module")
def committed():
    return {name: golden.read(text) for name, text in golden.committed("cases.json").items()}


def test_what_was_judged_is_what_is_written_today(committed):
    assert committed == golden.cases()
    assert golden.committed("site.json") == golden.site_as_written(golden.site())


def test_the_committed_verdicts_are_those_that_are_wanted():
    assert {name: verdict for name, (verdict, _why) in golden.committed("verdicts.json").items()} == THEIRS


def test_the_validator_still_says_so(validator_core, committed):
    verdicts = golden.judged(committed, golden.site())

    assert {name: verdict for name, (verdict, _why) in verdicts.items()} == THEIRS


def test_the_validator_knows_the_recipient(validator_core):
    hosted = golden.award("hosted").hosted
    given = [
        ob2_job(hosted, golden.site(), recipient=address) for address in (golden.RECIPIENT, "bob@example.org")
    ]

    hers, other = validator_core(given)

    assert hers.verdict == VALID
    assert other.verdict == REFUSED
    assert "VERIFY_RECIPIENT_IDENTIFIER" in other.why
