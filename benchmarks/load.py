"""A small load generator: keep-alive connections that ask in turn, and how long each waited."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers a second, and the milliseconds within which 95 of 100 came."""

    rate: float
    p95: float


def load(port: int, paths: Sequence[str], *, seconds: float) -> Measured:
    waits: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=ask, args=(port, paths, number, until, waits[number]))
        for number in range(CONNECTIONS)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    all_waits = sorted(wait for each in waits for wait in each)
    if not all_waits:
        raise SystemExit("The service answered nothing.")
    return Measured(len(all_waits) / seconds, all_waits[int(len(all_waits) * 0.95)] * 1000)


def ask(port: int, paths: Sequence[str], first: int, until: float, waits: list[float]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for path in islice(cycle(paths), first, None):
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
