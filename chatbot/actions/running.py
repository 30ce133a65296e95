"""Carries an action out: within a time limit, and whatever it does, the bot goes on."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import NamedTuple

from chatbot.actions.asked import ActionError, Asked, Done, Later
from chatbot.actions.registry import find
from chatbot.common import _, printable

LIMIT_SECONDS = 5.0
"""A person waits for an answer no longer."""

MOST_AT_ONCE = 16
"""Actions that run, among them those that nobody waits for any more."""

MOST_CHARACTERS = 10_000
"""Of a result; what is longer is cut off."""

MOST_SECONDS = 7 * 24 * 3600
"""After which something can be said later."""

_ERROR_CHARACTERS = 300

_free = BoundedSemaphore(MOST_AT_ONCE)


class Outcome(NamedTuple):
    """What came of an action: what it found, or why it found nothing."""

    done: Done | None
    problem: str = ""
    """For the person who asked; empty if it is done."""
    asks: str = ""
    """The slot that it lacks; the problem is then a question for it."""


def carry_out(name: str, asked: Asked, limit: float = LIMIT_SECONDS) -> Outcome:
    """Carry an action out and wait for it, at most `limit` seconds. Never raises.

    It runs in a thread of its own. One that takes longer cannot be stopped: it is left alone, and
    what it finds is thrown away.
    """
    free = _free
    if not free.acquire(blocking=False):
        return Outcome(None, _("Too many actions are running. Try again later"))
    found: SimpleQueue[Outcome] = SimpleQueue()

    def run() -> None:
        try:
            found.put(_outcome(name, asked))
        finally:
            free.release()

    Thread(target=run, name=f"action {name}", daemon=True).start()
    try:
        return found.get(timeout=limit)
    except Empty:
        late = _("“{name}” took longer than {seconds:g} s. I do not wait for it")
        return Outcome(None, late.format(name=name, seconds=limit))


def _outcome(name: str, asked: Asked) -> Outcome:
    try:
        return _checked(name, find(name)(asked))
    except ActionError as error:
        return Outcome(None, printable(str(error))[:_ERROR_CHARACTERS], str(error.asks))
    except BaseException as error:  # `sys.exit` in a plug-in ends its thread, not the bot
        what = printable(f"{type(error).__name__}: {error}")[:_ERROR_CHARACTERS]
        return Outcome(None, _("“{name}” failed: {error}").format(name=name, error=what))


def _checked(name: str, given: object) -> Outcome:
    """Return what a plug-in gave back, which may be anything."""
    done = Done(given) if isinstance(given, str) else given
    if not isinstance(done, Done):
        wrong = _("“{name}” gave back {type}, not a text")
        return Outcome(None, wrong.format(name=name, type=type(given).__name__))
    values = {str(key): _bounded(value) for key, value in done.values.items()}
    later = done.later
    if later is not None:
        if not 0 <= float(later.seconds) <= MOST_SECONDS:  # not a number is not either
            raise ValueError(f"later, in {later.seconds} seconds")
        later = Later(float(later.seconds), _bounded(later.text))
    return Outcome(Done(_bounded(done.result), values, later, bool(done.calls_off)))


def _bounded(text: object) -> str:
    shown = str(text)
    return shown if len(shown) <= MOST_CHARACTERS else shown[: MOST_CHARACTERS - 1] + "…"
