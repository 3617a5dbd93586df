"""Returned mail, as real servers write it, in a pipe, a Maildir, an mbox and over IMAP."""

import json
import mailbox
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from contextlib import closing
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from notifications import bounces, tokens
from notifications.bounces import Fate
from notifications.enums import Delivery, MessageState
from notifications.models import Message
from notifications.services.bounces import Noted, note
from notifications.services.sending import send_due

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "returned"
ADDRESS = "rebonds@exemple.fr"
NOTHING = {noted.value: 0 for noted in Noted}


@pytest.fixture(autouse=True)
def names(settings):
    settings.BOUNCE_ADDRESS, settings.SITE_HOST = ADDRESS, "badges.exemple.fr"


@pytest.fixture
def sent(db, queue):
    message = queue("a", address="claire@exemple.org")
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=timezone.now(), attempts=1)
    return message


def sample(name: str, *, to: str = ADDRESS, message_id: str = "<1@elsewhere.fr>") -> bytes:
    text = (SAMPLES / f"{name}.eml").read_text(encoding="utf-8")
    return text.replace("{to}", to).replace("{message_id}", message_id).encode()


def verp(name: str, message: Message) -> bytes:
    return sample(name, to=tokens.return_address(message.pk))


def delivery(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.delivery, message.error


@pytest.mark.parametrize(
    "name, fate, reason",
    [
        (
            "postfix_failed",
            Fate.FAILED,
            "550 5.1.1 <claire@exemple.org>: Recipient address rejected: "
            "User unknown in virtual mailbox table",
        ),
        (
            "postfix_delayed",
            Fate.DELAYED,
            "4.4.1 connect to mx.exemple.org[192.0.2.25]:25: Connection timed out",
        ),
        ("postfix_delivered", Fate.DELIVERED, "250 2.0.0 Ok: queued as 7C2D1"),
        (
            "exchange_failed",
            Fate.FAILED,
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient claire@exemple.org not found by SMTP address lookup",
        ),
        (
            "gmail_failed",
            Fate.FAILED,
            "550-5.1.1 The email account that you tried to reach does not exist. Please try 550 5.1.1 "
            "double-checking the recipient's email address for typos or unnecessary spaces.",
        ),
        ("ovh_failed", Fate.FAILED, "552 5.2.2 Over quota"),
    ],
)
def test_a_report_says_what_became_of_a_mail(name, fate, reason):
    report = bounces.read(sample(name, to="rebonds+1.a@exemple.fr", message_id="<m@exemple.fr>"))

    assert (report.fate, report.reason) == (fate, reason)
    assert set(report.addresses) == {"rebonds+1.a@exemple.fr"}
    assert set(report.message_ids) == {"<m@exemple.fr>"}


@pytest.mark.parametrize(
    "raw",
    [
        sample("absent"),
        sample("read_receipt"),
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno part",
        b"Content-Type: message/delivery-status\n\nAction: failed",
        b"Content-Type: text/plain; charset=unknown-8bit\nTo: =?x?y?z?=\n\nAction: failed\nStatus: 5.1.1",
    ],
)
def test_what_is_no_report_is_nothing(raw):
    report = bounces.read(raw)
    assert report is None or (report.addresses, report.message_ids) == ((), ())


@pytest.mark.parametrize("name", ["postfix_failed", "exchange_failed", "gmail_failed", "ovh_failed"])
def test_a_rejection_is_known_by_its_return_address_or_its_message_id(sent, name):
    raw = verp(name, sent)
    assert note(report=bounces.read(raw)) == Noted.BOUNCED
    state, error = delivery(sent)
    assert (state, error[:3]) == (Delivery.BOUNCED, {"ovh_failed": "552"}.get(name, "550"))
    assert sent.state == MessageState.SENT

    Message.objects.update(delivery="", error="")
    assert note(report=bounces.read(sample(name, message_id=sent.message_id))) == Noted.BOUNCED
    assert delivery(sent)[0] == Delivery.BOUNCED


def test_the_same_report_twice_changes_nothing_more(sent):
    report = bounces.read(verp("postfix_failed", sent))

    assert [note(report=report), note(report=report)] == [Noted.BOUNCED, Noted.ALREADY]


def test_a_rejection_outweighs_a_delivery_whatever_comes_first(sent):
    good, bad = (bounces.read(verp(f"postfix_{name}", sent)) for name in ("delivered", "failed"))

    assert note(report=good) == Noted.DELIVERED
    assert delivery(sent) == (Delivery.DELIVERED, "")
    assert note(report=bad) == Noted.BOUNCED
    assert note(report=good) == Noted.ALREADY
    assert delivery(sent)[0] == Delivery.BOUNCED


def test_a_delay_changes_nothing(sent):
    assert note(report=bounces.read(verp("postfix_delayed", sent))) == Noted.DELAYED
    assert delivery(sent) == ("", "")


def test_a_forged_report_changes_nothing(sent):
    true = tokens.return_address(sent.pk)
    mac = true.split(".")[1].split("@")[0]
    forged = [
        true.replace(mac, "0" * 24),
        true.replace(f"+{sent.pk}.", f"+{sent.pk + 1}."),
        true.replace("exemple.fr", "exemple.com"),
        f"rebonds+{sent.pk}@exemple.fr",
        # the signature of a Message-ID is none of a return address
        f"rebonds+{sent.message_id[1:].split('@')[0]}@exemple.fr",
        ADDRESS,
    ]
    ids = [
        f"<{sent.pk}.{mac}@badges.exemple.fr>",
        sent.message_id.replace("badges.", ""),
        "<1@badges.exemple.fr>",
    ]
    for raw in [*(sample("postfix_failed", to=to) for to in forged),
                *(sample("postfix_failed", message_id=id_) for id_ in ids)]:  # fmt: skip
        assert note(report=bounces.read(raw)) == Noted.UNKNOWN
    assert delivery(sent) == ("", "")


def test_a_mail_that_is_gone_is_unknown(sent):
    raw = verp("postfix_failed", sent)
    Message.objects.all().delete()
    assert note(report=bounces.read(raw)) == Noted.UNKNOWN


def test_names_given_under_an_older_key_are_still_read(sent, settings):
    raw = verp("postfix_failed", sent)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of some length"
    assert note(report=bounces.read(raw)) == Noted.BOUNCED


def test_the_envelope_alone_bears_the_return_address(over_smtp, queue):
    message = queue("a")
    send_due()

    (mail,) = over_smtp.mails
    assert over_smtp.senders == [tokens.return_address(message.pk)]
    assert over_smtp.senders[0].startswith(f"rebonds+{message.pk}.")
    assert mail["From"] == "badges@exemple.fr"
    assert "rebonds" not in mail.as_string()


def test_without_an_address_the_envelope_is_as_ever(over_smtp, queue, settings):
    settings.BOUNCE_ADDRESS = ""
    queue("a")
    send_due()

    assert over_smtp.senders == ["badges@exemple.fr"]


def read(*arguments: str, **options) -> dict:
    out = options.setdefault("stdout", TextIOWrapper(BytesIO(), encoding="utf-8"))
    call_command("read_bounces", *arguments, "--json", **options)
    out.seek(0)
    return {name: count for name, count in json.loads(out.read()).items() if count}


@pytest.fixture
def piped(monkeypatch):
    def pipe(raw: bytes) -> None:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw)))

    return pipe


@pytest.fixture(params=["maildir", "mbox"])
def box(request, tmp_path):
    path = tmp_path / "returned"
    kind = mailbox.Maildir if request.param == "maildir" else mailbox.mbox
    box = kind(path, create=True)
    box.path_ = path
    yield box
    box.close()


def fill(box, message: Message) -> None:
    for raw in [
        verp("postfix_failed", message),
        verp("postfix_delayed", message),
        verp("absent", message),
        sample("gmail_failed"),
    ]:
        box.add(raw)
    box.flush()


def test_a_pipe_hands_over_one_mail(sent, piped):
    piped(verp("exchange_failed", sent))
    assert read("-") == {"bounced": 1}
    assert delivery(sent)[0] == Delivery.BOUNCED


def test_a_mailbox_is_read_once_and_what_is_not_ours_is_left_unread(sent, box):
    fill(box, sent)

    assert read("--mailbox", str(box.path_)) == {"bounced": 1, "delayed": 1, "unknown": 1, "other": 1}
    assert delivery(sent)[0] == Delivery.BOUNCED
    assert read("--mailbox", str(box.path_)) == {"unknown": 1, "other": 1}
    with closing(type(box)(box.path_)) as again:
        assert len(again) == 4


def test_a_trial_run_writes_and_marks_nothing(sent, box):
    fill(box, sent)

    for _ in range(2):
        assert read("--mailbox", str(box.path_), "--dry-run")["bounced"] == 1
    assert delivery(sent) == ("", "")


def test_a_database_that_is_away_leaves_the_mail_unread_and_asks_to_come_back(sent, box, monkeypatch):
    def away(**arguments):
        raise OperationalError("away")

    fill(box, sent)
    with monkeypatch.context() as patch:
        patch.setattr("notifications.management.commands.read_bounces.note", away)
        with pytest.raises(CommandError, match="away") as refused:
            read("--mailbox", str(box.path_))
    assert refused.value.returncode == 75
    assert read("--mailbox", str(box.path_))["bounced"] == 1


def test_the_report_in_words(sent, piped, capsys):
    piped(verp("postfix_failed", sent))
    call_command("read_bounces", "-")

    assert capsys.readouterr().out == (
        "Rejets\xa0: 1. Distribués\xa0: 0. Retards\xa0: 0. Déjà notés\xa0: 0. Sans rapport avec ce site\xa0: 0. "
        "Autres e-mails, laissés non lus\xa0: 0.\n"
    )


def test_a_command_without_a_mailbox_says_what_it_lacks(tmp_path):
    with pytest.raises(CommandError, match="BOUNCE_URL"):
        read()
    with pytest.raises(CommandError, match="nothing"):
        read("--mailbox", str(tmp_path / "nothing"))


DOVECOT = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=mot@passe
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@pytest.fixture
def imap(settings):
    """A real server, where there is one; only root may start it."""
    program = shutil.which("dovecot")
    if not program or os.getuid():
        pytest.skip("dovecot is not installed, or not ours to start")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # It reads mail as an ordinary person, who has no access to the folders of a test that root runs.
    person = pwd.getpwnam("nobody")
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        box = mailbox.Maildir(folder / "mail", create=True)
        for place in [folder / "mail", *(folder / "mail").iterdir()]:
            os.chown(place, person.pw_uid, person.pw_gid)
        configuration = folder / "dovecot.conf"
        configuration.write_text(
            DOVECOT.format(folder=folder, port=port, uid=person.pw_uid, gid=person.pw_gid)
        )
        settings.BOUNCE_URL = f"imap://rebonds:mot%40passe@127.0.0.1:{port}/INBOX"
        server = subprocess.Popen([program, "-F", "-c", str(configuration)], stderr=subprocess.PIPE)
        wait_for(port)
        yield box
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def test_a_folder_of_an_imap_server_is_read_and_marked_like_any_other(sent, imap):
    fill(imap, sent)

    assert read("--dry-run") == {"bounced": 1, "delayed": 1, "unknown": 1, "other": 1}
    assert read() == {"bounced": 1, "delayed": 1, "unknown": 1, "other": 1}
    assert delivery(sent)[0] == Delivery.BOUNCED
    assert read() == {"unknown": 1, "other": 1}


def test_a_wrong_password_of_an_imap_server_says_so(sent, imap, settings):
    settings.BOUNCE_URL = settings.BOUNCE_URL.replace("mot%40passe", "faux")
    with pytest.raises(CommandError, match="AUTHENTICATIONFAILED"):
        read()
