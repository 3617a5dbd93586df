"""What the library says no to, and with which code; how long it takes and how much it holds."""

from collections.abc import Callable

import pytest

from badges.formats.errors import FormatError
from tests.cost import peak


def refusal(act: Callable, *arguments, **options) -> FormatError:
    with pytest.raises(FormatError) as refused:
        act(*arguments, **options)
    return refused.value


def code(act: Callable, *arguments, **options) -> str:
    return refusal(act, *arguments, **options).code


def outcome(act: Callable, *arguments, **options) -> str:
    """The code of a refusal, or "good"."""
    try:
        act(*arguments, **options)
    except FormatError as refused:
        return refused.code
    return "good"


def megabytes(act: Callable, *arguments, **options) -> float:
    """The most that was held at once, of an act that may be refused."""
    return peak(lambda: outcome(act, *arguments, **options)) / 1_000_000
