"""The report of a fault of the program: where it happened, in which versions, and no messages."""

from __future__ import annotations

import os
import platform
import re
import sys
import traceback
from collections.abc import Collection, Iterator
from importlib.metadata import version
from pathlib import Path

from textual.worker import WorkerFailed

from chatbot.common import _, __version__
from chatbot.tui.text import shown_path

HIDDEN = "…"
"""Stands for what somebody has typed."""

LONGEST = 300
"""Characters of what an error says; what is longer is data, not an explanation."""

_QUOTED = re.compile(r""""(?:\\.|[^"\\])*("|$)|'(?:\\.|[^'\\])*('|$)|“[^”]*(”|$)""", re.DOTALL)
_TERMINAL = ("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "COLORTERM", "TMUX", "SSH_TTY", "LANG")


def report(error: BaseException, size: tuple[int, int], private: Collection[str]) -> str:
    """Return the report of an error: versions, terminal, traceback.

    It has neither the values of variables nor anything in quotes, nor the `private` texts: what
    somebody said to the bot is nobody else's business.
    """
    lines = [
        f"chatbot {__version__} · Python {platform.python_version()}"
        f" · Textual {version('textual')}",
        f"Platform: {platform.platform()}",
        f"Terminal: {' · '.join([f'{size[0]}x{size[1]}', *_terminal()])}",
        "",
        *_traceback(error, private),
    ]
    return "\n".join(lines) + "\n"


def summary(error: BaseException) -> str:
    """Return the kind of an error and the place of our own code that it comes from."""
    error = _cause(error)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _place(frame.filename).startswith("chatbot/")]
    kind = type(error).__name__
    if not (ours or frames):
        return kind
    at = (ours or list(frames))[-1]
    return _("{kind} in {filename}, line {lineno}").format(
        kind=kind, filename=_place(at.filename), lineno=at.lineno
    )


def _terminal() -> Iterator[str]:
    for name in _TERMINAL:
        if value := os.environ.get(name):
            # Of these two, what they name is no matter: only that there is one.
            yield name if name in ("TMUX", "SSH_TTY") else f"{name}={value}"
    yield f"encoding {getattr(sys.__stdout__, 'encoding', None) or 'unknown'}"


def _cause(error: BaseException) -> BaseException:
    """Return the error itself where Textual has wrapped that of a worker."""
    return error.error if isinstance(error, WorkerFailed) else error


def _traceback(error: BaseException, private: Collection[str]) -> Iterator[str]:
    """Yield the lines of a traceback, the errors that led to it first."""
    error = _cause(error)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _traceback(before, private)
        yield "which led to:"
    yield "Traceback (the latest call last):"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_place(frame.filename)}, line {frame.lineno}, in {frame.name}"
        if frame.line:
            yield f"    {frame.line}"
    said = _without(str(error), private)
    yield f"{type(error).__name__}: {said}" if said else type(error).__name__


def _without(said: str, private: Collection[str]) -> str:
    """Return what an error says without what somebody has typed."""
    said = _QUOTED.sub(HIDDEN, said)
    for text in sorted(private, key=len, reverse=True):
        if text.strip():
            said = said.replace(text, HIDDEN)
    said = " ".join(said.split())
    return said if len(said) <= LONGEST else said[:LONGEST] + "…"


def _place(filename: str) -> str:
    """Return the path of a module without the folders around its package."""
    path = Path(filename)
    for folder in ("site-packages", "chatbot"):
        if folder in path.parts[:-1]:
            at = len(path.parts) - 1 - path.parts[::-1].index(folder)
            return "/".join(path.parts[at + (folder == "site-packages") :])
    return shown_path(path)
