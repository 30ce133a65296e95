"""The editor's text and its file: saving, going back, and what other programs change meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatbot.intents import IntentsError
from chatbot.tui.dialogs import ConfirmScreen, ask
from chatbot.tui.editor.document import OpenFile, check_text
from chatbot.tui.editor.external import edit_outside
from chatbot.tui.messages import IntentsChanged

if TYPE_CHECKING:
    from chatbot.tui.editor.screen import EditScreen


class Saving:
    """Keeps text and file together, and asks before anything could be lost."""

    def __init__(self, screen: EditScreen, file: OpenFile) -> None:
        self._screen = screen
        self._file = file

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether the text differs from the file."""
        return not self._file.problem and self._screen.editor.text != self._file.saved

    def request_close(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing can be lost: at once, or after asking."""
        if not self.has_unsaved_changes:
            then()
            return

        def answered(answer: str | None) -> None:
            if answer == "discard" or (answer == "save" and self.write()):
                then()

        ask(
            self._screen.app,
            f"{self._file.path.name} has unsaved changes.",
            answered,
            ("save", "Save"),
            ("discard", "Discard"),
            ("stay", "Stay"),
        )

    def save(self) -> None:
        """Save; with errors only after asking."""
        if self._file.problem:
            self._screen.notify(self._file.problem, severity="error", markup=False)
            return
        errors = len(check_text(self._screen.editor.text).report.errors)
        if not errors:
            self._save_over()
            return

        def answered(answer: str | None) -> None:
            if answer == "save":
                self._save_over()

        ask(
            self._screen.app,
            f"The file has {errors} error{'' if errors == 1 else 's'}. "
            "The bot keeps its old replies until it is valid.",
            answered,
            ("save", "Save anyway"),
            ("stay", "Stay"),
        )

    def _save_over(self) -> None:
        """Save, but ask before another program's change is overwritten."""
        if self._file.on_disk() in (self._file.saved, self._screen.editor.text):
            self.write()
            return

        def answered(answer: str | None) -> None:
            if answer == "mine":
                self.write()
            elif answer == "theirs":
                self._load_theirs()

        ask(
            self._screen.app,
            f"Another program has changed {self._file.path.name} meanwhile.",
            answered,
            ("mine", "Save mine"),
            ("theirs", "Load theirs"),
            ("stay", "Stay"),
        )

    def write(self) -> bool:
        """Write the file and tell the app; return whether it worked."""
        try:
            intents = self._file.write(self._screen.editor.text)
        except IntentsError as error:
            self._screen.notify(str(error), title="Not saved", severity="error", markup=False)
            return False
        self._screen.draw_title()
        if intents is None:
            self._screen.notify("Saved, with errors: the bot keeps its old replies.", markup=False)
        else:
            self._screen.app.post_message(IntentsChanged(intents, by_us=True))
            self._screen.notify("Saved. Changed replies work at once; F5 retrains.", markup=False)
        return True

    def revert(self) -> None:
        """Go back to the text on disk; Ctrl+Z brings the changes back."""
        if not self.has_unsaved_changes or self._file.saved is None:
            return

        def answered(answer: str | None) -> None:
            if answer == "revert":
                self._screen.replace(self._file.saved or "")

        question = "Go back to the saved text?"
        ask(self._screen.app, question, answered, ("revert", "Revert"), ("stay", "Stay"))

    def edit_outside(self) -> None:
        """Edit the file in the person's own editor."""
        self.request_close(
            lambda: edit_outside(self._screen.app, self._file.path, self._load_theirs)
        )

    def look_at_file(self) -> None:
        """Notice a change by another program: load it, or ask where it would cost changes."""
        if isinstance(self._screen.app.screen, ConfirmScreen) or self._file.problem:
            return
        on_disk = self._file.on_disk()
        if on_disk is None or on_disk == self._file.saved:
            return
        if not self.has_unsaved_changes or on_disk == self._screen.editor.text:
            self._load_theirs()
            self._screen.notify("Loaded the file as another program left it.", markup=False)
            return

        def answered(answer: str | None) -> None:
            if answer == "theirs":
                self._load_theirs()
            else:
                self._file.saved = on_disk  # known now: not asked again

        ask(
            self._screen.app,
            f"Another program has changed {self._file.path.name}. You have unsaved changes.",
            answered,
            ("theirs", "Load theirs"),
            ("mine", "Keep mine"),
        )

    def _load_theirs(self) -> None:
        """Show the text on disk; ours stays in the editor's undo history."""
        on_disk = self._file.on_disk()
        if on_disk is not None:
            self._file.saved = on_disk
            self._screen.replace(on_disk)
