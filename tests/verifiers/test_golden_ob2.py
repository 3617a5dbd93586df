"""Open Badges 2.0 that this project writes, judged by 1EdTech's validator: live, and as it was committed."""

import pytest

from badges.formats.report import Verdict
from tests.verifiers import golden, ours
from tests.verifiers.judges import REFUSED, VALID, ob2_job

# What a verifier is given → what 1EdTech's validator must say of it, and what this project's own says.
VERDICTS = {
    "hosted, by address": (VALID, Verdict.AUTHENTIC),
    "hosted, as JSON": (VALID, Verdict.AUTHENTIC),
    "hosted, with an end": (VALID, Verdict.AUTHENTIC),
    "hosted, over": (REFUSED, Verdict.EXPIRED),
    "hosted, not yet": (REFUSED, Verdict.NOT_YET_VALID),
    "hosted, withdrawn": (REFUSED, Verdict.REVOKED),
    "hosted, not there": (REFUSED, Verdict.UNREACHABLE),
    "hosted, on another host": (REFUSED, Verdict.INVALID),
    "hosted, as altered JSON": (VALID, Verdict.MODIFIED),
    "signed": (VALID, Verdict.AUTHENTIC),
    "signed, with an end": (VALID, Verdict.AUTHENTIC),
    "signed, over": (REFUSED, Verdict.EXPIRED),
    "signed, withdrawn": (REFUSED, Verdict.REVOKED),
    "signed, withdrawn in a list of one": (VALID, Verdict.REVOKED),
    "signed, by another key": (REFUSED, Verdict.MODIFIED),
    "signed, one byte altered": (REFUSED, Verdict.MODIFIED),
    "PNG, hosted": (VALID, Verdict.AUTHENTIC),
    "PNG, signed": (VALID, Verdict.AUTHENTIC),
    "SVG, hosted": (VALID, Verdict.AUTHENTIC),
    "SVG, signed": (VALID, Verdict.AUTHENTIC),
}
THEIRS = {name: theirs for name, (theirs, _ours) in VERDICTS.items()}
OURS = {name: own for name, (_theirs, own) in VERDICTS.items()}
# Where one accepts what the other refuses.
DISAGREEMENTS = {
    "hosted, as altered JSON": "It asks the address and judges that answer, never what it was given.",
    "signed, withdrawn in a list of one": "It does not apply a list of one entry; ours always have two.",
}


@pytest.fixture(scope="module")
def committed():
    return {name: golden.read(text) for name, text in golden.committed("cases.json").items()}


def test_what_was_judged_is_what_is_written_today(committed):
    assert committed == golden.cases()
    assert golden.committed("site.json") == golden.site_as_written(golden.site())


def test_the_committed_verdicts_are_those_that_are_wanted():
    assert {name: verdict for name, (verdict, _why) in golden.committed("verdicts.json").items()} == THEIRS


def test_this_project_judges_them_too(committed):
    assert {name: ours.verdict(given, golden.site()) for name, given in committed.items()} == OURS


def test_disagreements_are_known():
    assert {
        name for name, (theirs, own) in VERDICTS.items() if (theirs == VALID) != (own == Verdict.AUTHENTIC)
    } == set(DISAGREEMENTS)


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
