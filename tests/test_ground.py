"""The ground that all stands on: pinned requirements, scripts a shell can read, a README one can read."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
SHELL = sorted(path for path in (ROOT / "bin").iterdir() if path.is_file() and path.suffix == "")


def by_name(path: Path) -> str:
    return path.name


def pinned(path: Path) -> set[str]:
    """Every `name==version` of a requirements file."""
    return {line.split(" ")[0] for line in path.read_text().splitlines() if not line.startswith(" ")}


def test_there_is_one_requirements_file_for_each_use():
    assert [path.name for path in REQUIREMENTS] == ["base.txt", "dev.txt"]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=by_name)
def test_each_requirement_is_pinned_and_hashed(path):
    blocks = re.split(r"\n(?=\S)", path.read_text().strip())

    assert blocks
    assert [
        block for block in blocks if not re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[0-9]\S* ", block)
    ] == []
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=by_name)
def test_requirements_name_no_address(path):
    assert re.findall(r"\w+://|--(?:extra-)?index|--find-links| @ ", path.read_text()) == []


def test_what_serves_is_what_was_tested():
    base, dev = (pinned(ROOT / "requirements" / name) for name in ("base.txt", "dev.txt"))

    assert base - dev == set()


def test_the_scripts_of_the_readme_exist():
    assert {"run", "test", "build", "lock", "serve"} <= {path.name for path in SHELL}


@pytest.mark.parametrize("path", SHELL, ids=by_name)
def test_scripts_can_be_run(path):
    assert os.access(path, os.X_OK)
    assert path.read_text().startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", path], check=True)


def test_ci_can_be_run():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=True)


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return port


def serve(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "bin/serve", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_busy_port_gets_a_clear_sentence(taken_port):
    answer = serve("binds", PORT=str(taken_port))

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(f"Le port {taken_port} est déjà utilisé par un autre programme.")


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "8000 "])
def test_an_odd_port_gets_a_clear_sentence(port):
    answer = serve("binds", PORT=port)

    assert (answer.returncode, answer.stderr) == (1, f"PORT={port} : indiquez un nombre entre 1 et 65535.\n")


def test_bind_chooses_the_address(free_port):
    answer = serve("binds", PORT=str(free_port), BIND="0.0.0.0")  # noqa: S104

    assert (answer.returncode, answer.stdout) == (0, f"--bind 0.0.0.0:{free_port}\n")


def test_an_unknown_command_is_refused():
    answer = serve("frobnicate")

    assert answer.returncode == 2
    assert answer.stderr.startswith("Usage : bin/serve setup|web|worker|manage")


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="no README yet")
def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 100


def test_the_licence_is_the_one_that_the_package_names():
    assert (
        (ROOT / "LICENSE").read_text().startswith("MIT License\n\nCopyright (c) 2026 The Passport authors\n")
    )
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text()
