"""The judge of a fault run: counts what the database and the mail server say at the end, and explains each double."""

import signal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.faults import Run
    from bench.mail_server import Taken

AWARDS = "SELECT count(*), count(DISTINCT folded_address) FROM badges_assertion"
MESSAGES = "SELECT state, count(*) FROM notifications_message GROUP BY state ORDER BY state"
INVITED = "SELECT count(*), count(DISTINCT address) FROM notifications_message WHERE kind = 'invitation'"
FAILED = "SELECT address, attempts, error FROM notifications_message WHERE state = 'failed' ORDER BY address"
BATCHES = "SELECT state, count(*) FROM badges_batch GROUP BY state ORDER BY state"
LINES = """
SELECT l.outcome, count(*) FROM badges_batchline l JOIN badges_batch b ON b.id = l.batch_id
WHERE b.state <> 'draft' GROUP BY l.outcome ORDER BY l.outcome
"""
LEFT = "SELECT count(*) FROM notifications_message WHERE leased_until IS NOT NULL"
ATTEMPTS = "SELECT id, attempts FROM notifications_message"

# A process that was asked to end while it still started had nothing in hand.
POLITE = {0, -signal.SIGTERM}


def report(run: "Run") -> tuple[str, bool]:
    """The report, and whether every promise was kept."""
    rows = run.site.rows
    lines, refused = len(run.people), len(run.mail.refused)
    mailed = {taken.recipient for taken in run.mail.taken}
    failed = {address for address, _attempts, _error in rows(FAILED)}
    states, batches, outcomes = dict(rows(MESSAGES)), dict(rows(BATCHES)), dict(rows(LINES))
    doubles = list(explained(run))
    died = sum(len(worker.killed) for worker in run.workers)
    cuts = sum(taken.cut for taken in run.mail.taken)
    most = died + cuts
    checks: list[tuple[str, object, object]] = [
        ("drained in time", run.in_time, True),
        ("kills done", len(run.kills), run.options.kills),
        ("awards, people awarded", rows(AWARDS)[0], (lines, lines)),
        ("invitations, addresses invited", rows(INVITED)[0], (lines, lines)),
        ("addresses mailed", len(mailed), lines - refused),
        ("addresses rejected", failed, set(run.mail.refused)),
        ("lost", len(set(run.people) - mailed - failed), 0),
        ("strangers mailed", len(mailed - set(run.people)), 0),
        ("messages by state", states, {"sent": lines - refused, "failed": refused}),
        ("messages in hand", rows(LEFT)[0][0], 0),
        ("lists open", {state for state in batches if state not in {"done", "draft"}}, set()),
        ("lines created", outcomes.get("created"), lines),
        ("lines already awarded", outcomes.get("already"), lines * (batches.get("done", 0) - 1)),
        ("doubles that nothing explains", [said for why, said in doubles if not why], []),
        (f"doubles at most {most}", len(doubles) <= most, True),
        ("organisers' complaints", [o.error for o in run.organisers if o.error], []),
        ("workers that ended by themselves", [s for w in run.workers for s in w.ended], []),
        (
            "processes that did not end politely",
            [status for status in run.statuses if status not in POLITE],
            [],
        ),
    ]
    wrong = [check for check in checks if check[1] != check[2]]
    text = "\n".join(
        [
            *_head(run, died, cuts),
            *(f"{'ok ' if got == wanted else 'NO '} {name}: {_short(got)}" for name, got, wanted in checks),
            *(f"    expected {name}: {_short(wanted)}" for name, _got, wanted in wrong),
            f"    lists by state: {batches}, lines by outcome: {outcomes}",
            f"    doubles: {len(doubles)} of at most {most}",
            *(f"      {said}" for _why, said in doubles),
        ]
    )
    return text, not wrong


def _head(run: "Run", died: int, cuts: int) -> Iterator[str]:
    options, database = run.options, run.site.database
    spent = run.ended - run.began
    rate = len(run.mail.taken) / spent if spent else 0
    yield (
        f"{options.lines} lines given twice by {options.by}, {database.name}, {options.workers} workers, "
        f"seed {options.seed}"
    )
    yield f"    {spent:.1f} s from first process to last note, {rate:.0f} mails/s; prepared in {run.prepared:.1f} s"
    yield f"    kills: {dict(Counter(run.kills))}, {died} of them of workers in flight"
    yield f"    troubles: {', '.join(run.moods)}"
    yield f"    the mail server said {dict(run.mail.said)}; {cuts} cut off before the answer"
    if database.name == "sqlite":
        yield "    database restarts: none, SQLite is a file without a server"
    else:
        yield f"    database restarts: {[f'{end - began:.1f} s' for began, end in database.restarts]}, immediate"


def explained(run: "Run") -> Iterator[tuple[str, str]]:
    """Each mail that was there again after it had been taken: why, or nothing, and a sentence."""
    attempts = dict(run.site.rows(ATTEMPTS))
    is_last = _last_by_life(run)
    by_mail: dict[int, list[Taken]] = defaultdict(list)
    for taken in run.mail.taken:
        by_mail[taken.pk].append(taken)
    for pk, times in by_mail.items():
        for before, after in pairwise(times):
            why = _why(run, before, is_last)
            yield (
                why,
                f"message {pk} to {before.recipient}: again after {after.at - before.at:.1f} s, "
                f"{attempts.get(pk)} attempts counted; {why or 'UNEXPLAINED'}",
            )


def _why(run: "Run", taken: "Taken", is_last: Callable[["Taken"], bool]) -> str:
    """A restart of the database is no reason: what has left is noted when it is back."""
    if taken.cut:
        return "the server cut the line before its answer was read"
    killed = run.workers[taken.worker].killed.get(taken.life)
    if killed is not None and is_last(taken):
        return f"worker {taken.worker} was killed with it in hand ({(killed - taken.at) * 1000:+.0f} ms)"
    return ""


def _last_by_life(run: "Run") -> Callable[["Taken"], bool]:
    """Whether a mail is the last that its process handed over: it has one in hand at a time."""
    last = {(taken.worker, taken.life): taken for taken in run.mail.taken}
    return lambda taken: last[taken.worker, taken.life] is taken


def _short(value: object) -> str:
    text = f"{len(value)} {sorted(map(str, value))[:3]}" if isinstance(value, set) else str(value)
    return text if len(text) < 300 else f"{text[:300]}…"
