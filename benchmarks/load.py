"""A small load generator: keep-alive connections that ask in turn, and how long each waited."""

import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

CONNECTIONS = 4
# What is compared takes turns this often, so that other work on the machine hits all alike.
TURNS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """Addresses to ask for; connections are spread over the ports of what answers."""

    ports: Sequence[int]
    paths: Sequence[str]


@dataclass(slots=True)
class Measured:
    """How long each answer took, in seconds; and for how long they were asked for."""

    waits: list[float] = field(default_factory=list)
    seconds: float = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    @property
    def p95(self) -> float:
        """The milliseconds within which 95 of 100 came."""
        return sorted(self.waits)[int(len(self.waits) * 0.95)] * 1000


def in_turn(asked: Mapping[str, Asked], *, seconds: float) -> dict[str, Measured]:
    """Load each for so many seconds, all in turn, a short while each time."""
    found = {name: Measured() for name in asked}
    for _ in range(TURNS):
        for name, one in asked.items():
            load(one, seconds / TURNS, found[name])
    return found


def load(asked: Asked, seconds: float, into: Measured) -> None:
    waits: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=ask, args=(asked, number, began + seconds, waits[number]))
        for number in range(CONNECTIONS)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    into.seconds += time.perf_counter() - began
    into.waits += [wait for each in waits for wait in each]
    if not into.waits:
        raise SystemExit("The service answered nothing.")


def ask(asked: Asked, number: int, until: float, waits: list[float]) -> None:
    port = asked.ports[number % len(asked.ports)]
    first = number * len(asked.paths) // CONNECTIONS
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for path in islice(cycle(asked.paths), first, None):
            began = time.perf_counter()
            if began > until:
                return
            answer(connection, path)
            waits.append(time.perf_counter() - began)


def answer(connection: socket.socket, path: str) -> bytes:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head, _, body = read_until(connection, b"", lambda held: b"\r\n\r\n" in held).partition(
        b"\r\n\r\n"
    )
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{path}: {head.splitlines()[0].decode()}")
    if b"\r\ntransfer-encoding: chunked" in head.lower():
        return read_until(connection, body, lambda held: held.endswith(b"\r\n0\r\n\r\n"))
    name = b"content-length:"
    length = next(
        int(line[len(name) :]) for line in head.splitlines() if line.lower().startswith(name)
    )
    return read_until(connection, body, lambda held: len(held) >= length)


def read_until(connection: socket.socket, held: bytes, enough: Callable[[bytes], bool]) -> bytes:
    while not enough(held):
        piece = connection.recv(262_144)
        if not piece:
            raise SystemExit("The service closed the connection.")
        held += piece
    return held
