"""The file that the editor has open: what was read, what another program wrote, checks of its text.

No widgets here: the screen asks and draws.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.bots import template_text
from chatbot.common import _
from chatbot.intents import Intents, IntentsError, read_text, save_text
from chatbot.intents import check_text as check_intents

if TYPE_CHECKING:
    from chatbot.intents import Position, Report


MOST_EDITED = 8 * 2**20
"""Bytes of a file that the editor takes, some 150,000 patterns: of a larger one a key would wait
for as long as its text is joined and measured."""


class OpenFile:
    """A file being edited."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.saved: str | None = None
        """What is on disk as far as we know; None where there is no file."""
        self.problem = ""
        """Why the file cannot be edited, if it cannot; it must then not be overwritten."""
        if self._is_too_large:
            self.problem = _(
                "{file} has {size} MB, and the editor takes {most}. Edit it in a program of your "
                "own; what is changed there works here at once"
            ).format(file=path.name, size=path.stat().st_size // 2**20, most=MOST_EDITED // 2**20)
            return
        try:
            self.saved = read_text(path) if path.exists() else None
        except IntentsError as error:
            self.problem = str(error)
        if self.problem or self.saved:
            self.problem = _conversion(path) or self.problem

    @property
    def _is_too_large(self) -> bool:
        with suppress(OSError, ValueError):  # reading says what is wrong
            return self.path.stat().st_size > MOST_EDITED
        return False

    @property
    def text(self) -> str:
        """What to begin editing with; the template of a new bot where there is no file yet."""
        if self.problem:
            return ""
        return template_text() if self.saved is None else self.saved

    def on_disk(self) -> str | None:
        """Return the text on disk now, None where there is none or it cannot be read."""
        try:
            return None if self._is_too_large else read_text(self.path)
        except IntentsError:
            return None

    def write(self, text: str) -> Intents | None:
        """Save the text; return its intents, None where it has errors. Raises IntentsError."""
        save_text(self.path, text)
        self.saved = text
        return check_text(text).report.intents


def _conversion(path: Path) -> str:
    """Return what to do with a file of another program; nothing where it is our own."""
    from chatbot.formats import foreign_format  # not paid for at start-up

    name = foreign_format(path)
    if name is None:
        return ""
    return _(
        "{file} is in the format {format}: the editor cannot change it. To make a file that "
        "it can edit: chatbot convert {file} intents.json"
    ).format(file=path.name, format=name)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a text found, and where each intent begins."""

    report: Report
    places: tuple[Position, ...]
    """Of each intent of a valid text, in its order."""


def check_text(text: str) -> Checked:
    """Check a text and find its intents."""
    report = check_intents(text)
    if report.intents is None or report.document is None:
        return Checked(report, ())
    paths = [("intents", i) for i in range(len(report.intents.intents))]
    found = report.document.locate(paths)
    return Checked(report, tuple(found[path] for path in paths))
