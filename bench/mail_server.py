"""A real SMTP server with moods, which writes down every mail that it took and from which worker.

Each worker has a port of its own: so it is known which mail a process had in hand when it died.
"""

import asyncio
import logging
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from aiosmtpd.smtp import SMTP

from bench.sites import free_port

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<(?P<pk>[0-9]+)\.", re.IGNORECASE | re.MULTILINE)
LIMIT_PER_CONNECTION = 3
# It would tell of each line that was cut off.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


class Mood(StrEnum):
    WELL = "well"
    DOWN = "down"
    SLOW = "slow"
    GREY = "greylisting"
    CUT_IN_TEXT = "cut in the text"
    CUT_AFTER_TEXT = "cut after the text, before the answer"
    LIMIT = "421 after a few mails"
    BUSY = "452 at every mail"


TROUBLES = [mood for mood in Mood if mood != Mood.WELL]


@dataclass
class Taken:
    """A mail that the server has. `life`: of the worker that sent it; `cut`: it may not have heard the answer."""

    pk: int
    recipient: str
    worker: int
    life: int
    at: float
    cut: bool = False


@dataclass
class MailServer:
    workers: int
    refused: frozenset[str] = frozenset()
    seed: int = 0
    mood: Mood = Mood.WELL
    taken: list[Taken] = field(default_factory=list)
    said: Counter = field(default_factory=Counter)
    # The life of each worker's process, counted by who starts it.
    lives: list[int] = field(default_factory=list)
    # Called once, with the number of the worker, at the next mail that is taken.
    at_next: Callable[[int], None] | None = None

    def __post_init__(self) -> None:
        self.ports = [free_port() for _worker in range(self.workers)]
        self.lives = [0] * self.workers
        self.met: set[str] = set()
        self.chance = random.Random(self.seed)  # noqa: S311 - chance, not secrets
        self.open: set[Conversation] = set()
        self.listening: list[asyncio.Server] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> "MailServer":
        self.thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *_error: object) -> None:
        self._do(self._shut())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def feel(self, mood: Mood) -> None:
        if Mood.DOWN in {mood, self.mood} and mood != self.mood:
            self._do(self._shut() if mood == Mood.DOWN else self._listen())
        self.mood = mood

    @property
    def answered(self) -> int:
        return self.said.total()

    def _do(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    async def _listen(self) -> None:
        for worker, port in enumerate(self.ports):
            self.listening.append(
                await self.loop.create_server(partial(Conversation, self, worker), "127.0.0.1", port)
            )

    async def _shut(self) -> None:
        for server in self.listening:
            server.close()
        for talk in list(self.open):
            if talk.unheard:
                talk.unheard.cut = True
            talk.transport.abort()  # type: ignore[union-attr]
        self.listening.clear()
        await asyncio.sleep(0.05)

    def take(self, talk: "Conversation", content: bytes, recipient: str) -> bool:
        """Writes a mail down; False when its sender will never hear of it."""
        gone = talk.transport is None or talk.transport.is_closing()
        cut = gone or self.mood == Mood.CUT_AFTER_TEXT
        found = MESSAGE_ID.search(content)
        pk = int(found["pk"]) if found else 0
        talk.unheard = Taken(pk, recipient, talk.worker, talk.life, time.monotonic(), cut)
        self.taken.append(talk.unheard)
        act, self.at_next = self.at_next, None
        if act:
            act(talk.worker)
        return not cut


class Conversation(SMTP):
    """One connection. It is its own handler: what is said depends on the server's mood at that moment."""

    def __init__(self, server: MailServer, worker: int) -> None:
        super().__init__(self, hostname="localhost", loop=server.loop)
        self.server, self.worker, self.life = server, worker, server.lives[worker]
        self.carried = 0
        # The last mail, until the next command tells that its answer was read.
        self.unheard: Taken | None = None

    def connection_made(self, transport) -> None:
        self.life = self.server.lives[self.worker]
        self.server.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error) -> None:
        self.server.open.discard(self)
        with suppress(Exception):  # aiosmtpd expects conversations to end politely
            super().connection_lost(error)

    async def handle_MAIL(self, _smtp, _session, envelope, address, _options) -> str:
        self.unheard = None
        await self._take_time()
        if self.server.mood == Mood.LIMIT and self.carried >= LIMIT_PER_CONNECTION:
            return self._say("421 4.7.0 too many mails in this connection")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _smtp, _session, envelope, address, _options) -> str:
        await self._take_time()
        if address in self.server.refused:
            return self._say("550 5.1.1 no such user")
        if self.server.mood == Mood.BUSY:
            return self._say("452 4.3.1 insufficient system storage")
        if self.server.mood == Mood.GREY and address not in self.server.met:
            self.server.met.add(address)
            return self._say("451 4.7.1 greylisted, come back")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def smtp_DATA(self, arg) -> None:
        if self.server.mood == Mood.CUT_IN_TEXT and self.envelope and self.envelope.rcpt_tos:
            await self.push("354 go on")
            await self._reader.read(200)
            self._say("cut in the text")
            self.transport.abort()  # type: ignore[union-attr]
            return
        await super().smtp_DATA(arg)

    async def handle_DATA(self, _smtp, _session, envelope) -> str:
        await self._take_time()
        if self.server.take(self, envelope.content, envelope.rcpt_tos[0]):
            self.carried += 1
            return self._say("250 OK")
        if self.transport:
            self.transport.abort()  # type: ignore[attr-defined]
        return self._say("cut after the text")

    async def _take_time(self) -> None:
        if self.server.mood == Mood.SLOW:
            await asyncio.sleep(self.server.chance.uniform(0.02, 0.2))

    def _say(self, text: str) -> str:
        self.server.said[text[:3] if text[:1].isdigit() else text] += 1
        return text
