"""The flows of the app, each made when it is first used: start-up imports only what it needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.tui.session import Session
from chatbot.tui.settings import SettingsFile

if TYPE_CHECKING:
    from chatbot.archive import Archive
    from chatbot.tui.flows.adjusting import Adjusting
    from chatbot.tui.flows.bots import Bots
    from chatbot.tui.flows.conversations import Conversations
    from chatbot.tui.flows.copying import Copying
    from chatbot.tui.flows.draft import Draft
    from chatbot.tui.flows.editor_text import EditorText
    from chatbot.tui.flows.evaluation import Evaluations
    from chatbot.tui.flows.fault import Fault
    from chatbot.tui.flows.first_start import FirstStart
    from chatbot.tui.flows.history import KeptHistory
    from chatbot.tui.flows.keeping import Keeping
    from chatbot.tui.flows.loading import Loading
    from chatbot.tui.flows.navigation import Navigation
    from chatbot.tui.flows.selected import SelectedMessage
    from chatbot.tui.flows.teaching import Teaching
    from chatbot.tui.flows.training import Trainings
    from chatbot.tui.flows.versions import Versions
    from chatbot.tui.flows.watching import Watching


class Flows:
    """One of each flow, for one run of the app."""

    def __init__(
        self, app: App[Any], session: Session, settings: SettingsFile, seed: int | None
    ) -> None:
        """Take what the flows work for; `seed` fixes the choice of replies."""
        self._app, self._session, self._settings, self._seed = app, session, settings, seed

    def finish(self) -> None:
        """Write what waits to be written. It may wait for the disk."""
        self.history.finish()
        if "archive" in self.__dict__:
            self.keeping.finish()

    def end_reading(self) -> None:
        """Let nothing arrive any more that is still being read of the bot that is open."""
        self.loading.end()
        self.history.end()

    def end_bot(self) -> None:
        """Write what was typed to the bot, and begin anew what holds something of it."""
        self.keep_typed(now=True)
        for name in ("loading", "history", "draft", "editor_text", "teaching"):
            self.__dict__.pop(name, None)

    @cached_property
    def bots(self) -> Bots:
        """Makes bots, and opens another one."""
        from chatbot.tui.flows.bots import Bots

        return Bots(self._app, self._session, self)

    @cached_property
    def adjusting(self) -> Adjusting:
        """Adjusts the app to the settings."""
        from chatbot.tui.flows.adjusting import Adjusting

        return Adjusting(self._app, self._session, self._settings)

    @cached_property
    def navigation(self) -> Navigation:
        """Opens and closes screens."""
        from chatbot.tui.flows.navigation import Navigation

        return Navigation(self._app, self._session, self.adjusting, self)

    @cached_property
    def loading(self) -> Loading:
        """Reads the bot and the intents file."""
        from chatbot.tui.flows.loading import Loading

        return Loading(self._app, self._session, self._seed)

    @cached_property
    def watching(self) -> Watching:
        """Notices changes by other programs."""
        from chatbot.tui.flows.watching import Watching

        return Watching(self._app, self._session)

    @cached_property
    def history(self) -> KeptHistory:
        """Keeps what was typed."""
        from chatbot.tui.flows.history import KeptHistory

        return KeptHistory(self._app, self._session)

    @cached_property
    def archive(self) -> Archive:
        """The file of the conversations; it is opened when it is first used."""
        from chatbot.archive import Archive

        return Archive()

    @cached_property
    def keeping(self) -> Keeping:
        """Keeps each turn."""
        from chatbot.tui.flows.keeping import Keeping

        return Keeping(self._app, self._session, self.archive)

    @cached_property
    def conversations(self) -> Conversations:
        """The list of conversations, and continuing one."""
        from chatbot.tui.flows.conversations import Conversations

        return Conversations(self._app, self._session, self)

    @cached_property
    def copying(self) -> Copying:
        """Copies to the system's clipboard."""
        from chatbot.tui.flows.copying import Copying

        return Copying(self._app)

    @cached_property
    def draft(self) -> Draft:
        """Keeps what stands in the prompt."""
        from chatbot.tui.flows.draft import Draft

        return Draft(self._app, self._session)

    @cached_property
    def editor_text(self) -> EditorText:
        """Keeps what stands in the editor and not in the file."""
        from chatbot.tui.flows.editor_text import EditorText

        return EditorText(self._app, self._session)

    def keep_typed(self, *, now: bool) -> None:
        """Write what was typed and not sent or saved: now, or soon in a thread."""
        editor = self.navigation.editor
        if now:
            self.draft.keep()
            self.editor_text.keep(editor)
        else:
            self.draft.keep_soon()
            self.editor_text.keep_soon(editor)

    @cached_property
    def fault(self) -> Fault:
        """Tells of a fault of the program."""
        from chatbot.tui.flows.fault import Fault

        return Fault(self._app, self)

    @cached_property
    def first_start(self) -> FirstStart:
        """Remembers that somebody has begun."""
        from chatbot.tui.flows.first_start import FirstStart

        return FirstStart(self._session)

    @cached_property
    def selected(self) -> SelectedMessage:
        """Does things with the selected message."""
        from chatbot.tui.flows.selected import SelectedMessage

        return SelectedMessage(self._app, self._session, self)

    @cached_property
    def teaching(self) -> Teaching:
        """Corrections and the inbox."""
        from chatbot.tui.flows.teaching import Teaching

        return Teaching(self._app, self._session)

    @cached_property
    def trainings(self) -> Trainings:
        """Trains, and decides about a model that waits."""
        from chatbot.tui.flows.training import Trainings

        return Trainings(self._app, self._session)

    @cached_property
    def evaluations(self) -> Evaluations:
        """Evaluates the file, or a test file."""
        from chatbot.tui.flows.evaluation import Evaluations

        return Evaluations(self._app, self._session)

    @cached_property
    def versions(self) -> Versions:
        """Lets another version answer."""
        from chatbot.tui.flows.versions import Versions

        return Versions(self._app, self._session)
