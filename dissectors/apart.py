"""Slow or fragile work in a process of its own, so that nothing hostile holds the audit up."""

import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Request = TypeVar("Request")
Answer = TypeVar("Answer")
START = 60.0  # seconds that a process may take until it begins; a busy machine needs some
CONTEXT = multiprocessing.get_context("spawn")


def answers_within(
    seconds: float, work: Callable[[Request], Answer], requests: Sequence[Request]
) -> Iterator[Answer | None]:
    """What `work` makes of each request, in order; `work` is a module's function.

    None for a request that takes longer than `seconds`, or that ends the process.
    """
    waiting = list(requests)
    while waiting:
        ours, theirs = CONTEXT.Pipe(duplex=False)
        child = CONTEXT.Process(target=_answer_all, args=(work, waiting, theirs), daemon=True)
        child.start()
        theirs.close()
        try:
            ready = _receive(ours, START)
            while ready and waiting and (answer := _receive(ours, seconds)):
                waiting.pop(0)
                yield answer[0]
        finally:
            child.kill()
            child.join()
            ours.close()
        if waiting:
            waiting.pop(0)
            yield None


def _receive(connection: Connection, seconds: float) -> tuple[Any] | None:
    try:
        return (connection.recv(),) if connection.poll(seconds) else None
    except EOFError:
        return None


def _answer_all(
    work: Callable[[Request], Answer], requests: Sequence[Request], answers: Connection
) -> None:
    logging.disable()  # libraries would write what is in the octets to stderr
    answers.send(None)
    with suppress(Exception):  # what went wrong must not be printed: it may quote octets
        for request in requests:
            answers.send(work(request))
