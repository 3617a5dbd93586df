"""Who gives the list: an organiser in front of the administration, or the command. Each starts again after a kill."""

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from http.cookiejar import CookieJar
from threading import Event, Thread

from bench.people import PASSWORD
from bench.sites import Site

FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
ACTION = re.compile(r'<form\b[^>]*\baction="([^"]*)"')
FIELD = re.compile(r"<(?:input|button)\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')
AWAY = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)
PAUSE, TOO_MANY = 0.2, 429
LIST = ("liste.csv", "text/csv")


class Broken(Exception):
    """The site answered what it must not."""


class Browser:
    """Keeps cookies, follows redirects, fills the form of a page; asks again while the site is away."""

    def __init__(self, site: Site, stop: Event) -> None:
        self.base = site.environment["SITE_URL"]
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.stop = stop
        self.cut = 0

    def get(self, path: str) -> tuple[str, str]:
        request = urllib.request.Request(urllib.parse.urljoin(self.base, path))  # noqa: S310 - our own site
        return self._again(path, lambda: self._open(request))

    def submit(
        self, path: str, holding: str, values: dict[str, str], file: tuple[str, bytes] | None = None
    ) -> tuple[str, str] | None:
        """Posts the form of the page at `path` that has the field `holding`. None when the answer was cut off, since
        nobody knows then what was done, or when the page has no such form (any more)."""
        where, html = self.get(path)
        found = next((form for form in FORM.findall(html) if f'name="{holding}"' in form), None)
        if found is None:
            return None
        action = ACTION.search(found)
        target = urllib.parse.urljoin(where, action[1]) if action and action[1] else where
        body, kind = _encoded(_hidden(found) | values, file)
        try:
            return self._open(urllib.request.Request(target, body, {"Content-Type": kind, "Referer": where}))  # noqa: S310
        except AWAY as error:
            if _is_refusal(error):
                raise Broken(f"{target}: {error}") from error
            self.cut += 1
            time.sleep(PAUSE)
            return None

    def _again(self, path: str, ask: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        met: object = "nothing was asked"
        while not self.stop.is_set():
            try:
                return ask()
            except AWAY as error:
                if _is_refusal(error):
                    raise Broken(f"{path}: {error}") from error
                met = error
                time.sleep(PAUSE)
        raise Broken(f"The site stayed away until the end: {met}")

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        with self.opener.open(request, timeout=60) as response:
            return response.url, response.read().decode()


def _is_refusal(error: Exception) -> bool:
    """What waiting does not mend. A process that is killed while it counts a visitor's attempts leaves them locked for
    ten seconds: sign-in then answers 429."""
    return isinstance(error, urllib.error.HTTPError) and error.code < 500 and error.code != TOO_MANY


def _hidden(form: str) -> dict[str, str]:
    """What the form carries by itself: hidden fields."""
    fields = [dict(ATTRIBUTE.findall(tag)) for tag in FIELD.findall(form)]
    return {
        field["name"]: field.get("value", "")
        for field in fields
        if field.get("type") == "hidden" and "name" in field
    }


def _encoded(values: dict[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    if file is None:
        return urllib.parse.urlencode(values).encode(), "application/x-www-form-urlencoded"
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    field, content = file
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{LIST[0]}"\r\n'
    parts.append(head.encode() + f"Content-Type: {LIST[1]}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


class ByAdministration(Thread):
    """Signs in, gives the list, confirms it. After a cut it looks again, as a person would."""

    def __init__(self, site: Site, address: str, badge: int, content: bytes) -> None:
        super().__init__(daemon=True)
        self.address, self.badge, self.content = address, badge, content
        self.stop = Event()
        self.browser = Browser(site, self.stop)
        self.error = ""
        self.given = 0

    def run(self) -> None:
        try:
            self.sign_in()
            self.confirm(self.give())
        except Broken as error:
            self.error = str(error)

    def sign_in(self) -> None:
        values = {"login": self.address, "password": PASSWORD}
        while self.browser.get("/admin/")[0].count("/connexion/"):
            self.browser.submit("/compte/connexion/", "password", values)

    def give(self) -> str:
        """The address of the draft."""
        while not self.stop.is_set():
            self.given += 1
            answer = self.browser.submit(
                f"/admin/badges/badgeclass/{self.badge}/delivrer/", "text", {}, ("file", self.content)
            )
            if answer and "/admin/badges/batch/" in answer[0]:
                return answer[0]
            if answer:
                raise Broken(f"The list was not taken: {answer[0]}")
        raise Broken("The list was never taken.")

    def confirm(self, draft: str) -> None:
        sending = urllib.parse.urljoin(draft, "../envoyer/")
        while self.browser.get(sending)[0].rstrip("/") == sending.rstrip("/"):
            self.browser.submit(sending, "subject", {})


class ByCommand(Thread):
    """`issue_badges`, killed now and then; the same list again does what was not done."""

    def __init__(self, site: Site, badge: str, content: bytes, number: int) -> None:
        super().__init__(daemon=True)
        file = site.folder / "liste.csv"
        file.write_bytes(content)
        self.process = site.process(
            f"organiser {number}", "manage.py", "issue_badges", "--badge", badge, str(file), "--json"
        )
        self.stop = Event()
        self.error = ""

    def run(self) -> None:
        while not self.stop.is_set():
            self.process.start()
            status = self.process.popen.wait() if self.process.popen else 0
            if self.process.life in self.process.killed:
                continue
            if status:
                self.error = f"issue_badges ended with {status}"
            return
