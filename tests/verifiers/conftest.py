"""Tests judged by programs that others wrote. Where these are not installed they are left out, except in CI."""

import os

import pytest

from tests.verifiers import judges


@pytest.fixture(scope="session")
def judge():
    """Gives jobs to the judges, all at once; see `tests.verifiers.judges`."""
    reason = judges.missing()
    if reason and not os.environ.get("PASSPORT_REQUIRE_VERIFIERS"):
        pytest.skip(reason)
    assert not reason
    return judges.judge
