"""A site of its own in a folder: data, database, processes that are killed and started again."""

import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect as sqlite
from typing import Any

import psycopg2  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Sqlite:
    """A file: there is no server to restart."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "passport.sqlite3"
        self.url = f"sqlite:///{self.path}"
        self.restarts: list[tuple[float, float]] = []

    def connect(self) -> Any:
        return sqlite(self.path, timeout=20)

    def restart(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        pass


class Postgres:
    """A cluster of its own, which a user other than root must own."""

    name = "postgres"

    def __init__(self, folder: Path) -> None:
        self.restarts: list[tuple[float, float]] = []
        self.home = folder / "postgres"
        self.home.mkdir()
        self.user = _unprivileged()
        if self.user:
            os.chown(self.home, pwd.getpwnam(self.user).pw_uid, -1)
            folder.chmod(0o755)
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/passport"
        cluster = str(self.home / "cluster")
        self._as_owner(
            "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.home}"
        self.control = ["pg_ctl", "-D", cluster, "-l", str(self.home / "log"), "-o", options, "-w"]
        self._as_owner(*self.control, "start")
        with closing(psycopg2.connect(self.url.replace("/passport", "/postgres"))) as server:
            server.autocommit = True
            server.cursor().execute("CREATE DATABASE passport")

    def connect(self) -> Any:
        return psycopg2.connect(self.url, connect_timeout=5)

    def restart(self) -> None:
        """Every conversation is cut, as by a crash; what was committed is there again."""
        began = time.monotonic()
        self._as_owner(*self.control, "-m", "immediate", "restart")
        self.restarts.append((began, time.monotonic()))

    def stop(self) -> None:
        self._as_owner(*self.control, "-m", "immediate", "stop")

    def _as_owner(self, program: str, *arguments: str) -> None:
        command = [str(_programs() / program), *arguments]
        if self.user:
            command = ["runuser", "-u", self.user, "--", *command]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)


def _unprivileged() -> str:
    """PostgreSQL refuses to run as root: whose name it takes then."""
    if os.geteuid() != 0:
        return ""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("No PostgreSQL on this machine: apt install postgresql, or --engine sqlite.")
    return found[-1].parent


Database = Sqlite | Postgres


@dataclass
class Process:
    """What is started again whenever it ends. `life` counts the starts; a life may end by a kill, or by itself."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    life: int = 0
    killed: dict[int, float] = field(default_factory=dict)
    ended: list[int] = field(default_factory=list)
    popen: subprocess.Popen | None = None

    def start(self) -> None:
        self.life += 1
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """With its children: nothing is told, nothing is tidied."""
        if self.popen and self.popen.poll() is None:
            self.killed.setdefault(self.life, time.monotonic())
            os.killpg(self.popen.pid, signal.SIGKILL)

    def watch(self) -> bool:
        """Starts it again when it has ended; says whether it had."""
        if self.popen is None or self.popen.poll() is None:
            return False
        if self.life not in self.killed:
            self.ended.append(self.popen.returncode)
        self.start()
        return True

    def stop(self) -> int:
        """Its status after a polite request to end."""
        if self.popen is None:
            return 0
        self.popen.terminate()
        try:
            return self.popen.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.popen.pid, signal.SIGKILL)
            return self.popen.wait()


class Site:
    def __init__(self, folder: Path, engine: str, **environment: str) -> None:
        self.folder = folder
        self.database: Database = Postgres(folder) if engine == "postgres" else Sqlite(folder)
        self.port = free_port()
        self.processes: list[Process] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "passport.settings",
            "PASSPORT_DATA": str(folder),
            "PORT": str(self.port),
            "SITE_URL": f"http://localhost:{self.port}",
            "DATABASE_URL": self.database.url,
            "LOG_LEVEL": "WARNING",
            **environment,
        }

    def run(self, *arguments: str, given: bytes = b"", check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            input=given,
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise SystemExit(f"{arguments[0]} ended with {done.returncode}:\n{done.stderr.decode()}")
        return done

    def python(self, code: str) -> str:
        """The last line that `code` prints, with the models of this site at hand."""
        said = self.run("manage.py", "shell", "--no-imports", "-c", code).stdout.decode().split("\n")
        return [line for line in said if line][-1]

    def process(self, name: str, *arguments: str, **environment: str) -> Process:
        """A process of the site, not started yet."""
        process = Process(
            name,
            [sys.executable, *arguments],
            self.environment | environment,
            self.folder / f"{name.replace(' ', '-')}.log",
        )
        self.processes.append(process)
        return process

    def web(self) -> Process:
        return self.process(
            "web", "-m", "gunicorn", "passport.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
            "--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket",
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple]:
        with closing(self.database.connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(query)
            return cursor.fetchall()

    def close(self) -> None:
        for process in self.processes:
            if process.popen and process.popen.poll() is None:
                os.killpg(process.popen.pid, signal.SIGKILL)
                process.popen.wait()
        self.database.stop()


@contextmanager
def site(folder: Path, engine: str, **environment: str) -> Iterator[Site]:
    made = Site(folder, engine, **environment)
    try:
        yield made
    finally:
        made.close()
