"""`binds`: gunicorn's options for the addresses to listen on, or why not. `healthy`: whether it answers."""

import errno
import http.client
import os
import socket
import sys
from urllib.parse import urlsplit


def port() -> int:
    text = os.environ["PORT"]
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        sys.exit(f"PORT={text} : indiquez un nombre entre 1 et 65535.")
    return int(text)


def hosts() -> list[str]:
    """Both loopbacks unless BIND says otherwise: `localhost` means either."""
    return os.environ.get("BIND", "").replace("[", "").replace("]", "").split() or ["127.0.0.1", "::1"]


def why_not(host: str) -> OSError | None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port()))
    except OSError as error:
        return error
    return None


def binds() -> None:
    for host in hosts():
        error = why_not(host)
        if error and error.errno == errno.EADDRINUSE:
            sys.exit(
                f"Le port {port()} est déjà utilisé par un autre programme. "
                f"Arrêtez-le, ou choisissez un autre port : PORT={port() % 65535 + 1} bin/run"
            )
        if error and error.errno == errno.EACCES:
            sys.exit(f"Le port {port()} est réservé à l’administrateur. Choisissez-en un autre : PORT=8000")
        if error and host == "::1":
            continue  # a machine without IPv6
        if error:
            sys.exit(f"Impossible d’écouter sur {host} ({error.strerror}). Corrigez la variable BIND.")
        print("--bind", f"[{host}]:{port()}" if ":" in host else f"{host}:{port()}")


def site_host() -> str:
    return urlsplit(os.environ.get("SITE_URL", "")).hostname or "localhost"


def healthy() -> None:
    connection = http.client.HTTPConnection(hosts()[0], port(), timeout=3)
    try:
        connection.request("GET", "/sante/vive", headers={"Host": site_host()})
        status = connection.getresponse().status
    except OSError:
        sys.exit(1)
    sys.exit(status != 200)


if __name__ == "__main__":
    {"binds": binds, "healthy": healthy}[sys.argv[1]]()
