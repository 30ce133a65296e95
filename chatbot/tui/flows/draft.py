"""The draft: what stands in the prompt when the app ends, there again when it starts."""

from __future__ import annotations

from typing import Any

from textual.app import App

from chatbot.common import paths
from chatbot.tui.flows.kept_text import KeptTexts
from chatbot.tui.session import Session
from chatbot.tui.widgets import Prompt


class Draft:
    """Keeps the draft in a file beside the history of the same bot; in private, not at all."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session
        path = paths.history_file(session.locations.intents).with_suffix(".draft")
        self._kept = KeptTexts(app, path)
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
        self._restored = next(iter(self._kept.load()), "")
        prompt = self._prompt
        if self._restored and prompt is not None and not prompt.text:
            prompt.load_text(self._restored)
            prompt.move_cursor(prompt.document.end)

    @property
    def _can_keep(self) -> bool:
        """Before the start has read the file, an empty prompt says nothing: the file stays."""
        return not self._session.is_private and (
            self._restored is not None or bool(self.text.strip())
        )

    def keep_soon(self) -> None:
        """Write what stands in the prompt in a thread, if it has changed: a kill comes unasked."""
        if self._can_keep and self._prompt is not None:
            self._kept.keep_soon([self.text] if self.text.strip() else [])

    def keep(self) -> bool:
        """Write what stands in the prompt; return whether there is a draft, and it was written."""
        if not self._can_keep:
            return False
        is_draft = bool(self.text.strip())
        return self._kept.keep([self.text] if is_draft else []) and is_draft

    def forget(self) -> None:
        """Remove the file."""
        self._kept.keep([])
