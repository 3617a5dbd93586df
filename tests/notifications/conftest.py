import asyncio
import socket
import threading
from email import message_from_bytes, policy

import environ
import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives

from notifications import registry
from notifications.enums import Pace
from notifications.registry import Line
from notifications.services import outbox


class Mailbox:
    """A real SMTP server on loopback. `answers` maps an address to what it is told; `pause` holds what follows DATA."""

    def __init__(self) -> None:
        self.mails: list = []
        self.recipients: list[str] = []
        self.senders: list[str] = []
        self.connections = 0
        self.answers: dict[str, str] = {}
        self.pause = threading.Event()
        self.pause.set()
        self.drop = False
        self.after_data = ""
        self.greeting: str | None = None
        self.sender: str | None = None
        self.mails_per_connection = 0
        self.letter_by_letter = False
        self.slow = 0.0
        self.arrived = threading.Event()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        session.carried = 0
        return [self.greeting] if self.greeting else responses

    async def handle_HELO(self, server, session, envelope, hostname):
        session.host_name = hostname
        return self.greeting or "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mails_per_connection and session.carried == self.mails_per_connection:
            return "421 too many mails in this connection"
        if not self.sender:
            self.senders.append(address)
            envelope.mail_from = address
        return self.sender or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.arrived.set()
        while not self.pause.is_set():
            await asyncio.sleep(0.02)
        await asyncio.sleep(self.slow)
        while self.letter_by_letter and not server.transport.is_closing():
            server.transport.write(b"2")
            await asyncio.sleep(0.1)
        if self.drop:
            server.transport.close()
            return "250 never read"
        if self.after_data:
            return self.after_data
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        session.carried += 1
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


@pytest.fixture
def mailbox():
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{port}"
    yield mailbox
    mailbox.pause.set()
    controller.stop()


@pytest.fixture
def over_smtp(settings, mailbox):
    for name, value in environ.Env.email_url_config(mailbox.url).items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "notifications.smtp.Backend"
    settings.EMAIL_TIMEOUT = 5
    return mailbox


@pytest.fixture
def kind(monkeypatch):
    """A kind of mail for tests: « trial »."""

    def render(message):
        mail = EmailMultiAlternatives(
            subject=message.context.get("subject", "Essai"), body="Voici.", from_email="badges@exemple.fr"
        )
        mail.attach_alternative("<p>Voici.</p>", "text/html")
        return None if message.context.get("lost") else mail

    monkeypatch.setitem(registry.renderers, "trial", render)
    return "trial"


@pytest.fixture
def queue(kind):
    def write(key: str, **options):
        return outbox.queue(
            key=key, kind=kind, address=options.pop("address", f"{key}@exemple.fr"), **options
        )

    return write


class News:
    """A kind of notification for tests: all of it may be seen but `hidden`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden: set[str] = set()
        self.asked = 0

    def tell(self, person, rows):
        self.asked += 1
        return {
            row.pk: Line(f"Nouvelle {row.subject}", f"/badges/?n={row.subject}")
            for row in rows
            if row.subject not in self.hidden
        }


@pytest.fixture
def register_news(monkeypatch):
    def register(name: str, pace: Pace = Pace.DAILY, label: str = "") -> News:
        news = News(name)
        kind = registry.Kind(label=label or f"Sorte {name}", tell=news.tell, pace=pace)
        monkeypatch.setitem(registry.kinds, name, kind)
        return news

    return register


@pytest.fixture
def news(register_news):
    return register_news("news")


@pytest.fixture
def at_once(register_news):
    return register_news("urgent", Pace.AT_ONCE)
