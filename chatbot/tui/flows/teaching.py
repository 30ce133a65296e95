"""Teaching from the conversation: corrections, taking them back, and the inbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from chatbot.common import ChatbotError, paths
from chatbot.tui.messages import IntentsChanged
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.intents import Intents
    from chatbot.teaching import Correction
    from chatbot.tui.app import ChatbotApp
    from chatbot.tui.dialogs import Choice
    from chatbot.tui.screens import InboxScreen
    from chatbot.tui.widgets import TurnView


class Teaching:
    """Asks which intent a message belongs to, and writes it into the intents file."""

    def __init__(self, app: ChatbotApp) -> None:
        self._app = app
        self._done: list[tuple[Correction, list[str]]] = []
        """Corrections of this session, the latest last, and what each took out of the inbox."""
        self._lock = Lock()
        """Several messages may be on their way into the inbox."""

    def correct(self, view: TurnView) -> None:
        """Ask what the selected message should have been, and teach it."""
        turn = view.turn
        if turn is None:
            return
        said = turn.reading.prediction.intent if turn.reading.prediction.in_scope else None

        def taught() -> None:
            if self._app.bot is not None:
                view.answer(self._app.bot.reply(view.message))
                self._app.chat.conversation.selected = view

        ranking = [ranked.intent for ranked in turn.reading.prediction.ranking]
        self._ask((view.message,), [tag for tag in ranking if tag != said], taught)

    def _ask(self, messages: Sequence[str], tags: Sequence[str], then: Callable[[], None]) -> None:
        """Ask for the intent, of a new one also for its reply; then teach."""
        from chatbot.tui.dialogs import ChooseScreen, WriteScreen

        first = " ".join(shown(messages[0]).split())
        more = f" and {len(messages) - 1} more" if len(messages) > 1 else ""
        title = f"“{shorten(first, 30)}”{more} should have been …"

        def chosen(choice: Choice | None) -> None:
            if choice is None:
                return
            if not choice.is_new:
                self._teach(messages, choice.name, None, then)
                return

            def written(reply: str | None) -> None:
                if reply is not None:
                    self._teach(messages, choice.name, reply, then)

            self._app.push_screen(WriteScreen(f"What shall it reply to {choice.name}?"), written)

        known = self._app.bot.intents.trainable if self._app.bot is not None else ()
        others = [intent.tag for intent in known if intent.tag not in tags]
        self._app.push_screen(ChooseScreen(title, [*tags, *others], new="new intent"), chosen)

    def _teach(
        self, messages: Sequence[str], tag: str, reply: str | None, then: Callable[[], None]
    ) -> None:
        from chatbot.teaching import correct

        try:
            done = correct(self._app.locations.intents, messages, tag, reply)
        except ChatbotError as error:
            self._app.notify(str(error), title="Not taught", severity="error", markup=False)
            return
        if done.after != done.before:
            from chatbot.teaching import inbox

            waiting = [message for message in inbox.load(self._inbox) if message in messages]
            self._done.append((done, waiting))
        self._use(done.intents)
        self.forget(messages)
        then()
        if done.added:
            text = "The bot knows these words at once. F5 retrains it for all like them."
            title = f"Taught {tag} · {_key('undo_correction')} takes it back"
        else:
            text, title = "It was among its patterns already.", f"{tag} knows that"
        self._app.notify(text, title=title, markup=False)

    def take_back(self) -> None:
        """Undo the latest correction."""
        from chatbot.teaching import inbox, take_back

        if not self._done:
            self._app.notify("Nothing was taught in this session.", markup=False)
            return
        try:
            intents = take_back(self._done[-1][0])
        except ChatbotError as error:
            self._app.notify(str(error), title="Not undone", severity="error", markup=False)
            return
        done, waiting = self._done.pop()
        self._use(intents)
        with self._lock, suppress(OSError):
            for message in waiting:
                inbox.add(self._inbox, message)
        self._app.notify(f"{done.tag} is as it was.", title="Taken back", markup=False)

    def _use(self, intents: Intents) -> None:
        """Let the bot answer with what the file holds now, before anything is said about it."""
        app = self._app
        if app.bot is not None:
            app.bot = app.bot.with_intents(intents)
        app.post_message(IntentsChanged(intents, by_us=True))

    # ---- the inbox

    def collect(self, view: TurnView) -> None:
        """Keep a message that got the fallback; called in a thread."""
        from chatbot.teaching import inbox

        if view.turn is not None and not view.turn.reading.prediction.in_scope:
            with self._lock, suppress(OSError):  # no disk, no inbox, no trouble
                inbox.add(self._inbox, view.message)

    @property
    def _inbox(self) -> Path:
        return paths.inbox_file(self._app.locations.intents)

    def _groups(self) -> list[list[str]]:
        from chatbot.teaching import inbox

        bot = self._app.bot
        messages = inbox.load(self._inbox)
        if bot is None:
            return [[message] for message in messages]
        # What the bot has learned meanwhile needs no sorting.
        unknown = [m for m in messages if not bot.read(m).prediction.in_scope]
        return inbox.groups(bot.reader, unknown)

    def show_inbox(self) -> None:
        """Open the inbox."""
        from chatbot.tui.screens import InboxScreen

        self._app.push_screen(InboxScreen(self._groups()))

    def forget(self, messages: Sequence[str]) -> None:
        """Take messages out of the inbox."""
        from chatbot.teaching import inbox
        from chatbot.tui.screens import InboxScreen

        try:
            with self._lock:
                inbox.remove(self._inbox, messages)
        except OSError as error:
            self._app.notify(str(error), title="Inbox", severity="error", markup=False)
        for screen in self._app.screen_stack:
            if isinstance(screen, InboxScreen):
                screen.show(self._groups())

    def teach_from(self, event: InboxScreen.Teach) -> None:
        """Ask for the intent of messages of the inbox; the nearest of the first is offered."""
        bot = self._app.bot
        if bot is not None:
            ranking = bot.read(event.messages[0]).prediction.ranking
            self._ask(event.messages, [ranked.intent for ranked in ranking], lambda: None)


def _key(name: str) -> str:
    """Return the key of an action as people write it."""
    from chatbot.tui.actions import ACTIONS

    return next(action.written_key for action in ACTIONS if action.name == name)
