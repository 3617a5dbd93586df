"""The worker as a real process, with a real mail server."""

import json
import os
import shutil
import signal
import time
from contextlib import closing, contextmanager

import psycopg2
import pytest

from tests.processes import Site

ROWS = (
    "from badges.models import *; from django.utils import timezone\n"
    "issuer = Issuer.objects.create(name='Amcsti', slug='amcsti')\n"
    "BadgeClass.objects.create(issuer=issuer, name='B', slug='b', image='x', published_at=timezone.now())"
)
STATES = (
    "import json; from notifications.models import Message\n"
    "print(json.dumps([[m.state, m.leased_until is not None] for m in Message.objects.order_by('pk')]))"
)


@pytest.fixture(scope="module")
def server(on_postgresql):
    """Runs a statement on the PostgreSQL server; nothing with SQLite."""
    if not on_postgresql:
        yield lambda statement: None
        return
    with closing(psycopg2.connect(f"{databases()}/postgres")) as server:
        server.autocommit = True
        yield server.cursor().execute


def databases() -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0]


@contextmanager
def database(server, on_postgresql: bool, name: str, like: str = "template1"):
    """What a site of its own has for DATABASE_URL: with PostgreSQL, a database of its own."""
    name = f"{name}_{os.getpid()}"
    server(f"CREATE DATABASE {name} TEMPLATE {like}")
    yield {"DATABASE_URL": f"{databases()}/{name}"} if on_postgresql else {}
    server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def model(tmp_path_factory, server, on_postgresql):
    """The folder of a site with its tables and a badge, made once: migrating takes seconds."""
    folder = tmp_path_factory.mktemp("model")
    with database(server, on_postgresql, "passport_model") as environment:
        site = Site(folder, **environment)
        migrated = site.run("migrate")
        assert migrated.returncode == 0, migrated.stderr
        site.python(ROWS)
        yield folder


@pytest.fixture
def site(tmp_path, mailbox, model, server, on_postgresql):
    shutil.copytree(model, tmp_path, dirs_exist_ok=True)
    like = f"passport_model_{os.getpid()}"
    with database(server, on_postgresql, "passport_worker", like) as environment:
        yield Site(tmp_path, EMAIL_URL=mailbox.url, **environment)


def award(site: Site, count: int) -> None:
    text = "e-mail\n" + "".join(f"p{n}@exemple.fr\n" for n in range(count))
    assert site.run("issue_badges", "--badge", "b", "-", given=text).returncode == 0


def states(site: Site) -> list[list]:
    return json.loads(site.python(STATES))


def test_two_workers_at_once_send_each_mail_once(site, mailbox):
    award(site, 60)
    workers = [site.start("worker", "--until-empty") for _ in range(2)]
    for worker in workers:
        _out, error = worker.communicate(timeout=180)
        assert worker.returncode == 0, error

    assert len(mailbox.ids) == len(set(mailbox.ids)) == 60
    assert states(site) == [["sent", False]] * 60


def test_a_slow_server_gets_no_mail_twice_from_two_workers(site, mailbox):
    """The conversations of each take more than a lease: what waits behind one must not be taken twice."""
    site.environment |= {"OUTBOX_LEASE": "6", "EMAIL_TIMEOUT": "1"}
    mailbox.slow = 2
    award(site, 8)
    workers = [site.start("worker", "--until-empty") for _ in range(2)]
    for worker in workers:
        _out, error = worker.communicate(timeout=180)
        assert worker.returncode == 0, error

    assert len(mailbox.ids) == len(set(mailbox.ids)) == 8
    assert states(site) == [["sent", False]] * 8


def test_a_killed_worker_loses_nothing(site, mailbox):
    award(site, 3)
    mailbox.pause.clear()
    worker = site.start("worker")
    assert mailbox.arrived.wait(60)
    worker.kill()
    worker.communicate(timeout=180)
    assert states(site) == [["queued", True], ["queued", False], ["queued", False]]

    mailbox.pause.set()
    assert site.run("worker", "--until-empty").returncode == 0
    assert states(site) == [["queued", True], ["sent", False], ["sent", False]]
    site.python(
        "from notifications.models import Message\n"
        "Message.objects.filter(state='queued').update(leased_until='2020-01-01T00:00Z')"
    )
    assert site.run("worker", "--until-empty").returncode == 0

    assert states(site) == [["sent", False]] * 3
    # The mail that was in hand may arrive twice: its Message-ID tells the mailbox so.
    assert len(set(mailbox.ids)) == 3
    assert len(mailbox.ids) <= 4


def test_sigterm_finishes_the_mail_in_hand_and_gives_back_the_others(site, mailbox):
    award(site, 3)
    mailbox.pause.clear()
    worker = site.start("worker")
    assert mailbox.arrived.wait(60)
    worker.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert worker.poll() is None
    mailbox.pause.set()
    _out, error = worker.communicate(timeout=180)

    assert worker.returncode == 0, error
    assert states(site) == [["sent", False], ["queued", False], ["queued", False]]
    assert len(mailbox.ids) == 1


def test_without_a_server_until_empty_ends_says_so_and_keeps_the_mails(site, mailbox):
    award(site, 2)
    site.environment["EMAIL_URL"] = "smtp://127.0.0.1:1"
    start = time.monotonic()
    done = site.run("worker", "--until-empty")

    assert done.returncode == 1
    assert "Serveur de mail injoignable" in done.stderr
    assert 7 < time.monotonic() - start < 60
    assert states(site) == [["queued", False]] * 2
    site.environment["EMAIL_URL"] = mailbox.url
    assert site.run("worker", "--until-empty").returncode == 0
    assert states(site) == [["sent", False]] * 2


def test_a_pace_is_kept_by_the_process(site, mailbox):
    award(site, 6)
    site.environment["MAIL_PER_MINUTE"] = "120"
    start = time.monotonic()
    assert site.run("worker", "--until-empty").returncode == 0

    assert len(mailbox.ids) == 6
    assert time.monotonic() - start > 2


def test_what_is_not_due_does_not_hold_until_empty(site, mailbox):
    award(site, 3)
    site.python(
        "from datetime import timedelta; from django.utils import timezone\n"
        "from badges.models import Batch; from notifications.models import Message\n"
        "first, second, _third = Message.objects.order_by('pk')\n"
        "later = timezone.now() + timedelta(hours=1)\n"
        "Message.objects.filter(pk=first.pk).update(state='held')\n"
        "Message.objects.filter(pk=second.pk).update(due_at=later)\n"
        "list_ = Batch.objects.get()\n"
        "for state, starts_at in [('sending', later), ('paused', None), ('draft', None)]:\n"
        "    Batch.objects.create(badge_class=list_.badge_class, state=state, starts_at=starts_at, source='x')"
    )
    assert site.run("worker", "--until-empty").returncode == 0

    assert states(site) == [["held", False], ["queued", False], ["sent", False]]


def test_an_idle_worker_ends_at_once(site, mailbox):
    award(site, 1)
    worker = site.start("worker")
    assert mailbox.arrived.wait(60)
    time.sleep(1)
    start = time.monotonic()
    worker.terminate()
    worker.communicate(timeout=180)

    assert worker.returncode == 0
    assert time.monotonic() - start < 10
