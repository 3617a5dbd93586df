"""The measures of bench/ still run; what they measure is for a quiet machine."""

import os
import re
import subprocess
import sys

import pytest

from tests.processes import ROOT


def measured(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_pages_are_measured_against_a_constant_one():
    done = measured("bench/pages.py", "--seconds", "0.1", "--connections", "2")

    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^(.+?)\s+\d+\s+[\d.]+\s+[\d.]+\s+([\d.]+)$", done.stdout, re.M)
    assert [name for name, _ratio in rows] == [
        "gallery, signed out",
        "badge and recipients, signed out",
        "home, signed in",
        "my badges, signed in",
    ]
    assert all(float(ratio) > 0 for _name, ratio in rows)


# A mail whose database is away for longer than its lease leaves again, as it should: a restart takes seconds on a busy
# machine, and is no cause of doubles that is looked for here.
FEW = ["--lines", "120", "--kills", "4", "--trouble", "0.3", "--lease", "12", "--limit", "300"]


@pytest.mark.parametrize("by", ["administration", "command"])
def test_whatever_dies_each_line_is_awarded_and_mailed_once(by, on_postgresql, tmp_path):
    engine = "postgres" if on_postgresql else "sqlite"
    report = tmp_path / "report.txt"
    done = measured("-m", "bench.faults", "--engine", engine, "--by", by, "--report", str(report), *FEW)

    assert done.returncode == 0, done.stdout + done.stderr
    said = report.read_text()
    assert said.startswith(f"120 lines given twice by {by}, {engine}, 2 workers")
    assert re.findall(r"^NO .*", said, re.M) == []
    for kept in ["awards, people awarded: (120, 120)", "addresses mailed: 108", "lost: 0", "kills done: 4"]:
        assert f"ok  {kept}\n" in said
    # One worker at least dies with a mail in hand: that double is found, and explained.
    assert re.search(r"^    doubles: [1-9]\d* of at most \d+$", said, re.M)
    assert "UNEXPLAINED" not in said


def test_what_a_list_costs_is_measured():
    done = measured("-m", "bench.organisers", "--lines", "60", "--many", "200")

    assert done.returncode == 0, done.stdout + done.stderr
    for row in [
        r"preview( +[\d.]+){4}",
        r"issue( +[\d.]+){4}",
        r"batch_change sent( +\d+){2}",
        r"issued +[\d.]+",
    ]:
        assert re.search(f"^{row}$", done.stdout, re.M), row
