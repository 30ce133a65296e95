"""Using another version of the model, in a thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import ChatbotError
from chatbot.tui.messages import VersionFailed, VersionUsed
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.versions import Used


class Versions:
    """Puts a version in the place of the model that answers."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session

    def use(self, number: int, *, with_intents: bool) -> None:
        """Let a version answer, and bring its intents file back if that is wanted."""
        self._app.run_worker(
            partial(self._use, number, with_intents),
            thread=True,
            group="versions",
            exclusive=True,
            exit_on_error=False,
        )

    def _use(self, number: int, with_intents: bool) -> None:
        from chatbot.versions import kept  # not paid for at start-up

        locations = self._session.locations
        try:
            used = kept.use(locations.intents, locations.model, number, with_intents=with_intents)
        except ChatbotError as error:
            self._app.post_message(VersionFailed(str(error)))
        else:
            self._app.post_message(VersionUsed(used))

    def tell(self, used: Used) -> None:
        """Say which version answers now, and show it in the list where that is open."""
        from chatbot.tui.screens import VersionsScreen  # not paid for at start-up
        from chatbot.versions import used_lines

        if isinstance(self._app.screen, VersionsScreen):
            self._app.screen.read()
        first, *rest = used_lines(used, self._session.locations.intents)
        self._app.notify("\n".join(rest), title=first.rstrip("."), markup=False)
