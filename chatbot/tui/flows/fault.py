"""A fault of the program: what can be saved is saved, and one text says what happened."""

from __future__ import annotations

import textwrap
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import _, paths, write_atomically

if TYPE_CHECKING:
    from chatbot.tui.flows.flows import Flows

WIDTH = 76
"""Columns of the text: a terminal that is narrower breaks its lines once more."""


def reports_folder() -> Path:
    """Return where the reports of faults are kept, on this machine only."""
    return paths.state_folder() / "faults"


class Fault:
    """Tells of the first fault; what fails while the app closes after it is only its echo."""

    def __init__(self, app: App[Any], flows: Flows) -> None:
        self._app = app
        self._flows = flows
        self.text = ""
        """What is printed when the app has closed; empty while there was no fault."""

    def take(self, error: BaseException) -> None:
        """Save what can be saved, and write the report."""
        if self.text:
            return
        self.text = _("The chatbot had to stop because of a fault of its own: {kind}.\n").format(
            kind=type(error).__name__
        )
        with suppress(Exception):  # whatever fails here must not hide the fault
            self.text = self._told(error)

    def _told(self, error: BaseException) -> str:
        from chatbot.tui.flows.fault_report import report, summary  # start-up: seldom needed

        name = f"{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}"
        saved = [*self._save_draft(name), *self._save_editor(name)]
        size = self._app.size
        details = report(error, (size.width, size.height), self._private())
        path = reports_folder() / f"{name}.txt"
        try:
            write_atomically(path, details.encode("utf-8", "replace"), private=True)
            where = _("The report below is also in this file:\n  {path}").format(path=path)
        except OSError as problem:
            where = _("The report could not be written into a file ({reason}).").format(
                reason=problem.strerror
            )
        return "\n".join(
            [
                _("The chatbot had to stop. That is a fault of the program, not yours."),
                _("What happened: {what}.").format(what=summary(error)),
                "",
                _("The intents file and the model are as they were saved last."),
                _("Messages that you have sent come back with the Up key."),
                *saved,
                "",
                *textwrap.wrap(
                    _(
                        "Please tell the developers: copy the report, and add what you did just "
                        "before. It holds versions and places in the program, none of your "
                        "messages."
                    ),
                    WIDTH,
                ),
                where,
                "",
                _("---- report ----"),
                details.rstrip("\n"),
                "----------------",
                "",
            ]
        )

    def _save_draft(self, name: str) -> list[str]:
        """Keep the draft, and say so.

        The one of the fault before is not put into the prompt a second time: if it is what the app
        fails at, nobody could start it any more.
        """
        draft = self._flows.draft
        try:
            if draft.is_restored:
                path = reports_folder() / f"{name}-draft.txt"
                write_atomically(path, draft.text.encode("utf-8", "replace"), private=True)
                draft.forget()
                return [_("The message that you had begun is in this file:"), f"  {path}"]
            if draft.keep():
                return [_("The message that you had begun is there again when you start.")]
        except Exception:  # the app is broken: whatever else fails must not hide the fault
            return [_("The message that you had begun could not be saved.")]
        return []

    def _save_editor(self, name: str) -> list[str]:
        """Write the editor's unsaved text into a file of its own, and say where."""
        try:
            text = self._flows.navigation.unsaved_text
            if text is None:
                return []
            path = reports_folder() / f"{name}-intents.json"
            write_atomically(path, text.encode("utf-8", "replace"), private=True)
        except Exception:  # as above
            return [_("Changes in the editor that were not saved are lost.")]
        return [_("Changes in the editor that were not saved are in this file:"), f"  {path}"]

    def _private(self) -> list[str]:
        """Return what somebody has typed."""
        try:
            chat = self._flows.navigation.chat
            said = [view.message for view in chat.conversation.views]
            return [*said, *chat.prompt.sent.entries, chat.prompt.text]
        except Exception:  # as above
            return []
