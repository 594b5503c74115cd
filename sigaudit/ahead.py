"""Captures read ahead, several at once, each by threads and connections of its own."""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from io import BufferedReader
from typing import Any, NamedTuple, TypeVar

import duckdb

from dissectors.capture import NotACaptureError
from sigaudit import captures
from sigaudit.errors import SigauditError
from sigaudit.input_rows import next_id
from sigaudit.inputs import Beginning, Candidate, Hashed

NO_CAPTURE = "not a capture (pcap, pcapng, plain, gzip or zstd); give logs as files"
Thing = TypeVar("Thing")
Result = TypeVar("Result")
Progress = Callable[[Candidate, int], None]
Read = tuple[Candidate, captures.Told | None]  # None of what is no capture


class StoppedError(Exception):
    """Nobody waits for the rest of a capture any more."""


class Place(NamedTuple):
    """An input's number, the files with its content, and a connection to put it in."""

    input_id: int
    alike: list[Candidate]
    connection: duckdb.DuckDBPyConnection


def captures_ahead(
    connection: duckdb.DuckDBPyConnection, chosen: list[list[Candidate]], progress: Progress
) -> Iterator[tuple[Place, Future[Read]]]:
    """The inputs in order, several captures being read at once, each by connections of its own."""
    at_once = min(len(chosen), max(2, (os.cpu_count() or 1) // 2)) or 1
    stop = threading.Event()

    def read(place: Place) -> Read:
        def advance(octets: int) -> None:
            if stop.is_set():
                raise StoppedError
            progress(place.alike[0], octets)

        with place.connection:
            return _read(place, 2 if at_once == 1 else 1, advance)

    first = next_id(connection)
    places = (
        Place(number, alike, connection.cursor()) for number, alike in enumerate(chosen, first)
    )
    try:
        yield from ahead(read, places, at_once)
    finally:
        stop.set()


def _read(place: Place, inserters: int, advance: Callable[[int], None]) -> Read:
    """The messages of a capture into the database; None of what is no capture."""
    candidate = place.alike[0]
    if candidate.is_standard_input:
        return _read_standard_input(place, candidate, inserters, advance)
    with ThreadPoolExecutor(1) as beside:  # the digest takes a tenth of the time
        digested = beside.submit(candidate.digested)
        told = _read_file(place, candidate, inserters, advance)
        return digested.result(), told


def _read_file(
    place: Place, candidate: Candidate, inserters: int, advance: Callable[[int], None]
) -> captures.Told | None:
    with candidate.path.open("rb", buffering=0) as file, suppress(NotACaptureError):
        stream: Any = BufferedReader(Beginning(file, candidate.size))
        return captures.load(place.connection, stream, place.input_id, inserters, advance)
    return None


def _read_standard_input(
    place: Place, candidate: Candidate, inserters: int, advance: Callable[[int], None]
) -> Read:
    """A capture that comes through a pipe; its size and digest are known when it has ended."""
    stream = Hashed(sys.stdin.buffer)
    buffered: Any = BufferedReader(stream)
    try:
        told = captures.load(place.connection, buffered, place.input_id, inserters, advance)
    except NotACaptureError:
        raise SigauditError(NO_CAPTURE) from None
    sha256 = stream.sha256()
    return replace(candidate, sha256=sha256, size=stream.size), told


def ahead(
    work: Callable[[Thing], Result], things: Iterable[Thing], at_once: int
) -> Iterator[tuple[Thing, Future[Result]]]:
    """Each thing with what `work` makes of it, in order, at most `at_once` in the making.

    Where the taker stops early, what has not begun is not begun; what has is waited for.
    """
    waiting: deque[tuple[Thing, Future[Result]]] = deque()
    pool = ThreadPoolExecutor(at_once)
    try:
        for thing in things:
            waiting.append((thing, pool.submit(work, thing)))
            if len(waiting) >= at_once:
                yield waiting.popleft()
        yield from waiting
    finally:
        pool.shutdown(cancel_futures=True)
