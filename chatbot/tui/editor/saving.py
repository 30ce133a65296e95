"""The editor's text and its file: saving, going back, and what other programs change meanwhile."""

from __future__ import annotations

from textual.screen import Screen

from chatbot.intents import IntentsError
from chatbot.tui.dialogs import ask
from chatbot.tui.editor.document import OpenFile, check_text
from chatbot.tui.messages import IntentsChanged
from chatbot.tui.session import key_of


class Saving:
    """Keeps text and file together, and asks before anything could be lost.

    Where the text on disk is to be shown instead of the editor's, it is returned.
    """

    def __init__(self, screen: Screen[None], file: OpenFile) -> None:
        self._screen = screen
        self._file = file

    async def may_close(self, text: str) -> bool:
        """Ask what to do with unsaved changes; return whether the editor may close."""
        answer = await ask(
            self._screen.app,
            f"{self._file.path.name} has unsaved changes.",
            ("save", "Save"),
            ("discard", "Discard"),
            ("stay", "Stay"),
        )
        return answer == "discard" or (answer == "save" and self.write(text))

    def is_safe(self, text: str) -> bool:
        """Return whether a text can be saved without a question."""
        return not check_text(text).report.errors and not self._is_changed_by_others(text)

    def _is_changed_by_others(self, text: str) -> bool:
        return self._file.on_disk() not in (self._file.saved, text)

    async def save(self, text: str) -> str | None:
        """Save, after asking about errors and about another program's change."""
        errors = len(check_text(text).report.errors)
        if errors:
            question = (
                f"The file has {errors} error{'' if errors == 1 else 's'}. "
                "The bot keeps its old replies until it is valid."
            )
            answer = await ask(
                self._screen.app, question, ("save", "Save anyway"), ("stay", "Stay")
            )
            if answer != "save":
                return None
        if self._is_changed_by_others(text):
            answer = await ask(
                self._screen.app,
                f"Another program has changed {self._file.path.name}.",
                ("mine", "Save mine"),
                ("theirs", "Load theirs"),
                ("stay", "Stay"),
            )
            if answer != "mine":
                return self.load() if answer == "theirs" else None
        self.write(text)
        return None

    def write(self, text: str) -> bool:
        """Write the file and tell the app; return whether it worked."""
        try:
            intents = self._file.write(text)
        except IntentsError as error:
            self._screen.notify(str(error), title="Not saved", severity="error", markup=False)
            return False
        if intents is None:
            self._screen.notify("Saved, with errors: the bot keeps its old replies.", markup=False)
        else:
            self._screen.app.post_message(IntentsChanged(intents, by_us=True))
            key = key_of(self._screen, "retrain")
            text = f"Saved. Changed replies work at once; {key} retrains."
            self._screen.notify(text, markup=False)
        return True

    async def revert(self) -> str | None:
        """Ask whether to go back to the saved text."""
        answer = await ask(
            self._screen.app, "Go back to the saved text?", ("revert", "Revert"), ("stay", "Stay")
        )
        return self._file.saved if answer == "revert" else None

    def load(self) -> str | None:
        """Read what is on disk, and know it as the saved text; None where it cannot be read."""
        on_disk = self._file.on_disk()
        if on_disk is not None:
            self._file.saved = on_disk
        return on_disk

    async def choose(self, on_disk: str) -> str | None:
        """Ask whether to load another program's change, which would cost unsaved changes."""
        answer = await ask(
            self._screen.app,
            f"Another program has changed {self._file.path.name}. You have unsaved changes.",
            ("theirs", "Load theirs"),
            ("mine", "Keep mine"),
        )
        if answer == "theirs":
            return self.load()
        self._file.saved = on_disk  # known now: not asked again
        return None
