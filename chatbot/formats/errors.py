"""The error of a file in another program's format."""

from __future__ import annotations

from pathlib import Path

from chatbot.common import printable
from chatbot.intents import START, Finding, IntentsError, Position, Severity


class FormatError(IntentsError):
    """A file of another program that cannot be imported: what, where, and what to do.

    `name` is what to call the file: its place in a folder or an archive.
    """

    def __init__(
        self, path: Path, message: str, remedy: str, position: Position = START, name: str = ""
    ) -> None:
        finding = Finding(Severity.ERROR, printable(message), printable(remedy), position)
        super().__init__(path, (finding,), name)


class TableTooLargeError(FormatError):
    """A table that is wider or longer than what is read."""
