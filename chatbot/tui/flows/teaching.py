"""Teaching from the conversation: corrections, taking them back, and the inbox.

What asks, and what reads and writes the files, is imported inside the functions: the start-up does
not need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message

from chatbot.common import N_, TAUGHT_CHARACTERS, ChatbotError, _, ngettext, paths
from chatbot.tui.dialogs import start_asking
from chatbot.tui.messages import IntentsChanged
from chatbot.tui.session import Session
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.conversation import Turn
    from chatbot.teaching import Correction
    from chatbot.tui.widgets import TurnView


NONE = N_("none of them: out of scope")
"""The choice that makes a message an example of what the bot cannot answer."""


@dataclass
class Taught(Message):
    """Messages were taught; it comes after the IntentsChanged that makes the bot know them."""

    view: TurnView | None
    """The turn that was corrected; None for messages of the inbox."""
    tag: str | None
    """The intent that they belong to; None where they are out of scope."""


@dataclass
class TakenBack(Message):
    """The latest correction was taken back."""

    view: TurnView | None
    """The turn that it was about; None for messages of the inbox."""


@dataclass(frozen=True, slots=True)
class Done:
    """A correction that can be taken back."""

    correction: Correction
    undone: str
    """What to say once it is taken back."""
    waiting: tuple[str, ...] = ()
    """What it took out of the inbox."""
    view: TurnView | None = None
    """The turn that is marked as corrected by it."""


class Teaching:
    """Asks which intent a message belongs to, and writes it into the intents file."""

    def __init__(self, app: App[Any], session: Session) -> None:
        self._app = app
        self._session = session
        self._done: list[Done] = []
        """Corrections of this session, the latest last."""
        self._lock = Lock()
        """Several messages may be on their way into the inbox."""

    def correct(self, view: TurnView | None) -> None:
        """Ask what a message should have been, and teach it."""
        if view is None:
            self._app.notify(
                _("Send a message first, then say what it should have been."), markup=False
            )
        elif len(view.message) > TAUGHT_CHARACTERS:
            text = _("A message of more than {count:,} characters cannot become a pattern.")
            self._app.notify(text.format(count=TAUGHT_CHARACTERS), markup=False)
        elif view.reply is not None and self._session.bot is not None:
            said = view.reply.intent if view.reply.in_scope else None
            ranking = self._session.bot.read(view.message).prediction.ranking
            tags = [ranked.intent for ranked in ranking if ranked.intent != said]
            start_asking(self._app, self._ask_and_teach((view.message,), tags, view))

    def put_out_of_scope(self, view: TurnView) -> None:
        """Teach that a message is nothing that the bot can answer."""
        self._teach((view.message,), None, None, view)

    def remember(self, view: TurnView) -> None:
        """Teach that what was said before a choice is another way to say what was chosen."""
        if view.reply is not None and view.reply.instead_of:
            self._teach((view.reply.instead_of,), view.reply.intent, None, None)
            view.reply = view.reply._replace(instead_of="")
        else:
            self._app.notify(_("Nothing was chosen in place of this message."), markup=False)

    def hold(
        self, view: TurnView, before: Sequence[str] = (), contexts: Sequence[str] = ()
    ) -> None:
        """Make the answer of a message the one that it must always get: a test of the file.

        `before` was said before it, where the answer goes on from that; `contexts` were active.
        """
        from chatbot.teaching import hold

        if view.reply is None:
            self._app.notify(_("There is no answer yet that could hold."), markup=False)
            return
        tag = (view.reply.goes_on or view.reply.intent) if view.reply.in_scope else None
        answer = shown(tag) if tag is not None else _("out of scope")
        try:
            done = hold(self._session.locations.intents, view.message, tag, before, contexts)
        except ChatbotError as error:
            self._app.notify(str(error), title=_("Not kept"), severity="error", markup=False)
            return
        if done.after == done.before:
            title, text = _("Nothing to keep"), _("It must always be {answer} already.")
        else:
            self._done.append(Done(done, _("The list of tests is as it was.")))
            title = _("Kept as a test · {key} undoes it").format(key=self._key("undo_correction"))
            text = _("It must always be {answer}: every training checks that.")
        self._app.post_message(IntentsChanged(done.intents, by_us=True))
        self._app.notify(text.format(answer=answer), title=title, markup=False)

    def _key(self, action: str) -> str:
        return self._session.keys.written(action)

    def sort(self, messages: Sequence[str]) -> None:
        """Ask for the intent of messages of the inbox; the nearest of the first is offered."""
        bot = self._session.bot
        if bot is not None:
            tags = [ranked.intent for ranked in bot.read(messages[0]).prediction.ranking]
            start_asking(self._app, self._ask_and_teach(messages, tags, None))

    async def _ask_and_teach(
        self, messages: Sequence[str], tags: Sequence[str], view: TurnView | None
    ) -> None:
        """Ask for the intent, of a new one also for its reply; then teach."""
        from chatbot.teaching import can_be_taught
        from chatbot.tui.dialogs import ChooseScreen, WriteScreen

        if not any(map(can_be_taught, messages)):
            # Said before anything is asked: the answers would be for nothing.
            text = _("A message without words cannot be a pattern")
            self._app.notify(text, title=_("Not taught"), severity="error", markup=False)
            return
        first = " ".join(shown(messages[0]).split())
        more = len(messages) - 1
        title = (
            ngettext(
                "“{first}” and {count} more should have been …",
                "“{first}” and {count} more should have been …",
                more,
            )
            if more
            else _("“{first}” should have been …")
        ).format(first=shorten(first, 30), count=more)
        bot = self._session.bot
        known = bot.intents.trainable if bot is not None else ()
        others = [intent.tag for intent in known if intent.tag not in tags]
        choice = await self._app.push_screen_wait(
            ChooseScreen(title, [*tags, *others], new=_("new intent"), none=_(NONE))
        )
        if choice is None:
            return
        if choice.is_none:
            self._teach(messages, None, None, view)
            return
        reply = None
        if choice.is_new:
            reply = await self._app.push_screen_wait(
                WriteScreen(_("Reply for {name}").format(name=choice.name))
            )
            if reply is None:
                return
        self._teach(messages, choice.name, reply, view)

    def _teach(
        self,
        messages: Sequence[str],
        tag: str | None,
        reply: str | None,
        view: TurnView | None,
    ) -> None:
        from chatbot.teaching import correct, inbox

        try:
            done = correct(self._session.locations.intents, messages, tag, reply)
        except ChatbotError as error:
            self._app.notify(str(error), title=_("Not taught"), severity="error", markup=False)
            return
        if done.after != done.before:
            waiting = [message for message in inbox.load(self._inbox) if message in messages]
            if tag is None:
                undone = _("What is out of scope is as it was.")
            elif reply is None:
                undone = _("{intent} is as it was.").format(intent=tag)
            else:  # a new intent
                undone = _("{intent} is gone again.").format(intent=tag)
            self._done.append(Done(done, undone, tuple(waiting), view))
        self._remove(messages)
        self._app.post_message(IntentsChanged(done.intents, by_us=True))
        self._app.post_message(Taught(view, tag))
        if done.added:
            retrain, undo = self._key("retrain"), self._key("undo_correction")
            if tag is None:
                text = _(
                    "The bot does not answer this message from now on. "
                    "{key} retrains it for similar ones."
                )
                title = _("Taught out of scope · {key} undoes it").format(key=undo)
            else:
                text = _(
                    "The bot answers this message from now on. {key} retrains it for similar ones."
                )
                title = _("Taught {intent} · {key} undoes it").format(intent=tag, key=undo)
            text = text.format(key=retrain)
        elif tag is None:
            text, title = _("It is out of scope already."), _("Nothing to teach")
        else:
            text = _("It is a pattern of {intent} already.").format(intent=tag)
            title = _("Nothing to teach")
        self._app.notify(text, title=title, markup=False)

    def take_back(self) -> None:
        """Undo the latest correction."""
        from chatbot.teaching import inbox, take_back

        if not self._done:
            self._app.notify(_("Nothing was taught in this session."), markup=False)
            return
        try:
            intents = take_back(self._done[-1].correction)
        except ChatbotError as error:
            self._app.notify(str(error), title=_("Not undone"), severity="error", markup=False)
            return
        done = self._done.pop()
        self._app.post_message(IntentsChanged(intents, by_us=True))
        self._app.post_message(TakenBack(done.view))
        with self._lock, suppress(OSError):
            for message in done.waiting:
                inbox.add(self._inbox, message)
        self._app.notify(done.undone, title=_("Undone"), markup=False)

    # ---- the inbox

    @property
    def _inbox(self) -> Path:
        return paths.inbox_file(self._session.locations.intents)

    def collect(self, turn: Turn) -> None:
        """Keep a message that got the fallback reply, in a thread."""
        if not turn.is_answered and not self._session.is_private:
            self._app.run_worker(
                partial(self._add, self._inbox, turn.reading.message),
                thread=True,
                group="inbox",
                exit_on_error=False,
            )

    def _add(self, path: Path, message: str) -> None:
        from chatbot.teaching import can_be_taught, inbox

        if can_be_taught(message):
            with self._lock, suppress(OSError):  # no disk, no inbox, no trouble
                inbox.add(path, message)

    def _remove(self, messages: Sequence[str]) -> None:
        from chatbot.teaching import inbox

        try:
            with self._lock:
                inbox.remove(self._inbox, messages)
        except OSError as error:
            self._app.notify(str(error), title=_("Inbox"), severity="error", markup=False)

    def forget(self, messages: Sequence[str]) -> None:
        """Take messages out of the inbox."""
        self._remove(messages)
        self.refresh_inbox()

    def _groups(self) -> list[list[str]]:
        from chatbot.teaching import inbox

        bot = self._session.bot
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

    def refresh_inbox(self) -> None:
        """Show what is in the inbox now, where it is open."""
        from chatbot.tui.screens import InboxScreen

        for screen in self._app.screen_stack:
            if isinstance(screen, InboxScreen):
                screen.show(self._groups())
