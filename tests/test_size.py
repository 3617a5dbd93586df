"""Small enough to be held whole."""

from statistics import median

import pytest

from tests.code import files_of_tests, functions, is_view, name, python_files, tree

FILE, TEST_FILE, FUNCTION, VIEW = 400, 600, 40, 25
MEDIAN_FILE, MEDIAN_FUNCTION = 80, 8


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def length(function) -> int:
    return function.end_lineno - function.lineno + 1


def sizes(paths) -> dict[str, int]:
    return {
        f"{name(path)}:{function.name}": length(function)
        for path in paths
        for function in functions(tree(path))
    }


def over(limit: int, found: dict[str, int]) -> dict[str, int]:
    return {place: size for place, size in found.items() if size > limit}


@pytest.mark.parametrize(
    "limit, paths", [(FILE, python_files()), (TEST_FILE, files_of_tests())], ids=["code", "tests"]
)
def test_no_file_is_long(limit, paths):
    assert over(limit, {name(path): lines(path) for path in paths}) == {}


def test_no_function_is_long():
    assert over(FUNCTION, sizes(python_files())) == {}


def test_no_view_is_long():
    assert over(VIEW, sizes(path for path in python_files() if is_view(path))) == {}


def test_the_usual_file_and_function_are_short():
    assert median(size for path in python_files() if (size := lines(path))) <= MEDIAN_FILE
    assert median(sizes(python_files()).values()) <= MEDIAN_FUNCTION


def test_there_is_more_test_than_code():
    assert sum(map(lines, files_of_tests())) > sum(map(lines, python_files()))


def test_size_is_seen(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("def long():\n" + "    pass\n" * 40 + "\n\ndef short():\n    pass\n")

    assert [length(function) for function in functions(tree(path))] == [41, 2]
    assert over(FUNCTION, {"long": 41, "short": 2}) == {"long": 41}
