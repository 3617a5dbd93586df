"""What a list costs: lines a second beside bulk_create of the same rows, memory of a huge list, queries of each page.

    .venv/bin/python -m bench.organisers [--lines 10000] [--many 100000] [--engine sqlite|postgres]

Absolute figures are the machine's; the ratios, the memory and the queries can be compared.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.people import BADGE, list_of, people
from bench.sites import ROOT, Site, site

SMALL, LARGE = 10, 1_000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=10_000, help="of the list that is timed")
    parser.add_argument(
        "--many", type=int, default=100_000, help="lines of the list whose memory is measured"
    )
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="organisers-") as folder,
        site(Path(folder), options.engine) as place,
    ):
        place.run("bin/_setup.py")
        place.python("from bench.inside import make_rows; make_rows()")
        show_speed(place, options.lines)
        constant = show_queries(place)
        show_memory(place, options.many)
    return 0 if constant else 1


def show_speed(place: Site, lines: int) -> None:
    found = json.loads(place.python(f"from bench.inside import measure_speed; measure_speed({lines})"))
    print(f"{f'{lines} lines':36} {'seconds':>8} {'lines/s':>8} {'bulk_create/s':>14} {'ratio':>7}")
    for name, (taken, raw) in found.items():
        print(f"{name:36} {taken:8.2f} {lines / taken:8.0f} {lines / raw:14.0f} {raw / taken:7.3f}")


def show_queries(place: Site) -> bool:
    """Whether each page asks as often for a large list as for a small one."""
    small, large = (
        json.loads(place.python(f"from bench.inside import count_queries; count_queries({lines})"))
        for lines in (SMALL, LARGE)
    )
    print(f"\n{'queries of a page':36} {f'{SMALL} lines':>12} {f'{LARGE} lines':>12}")
    for page, count in small.items():
        print(f"{page:36} {count:12} {large[page]:12}{'' if count == large[page] else '  NOT CONSTANT'}")
    return small == large


def show_memory(place: Site, lines: int) -> None:
    file = place.folder / "liste.csv"
    file.write_bytes(list_of(people(lines, "foule")))
    ground = peak(place, "check")
    commands = {"dry run": ["--dry-run"], "issued": []}
    print(f"\n{f'{lines} lines, {file.stat().st_size / 1e6:.1f} MB':36} {'MB above check':>15}")
    for name, more in commands.items():
        top = peak(place, "issue_badges", "--badge", BADGE, str(file), "--json", *more)
        print(f"{name:36} {(top - ground) / 1e6:15.1f}")


def peak(place: Site, *arguments: str) -> int:
    """Most bytes of memory that a command held."""
    child = subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=place.environment, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{arguments[0]} ended with {child.returncode}")
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main())
