"""Tests judged by programs that others wrote. Where these are not installed they are left out, except in CI."""

import os

import pytest

from tests.verifiers import judges


@pytest.fixture(scope="session")
def judge():
    """Gives jobs to the judges, all at once; see `tests.verifiers.judges`."""
    reason = judges.no_node()
    if reason and not os.environ.get("PASSPORT_REQUIRE_VERIFIERS"):
        pytest.skip(reason)
    assert not reason
    return judges.judge


@pytest.fixture(scope="session")
def validator_core():
    """Gives jobs to 1EdTech's validator of Open Badges 2.0, where it is installed (it needs an old Python)."""
    if not judges.VALIDATOR_CORE.exists():
        pytest.skip("1EdTech's validator of Open Badges 2.0 is not installed (see tests/verifiers/README.md)")
    return judges.validator_core


@pytest.fixture(scope="session", autouse=True)
def _judges_go_home():
    yield
    judges.LIBRARIES.stop()
    judges.CORE.stop()
