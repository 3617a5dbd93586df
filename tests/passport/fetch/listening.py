"""A server on loopback for the tests of the fetcher."""

import socket
import threading
from collections.abc import Callable

PUBLIC = "93.184.216.34"
Answer = bytes | Callable[[socket.socket], None]


def http(content: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(content)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + content


class Listener:
    """A server on loopback that answers what it is told, in turn, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.connections = 0
        self.wrap: Callable[[socket.socket], socket.socket] = lambda plain: plain
        self.answers: list[Answer] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.pair = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.pair}/badge"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.settimeout(5)
            with connection:
                self._answer(connection)

    def _answer(self, plain: socket.socket) -> None:
        try:
            connection = self.wrap(plain)
            asked = b""
            while b"\r\n\r\n" not in asked and (piece := connection.recv(65536)):
                asked += piece
            self.asked.append(asked.decode("latin-1"))
            answer = self.answers.pop(0) if self.answers else http(b"unasked for")
            answer(connection) if callable(answer) else connection.sendall(answer)
            connection.close()
        except OSError:
            pass

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
