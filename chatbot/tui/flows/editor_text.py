"""What stands in the editor and not in the file: there again in the editor after a kill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import _, paths
from chatbot.tui.flows.kept_text import KeptTexts
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.tui.editor import EditScreen


class EditorText:
    """Keeps the text of the editor, once it has been opened, in a file beside the history."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app, self._session = app, session
        self._name = session.locations.intents.name
        path = paths.history_file(session.locations.intents).with_suffix(".editor")
        self._kept = KeptTexts(app, path)
        self._is_read = False

    def tell(self) -> None:
        """Say at the start that there is something."""
        if self._kept.path.exists():
            self._app.notify(
                _("{key} brings them back.").format(key=self._session.keys.written("edit_intents")),
                title=_("Changes of {name} were not saved").format(name=self._name),
                timeout=10,
                markup=False,
            )

    def take(self) -> str | None:
        """Return the text to go on with, and let go of it: what the app fails at is not kept.

        Within a second it is kept again, as the editor holds it then.
        """
        found = next(iter(self._kept.load()), None)
        self._is_read = True
        self._kept.keep([])
        return found

    def keep_soon(self, editor: EditScreen | None) -> None:
        """Write the text in a thread, if it has changed."""
        if self._is_read:
            self._kept.keep_soon(_unsaved(editor))

    def keep(self, editor: EditScreen | None) -> None:
        """Write the text now."""
        if self._is_read:
            self._kept.keep(_unsaved(editor))


def _unsaved(editor: EditScreen | None) -> list[str]:
    return [editor.pane.text] if editor is not None and editor.has_unsaved_changes else []
