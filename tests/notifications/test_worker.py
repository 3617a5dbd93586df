"""The worker as a real process, with a real mail server."""

import json
import signal
import time

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


@pytest.fixture
def site(tmp_path, mailbox):
    site = Site(tmp_path, EMAIL_URL=mailbox.url)
    assert site.run("migrate").returncode == 0
    site.python(ROWS)
    return site


def award(site: Site, count: int) -> None:
    text = "e-mail\n" + "".join(f"p{n}@exemple.fr\n" for n in range(count))
    assert site.run("issue_badges", "--badge", "b", "-", given=text).returncode == 0


def states(site: Site) -> list[list]:
    return json.loads(site.python(STATES))


def test_two_workers_at_once_send_each_mail_once(site, mailbox):
    award(site, 60)
    workers = [site.start("worker", "--until-empty") for _ in range(2)]
    for worker in workers:
        _out, error = worker.communicate(timeout=60)
        assert worker.returncode == 0, error

    assert len(mailbox.ids) == len(set(mailbox.ids)) == 60
    assert states(site) == [["sent", False]] * 60


def test_a_killed_worker_loses_nothing(site, mailbox):
    award(site, 3)
    mailbox.pause.clear()
    worker = site.start("worker")
    assert mailbox.arrived.wait(20)
    worker.kill()
    worker.communicate(timeout=10)
    assert states(site) == [["queued", True]] * 3

    mailbox.pause.set()
    assert site.run("worker", "--until-empty").returncode == 0
    assert states(site) == [["queued", True]] * 3
    site.python(
        "from notifications.models import Message; Message.objects.update(leased_until='2020-01-01T00:00Z')"
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
    assert mailbox.arrived.wait(20)
    worker.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    assert worker.poll() is None
    mailbox.pause.set()
    _out, error = worker.communicate(timeout=10)

    assert worker.returncode == 0, error
    assert states(site) == [["sent", False], ["queued", False], ["queued", False]]
    assert len(mailbox.ids) == 1


def test_an_idle_worker_ends_at_once(site):
    worker = site.start("worker")
    time.sleep(3)
    start = time.monotonic()
    worker.terminate()
    worker.communicate(timeout=10)

    assert worker.returncode == 0
    assert time.monotonic() - start < 3
