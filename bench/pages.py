"""Requests per second of the main pages under gunicorn, as a ratio to a constant page of the same size in the same run.

    .venv/bin/python bench/pages.py [--seconds 5] [--connections 4]

Makes its own data folder with the demonstration (or uses the database that DATABASE_URL names), serves it on a free
port with one worker, and prints a table. Absolute figures are the machine's; ratios can be compared.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="measured for each page and round")
    parser.add_argument("--connections", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        port = free_port()
        os.environ |= {
            "PASSPORT_DATA": data,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
        }
        session = prepare()
        server = serve(port)
        try:
            wait_until_up(port)
            report(port, session, options)
        finally:
            server.terminate()
            server.wait()
    return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare() -> str:
    """Makes the demonstration and returns the session key of its member."""
    subprocess.run(
        [sys.executable, "bin/_setup.py", "demonstrate"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    found = subprocess.run(
        [sys.executable, "-c", SESSION], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return found.stdout.split()[-1]


SESSION = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count
from accounts.models import User
user = User.objects.filter(is_staff=False).annotate(n=Count("assertions")).order_by("-n").first()
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""


def serve(port: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "passport.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
         "--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--no-control-socket"],
        cwd=ROOT,
    )  # fmt: skip


def wait_until_up(port: int) -> None:
    for _ in range(600):
        try:
            if get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/sante/vive", "")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server does not answer.")


def get(connection: http.client.HTTPConnection, path: str, session: str) -> tuple[int, bytes]:
    headers = {"Host": f"localhost:{connection.port}"} | ({"Cookie": f"session={session}"} if session else {})
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read()


def report(port: int, session: str, options: argparse.Namespace) -> None:
    pages = [
        ("gallery, signed out", "/galerie/badges/", ""),
        ("badge and recipients, signed out", "/galerie/badges/amcsti-2019/", ""),
        ("home, signed in", "/accueil/", session),
        ("my badges, signed in", "/badges/", session),
    ]
    print(f"{'page':36} {'bytes':>8} {'page/s':>8} {'constant/s':>11} {'ratio':>7}")
    for name, path, cookie in pages:
        status, body = get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), path, cookie)
        if status != 200:
            raise SystemExit(f"{path} answers {status}")
        pairs = [
            (rate(port, path, cookie, options), rate(port, f"/constant/{len(body)}", cookie, options))
            for _ in range(ROUNDS)
        ]
        ratio = statistics.median(page / constant for page, constant in pairs)
        page, constant = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:36} {len(body):8} {page:8.1f} {constant:11.1f} {ratio:7.3f}")


def rate(port: int, path: str, session: str, options: argparse.Namespace) -> float:
    """Answers per second over some connections that are kept open, for a bounded time."""
    counts = [0] * options.connections
    end = time.monotonic() + options.seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (
            not counts[number] or time.monotonic() < end
        ):  # one answer at least, however late the thread starts
            get(connection, path, session)
            counts[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(options.connections)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
