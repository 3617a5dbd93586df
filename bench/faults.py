"""Two organisers give the same list at once while everything dies: what is lost, what is doubled, and why.

    .venv/bin/python -m bench.faults --lines 10000 --kills 12 --engine postgres --workers 2

Real processes on a site of its own: web, workers, a mail server with moods (down, slow, greylisting, refusing,
limiting, cutting), `kill -9` at random moments and at the instant a mail is taken, restarts of the database. The end
must be: one award for each line, each address mailed once, none lost; a mail may be there twice only when its sender
was killed, or cut off, between the text and the note that it has left. Ends with 1 when a promise is broken.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.faults_report import report
from bench.mail_server import TROUBLES, MailServer, Mood
from bench.organiser import ByAdministration, ByCommand
from bench.people import BADGE, ORGANISERS, list_of, people
from bench.sites import Process, Site, site

REFUSED = 20
BACKOFF = "1,1,2,2,3,3,5,5"
WAITING = """
SELECT (SELECT count(*) FROM notifications_message WHERE state = 'queued')
     + (SELECT count(*) FROM badges_batch WHERE state = 'sending')
"""


def main() -> int:
    options = arguments()
    chance = random.Random(options.seed)  # noqa: S311 - chance, not secrets
    given = people(options.lines)
    refused = frozenset(chance.sample(given, min(REFUSED, options.lines // 10)))
    with (
        tempfile.TemporaryDirectory(prefix="faults-") as folder,
        MailServer(options.workers, refused, options.seed) as mail,
        site(Path(folder), options.engine, OUTBOX_LEASE=str(options.lease), OUTBOX_BACKOFF=BACKOFF) as place,
    ):
        run = Run(options, place, mail, given, chance)
        run.prepare()
        run.until_drained()
        said, kept = report(run)
        print(said)
        if options.report:
            options.report.write_text(said + "\n", encoding="utf-8")
        if not kept:
            run.show_logs()
    return 0 if kept else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=12, help="kill -9 of a worker or of the web")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--by", choices=["administration", "command"], default="administration")
    parser.add_argument("--trouble", type=float, default=3, help="seconds that a mood lasts, about")
    parser.add_argument("--lease", type=int, default=10, help="OUTBOX_LEASE of this site, in seconds")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which it is given up")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", type=Path)
    return parser.parse_args()


@dataclass
class Run:
    options: argparse.Namespace
    site: Site
    mail: MailServer
    people: list[str]
    chance: random.Random
    kills: list[str] = field(default_factory=list)
    moods: list[Mood] = field(default_factory=list)
    workers: list[Process] = field(default_factory=list)
    web: Process | None = None
    organisers: list[ByAdministration | ByCommand] = field(default_factory=list)
    prepared: float = 0
    began: float = 0
    ended: float = 0
    well_again: float = 0
    in_time: bool = False
    # What the processes said of their end when they were asked politely.
    statuses: list[int] = field(default_factory=list)

    def prepare(self) -> None:
        """A migrated site with its rows and processes; nothing runs yet."""
        began = time.monotonic()
        by_web = self.options.by == "administration"
        self.site.run("bin/_setup.py") if by_web else self.site.run("manage.py", "migrate", "-v0")
        badge = int(self.site.python("from bench.inside import make_rows; make_rows()"))
        self.workers = [
            self.site.process(
                f"worker {n}", "manage.py", "worker", EMAIL_URL=f"smtp://127.0.0.1:{self.mail.ports[n]}"
            )
            for n in range(self.options.workers)
        ]
        content = list_of(self.people)
        if by_web:
            self.web = self.site.web()
            self.organisers = [ByAdministration(self.site, address, badge, content) for address in ORGANISERS]
        else:
            self.organisers = [
                ByCommand(self.site, BADGE, content, n) for n, _address in enumerate(ORGANISERS)
            ]
        self.prepared = time.monotonic() - began

    @property
    def kept_alive(self) -> list[Process]:
        return [*self.workers, *([self.web] if self.web else [])]

    def until_drained(self) -> None:
        self.began = time.monotonic()
        for process in self.kept_alive:
            process.start()
        self.watch()
        for organiser in self.organisers:
            organiser.start()
        agenda = list(self.agenda())
        while agenda and not self.late:
            self.step(agenda)
        self.mail.feel(Mood.WELL)
        while not self.late and not self.drained:
            self.watch()
            time.sleep(0.2)
        self.in_time, self.ended = not self.late, time.monotonic()
        for organiser in self.organisers:
            organiser.stop.set()
            organiser.join(5)
        self.statuses = [process.stop() for process in self.kept_alive]

    @property
    def late(self) -> bool:
        return time.monotonic() - self.began > self.options.limit or all(o.error for o in self.organisers)

    @property
    def drained(self) -> bool:
        return not any(organiser.is_alive() for organiser in self.organisers) and not self.waiting()

    def waiting(self) -> int:
        return self.site.rows(WAITING)[0][0]

    def step(self, agenda: list[tuple[float, Callable[[], None]]]) -> None:
        self.watch()
        if self.well_again and time.monotonic() > self.well_again:
            self.well_again = 0
            self.mail.feel(Mood.WELL)
        if self.progress >= agenda[0][0]:
            agenda.pop(0)[1]()
        time.sleep(0.01)

    @property
    def progress(self) -> float:
        """What the mail server has answered, for one line; up to a tenth is counted before, by the clock."""
        answered = self.mail.answered / self.options.lines
        return 0.1 + answered if answered else min(0.09, (time.monotonic() - self.began) / 100)

    def agenda(self) -> Iterator[tuple[float, Callable[[], None]]]:
        """What befalls the site at which progress: the first while the list is given, then one after the other."""
        early = max(1, self.options.kills // 5)
        giver = self.kill_web if self.web else self.kill_organiser
        acts: list[tuple[float, Callable[[], None]]] = [
            (self.chance.uniform(0.005, 0.06), giver) for _kill in range(early)
        ]
        kinds = [self.kill_worker, self.kill_at_a_mail, *([self.kill_web] if self.web else [])]
        later = self.options.kills - early
        acts += [(0.1 + self.moment(number, later), kinds[number % len(kinds)]) for number in range(later)]
        if self.site.database.name == "postgres":
            acts += [(0.1 + self.chance.uniform(*span), self.restart) for span in [(0.02, 0.4), (0.5, 0.9)]]
        troubles = self.chance.sample(TROUBLES, len(TROUBLES))
        acts += [
            (0.1 + self.moment(number, len(troubles)), partial(self.worsen, mood))
            for number, mood in enumerate(troubles)
        ]
        return iter(sorted(acts, key=lambda act: act[0]))

    def moment(self, number: int, count: int) -> float:
        """Somewhere in its share of the way: at random, and not all at the end."""
        return 0.95 * (number + self.chance.random()) / count

    def watch(self) -> None:
        for number, worker in enumerate(self.workers):
            worker.watch()
            self.mail.lives[number] = worker.life
        if self.web:
            self.web.watch()

    def kill_worker(self) -> None:
        time.sleep(self.chance.uniform(0, 0.2))
        self.kills.append("worker")
        self.chance.choice(self.workers).kill()

    def kill_at_a_mail(self) -> None:
        """At the worst instant: the server has the mail, the worker has not heard of it."""
        self.kills.append("worker at a mail")
        self.mail.at_next = lambda worker: self.workers[worker].kill()

    def kill_web(self) -> None:
        self.kills.append("web")
        if self.web:
            self.web.kill()

    def kill_organiser(self) -> None:
        self.kills.append("organiser")
        for organiser in self.organisers:
            if isinstance(organiser, ByCommand):
                organiser.process.kill()

    def restart(self) -> None:
        self.site.database.restart()

    def worsen(self, mood: Mood) -> None:
        self.moods.append(mood)
        self.mail.feel(mood)
        self.well_again = time.monotonic() + self.options.trouble * self.chance.uniform(0.6, 1.4)

    def show_logs(self) -> None:
        for process in self.site.processes:
            if process.log.exists():
                print(f"--- {process.name}", process.log.read_text(encoding="utf-8")[-3000:], sep="\n")


if __name__ == "__main__":
    sys.exit(main())
