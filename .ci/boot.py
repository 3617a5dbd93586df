"""Waits for the server on the given port, then asks for the first page and its style sheets, as a proxy."""

import re
import sys
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

ADDRESS = f"http://127.0.0.1:{int(sys.argv[1])}"


def get(path: str) -> str:
    request = Request(ADDRESS + path, headers={"Host": "badges.example.org", "X-Forwarded-Proto": "https"})  # noqa: S310  # loopback
    with urlopen(request, timeout=10) as response:  # noqa: S310
        if response.status != 200 or response.url != ADDRESS + path:
            sys.exit(f"{path} : {response.status}, {response.url}")
        return response.read().decode()


def wait() -> None:
    deadline = time.monotonic() + 180
    while True:
        try:
            get("/sante/vive")
        except URLError:
            if time.monotonic() > deadline:
                sys.exit("Le serveur ne répond pas.")
            time.sleep(0.3)
        else:
            return


wait()
sheets = re.findall(r'href="(/static/[^"]+\.css)"', get("/"))
if not sheets:
    sys.exit("La première page n’a pas de feuille de style.")
for sheet in sheets:
    get(sheet)
print(f"/ : 200, {len(sheets)} feuilles de style")
