"""The draft: what stands in the prompt when the app ends, there again when it starts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.app import App

from chatbot.common import jsonlines, paths
from chatbot.tui.session import Session
from chatbot.tui.widgets import Prompt


class Draft:
    """Reads and writes the file of the draft, which lies beside the history of the same bot."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session
        self._path = paths.history_file(session.locations.intents).with_suffix(".draft")
        self._restored: str | None = None
        """What was put into the prompt at the start; None until the file was read."""

    @property
    def text(self) -> str:
        """What stands in the prompt; nothing where there is no prompt (any more)."""
        return "" if self._prompt is None else self._prompt.text

    @property
    def _prompt(self) -> Prompt | None:
        """The prompt; None before it is made, and when the app has closed."""
        stack = self._app.screen_stack
        return stack[0].query(Prompt).first() if stack and stack[0].query(Prompt) else None

    @property
    def is_restored(self) -> bool:
        """Whether the prompt holds just what was put into it at the start."""
        return bool(self.text) and self.text == self._restored

    def restore(self) -> None:
        """Put the draft into the prompt, unless somebody has begun to type.

        Not in a private session, which could not take it away again once it was sent.
        """
        if self._session.is_private:
            return
        texts = jsonlines.load(self._path)
        self._restored = texts[0] if texts else ""
        prompt = self._prompt
        if self._restored and prompt is not None and not prompt.text:
            prompt.load_text(self._restored)
            prompt.move_cursor(prompt.document.end)

    def keep(self) -> bool:
        """Write what stands in the prompt; return whether there is a draft, and it was written.

        Before the start has read the file, an empty prompt says nothing: the file stays.
        """
        if self._session.is_private:
            return False
        text = self.text
        if not text.strip():
            if self._restored is not None:
                self.forget()
            return False
        try:
            jsonlines.save(self._path, [text])
        except OSError:  # no disk, no draft: nobody is kept from leaving
            return False
        return True

    def forget(self) -> None:
        """Remove the file."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
