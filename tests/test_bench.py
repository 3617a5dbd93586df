"""The measures of bench/ still run; what they measure is for a quiet machine."""

import os
import re
import subprocess
import sys

from tests.processes import ROOT


def test_pages_are_measured_against_a_constant_one():
    environment = {"PATH": os.environ["PATH"]}

    done = subprocess.run(
        [sys.executable, "bench/pages.py", "--seconds", "0.1", "--connections", "2"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    rows = re.findall(r"^(.+?)\s+\d+\s+[\d.]+\s+[\d.]+\s+([\d.]+)$", done.stdout, re.M)
    assert [name for name, _ratio in rows] == [
        "gallery, signed out",
        "badge and recipients, signed out",
        "home, signed in",
        "my badges, signed in",
    ]
    assert all(0 < float(ratio) < 2 for _name, ratio in rows)
