"""The editor's text and its file: saving, going back, and what other programs change meanwhile."""

from __future__ import annotations

from textual.screen import Screen

from chatbot.common import _, ngettext
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
            _("{file} has unsaved changes.").format(file=self._file.path.name),
            ("save", _("Save")),
            ("discard", _("Discard")),
            ("stay", _("Stay")),
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
            question = ngettext(
                "The file has {count} error. The bot keeps its old replies until it is valid.",
                "The file has {count} errors. The bot keeps its old replies until it is valid.",
                errors,
            ).format(count=errors)
            answer = await ask(
                self._screen.app, question, ("save", _("Save anyway")), ("stay", _("Stay"))
            )
            if answer != "save":
                return None
        if self._is_changed_by_others(text):
            answer = await ask(
                self._screen.app,
                _("Another program has changed {file}.").format(file=self._file.path.name),
                ("mine", _("Save mine")),
                ("theirs", _("Load theirs")),
                ("stay", _("Stay")),
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
            self._screen.notify(str(error), title=_("Not saved"), severity="error", markup=False)
            return False
        if intents is None:
            self._screen.notify(
                _("Saved, with errors: the bot keeps its old replies."), markup=False
            )
        else:
            self._screen.app.post_message(IntentsChanged(intents, by_us=True))
            text = _("Saved. Changed replies work at once; {key} retrains.")
            self._screen.notify(text.format(key=key_of(self._screen, "retrain")), markup=False)
        return True

    async def revert(self) -> str | None:
        """Ask whether to go back to the saved text."""
        answer = await ask(
            self._screen.app,
            _("Go back to the saved text?"),
            ("revert", _("Revert")),
            ("stay", _("Stay")),
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
            _("Another program has changed {file}. You have unsaved changes.").format(
                file=self._file.path.name
            ),
            ("theirs", _("Load theirs")),
            ("mine", _("Keep mine")),
        )
        if answer == "theirs":
            return self.load()
        self._file.saved = on_disk  # known now: not asked again
        return None
