"""A server that answers what it is told to, byte by byte, for as long as the caller bears it."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

PAUSE_S = 0.01
LONGEST = 65_536
Say = Callable[[bytes], Iterator[bytes]]


class Liar:
    """`heard` are the requests that came; `url` its address."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._door = socket.create_server(("127.0.0.1", 0))
        self.heard: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            self.answer(line)

    def answer(self, line: socket.socket) -> None:
        request = line.recv(LONGEST)
        self.heard.append(request)
        for part in self._say(request):
            line.sendall(part)


def reply(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def whole(answer: bytes) -> Say:
    return lambda _request: iter([answer])


def drip(head: bytes, drop: bytes) -> Say:
    def say(_request: bytes) -> Iterator[bytes]:
        yield head
        while True:
            threading.Event().wait(PAUSE_S)
            yield drop

    return say


def flood(head: bytes) -> Say:
    def say(_request: bytes) -> Iterator[bytes]:
        yield head
        while True:
            yield b" " * 1_048_576

    return say


def packed(zeros: int) -> bytes:
    return reply(gzip.compress(bytes(zeros)), "200 OK", "Content-Encoding: gzip")


def echo(of: Callable[[bytes], bytes]) -> Say:
    """Sends back what it was sent, the credentials too."""
    return lambda request: iter([of(request)])
