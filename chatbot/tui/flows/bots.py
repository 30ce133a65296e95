"""Several bots: making one, opening another, those that were open; and the change from one to the
next, in which no conversation, draft or edited text is lost.

What asks, and what reads and writes files, is imported inside the functions: the start-up does not
need it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App

from chatbot.common import N_, ChatbotError, Locations, _, copy_default_bot, paths
from chatbot.tui.dialogs import start_asking
from chatbot.tui.messages import BotSwitched, ConversationRead
from chatbot.tui.session import Session
from chatbot.tui.text import shown

if TYPE_CHECKING:
    from chatbot.bots import MadeBot, Recent
    from chatbot.conversation import Remembered
    from chatbot.tui.flows.flows import Flows
    from chatbot.tui.flows.keeping import Place
    from chatbot.tui.screens import ChatScreen
    from chatbot.tui.widgets import Said

T = TypeVar("T")

DEFAULT_BOT = N_("the default bot (yours to change)")
"""In the list of bots. No bot can have this name: it has brackets, in every language."""


class NoSuchFileError(ChatbotError):
    """A file that was to be opened is not there."""


class Bots:
    """Asks for a bot and lets the app switch to it."""

    def __init__(self, app: App[Any], session: Session, flows: Flows) -> None:
        self._app = app
        self._session = session
        self._flows = flows
        self._conversations: dict[Path, tuple[tuple[Said, ...], Remembered | None, Place]] = {}
        """Those with bots that are not open now, by intents file."""

    def make(self) -> None:
        """Ask for a name, and what to begin with; make the bot and open it."""
        start_asking(self._app, self._make())

    def open(self) -> None:
        """Ask for one of the bots, or a file, and open it."""
        start_asking(self._app, self._open())

    def open_recent(self) -> None:
        """Ask for one of the bots that were open, and open it."""
        start_asking(self._app, self._open_recent())

    # ---- asking

    async def _make(self) -> None:
        from chatbot.bots import free_name, make_bot
        from chatbot.tui.dialogs import ask

        name = await self._try(_("Name of the new bot"), free_name)
        if name is None:
            return
        begin = await ask(
            self._app,
            _("What shall {name} begin with?").format(name=name),
            ("template", _("Three intents to change")),
            ("example", _("An example…")),
            ("file", _("A file…")),
            ("stay", _("Cancel")),
        )
        made: MadeBot | None = None
        if begin == "template":
            made = await self._try(_("Name of the new bot"), make_bot, name)
        elif begin == "example":
            made = await self._make_from_example(name)
        elif begin == "file":
            question = _("File, folder or zip archive to begin with")
            made = await self._try(question, lambda path: make_bot(name, source=Path(path)))
        if made is None:
            return
        if made.notes:
            self._app.notify(
                "\n".join(made.notes),
                title=_("Read as {format}").format(format=made.imported_from),
                markup=False,
            )
        await self._switch(made.locations)

    async def _make_from_example(self, name: str) -> MadeBot | None:
        """Ask for one of the bots that come with the program, and make one like it."""
        from chatbot.bots import about_examples, example_file, make_bot
        from chatbot.tui.dialogs import ChooseScreen

        about = {f"{each}: {said}": each for each, said in about_examples().items()}
        title = _("What shall {name} begin with?").format(name=name)
        choice = await self._app.push_screen_wait(ChooseScreen(title, list(about)))
        if choice is None:
            return None
        try:
            return make_bot(name, source=example_file(about[choice.name]))
        except (ChatbotError, OSError) as error:
            self._app.notify(str(error), title=_("Not made"), severity="error", markup=False)
            return None

    async def _open(self) -> None:
        from chatbot.tui.dialogs import ChooseScreen

        known = await asyncio.to_thread(_known, self._session.locations.intents)
        choice = await self._app.push_screen_wait(
            ChooseScreen(_("Open bot"), list(known), new=_("file"), hint=_("the path of a file"))
        )
        if choice is None:
            return
        if choice.is_new:
            found = await self._try(_("File of the bot"), _at_path, choice.name)
        else:
            found = known[choice.name]
        if found is not None:
            await self._switch(found)

    async def _open_recent(self) -> None:
        from chatbot.bots import recent
        from chatbot.tui.dialogs import RecentScreen

        bots = await asyncio.to_thread(recent.load)
        here = self._session.locations.intents
        others = [(bot, bot.is_missing) for bot in bots if bot.intents != here]
        chosen = await self._app.push_screen_wait(RecentScreen(others, self._forget))
        if chosen is not None:
            await self._switch(chosen.locations)

    async def _try(self, question: str, use: Callable[[str], T], text: str = "") -> T | None:
        """Ask for a text until it can be used; None where no text was given."""
        from chatbot.tui.dialogs import WriteScreen

        return await self._app.push_screen_wait(WriteScreen(question, text, use=use))

    # ---- the list of those that were open

    def remember(self) -> None:
        """Put the bot that is open at the head of the list, in a thread; not in private."""
        if not self._session.is_private:
            self._in_thread(partial(_remember, self._session.locations))

    def _forget(self, bot: Recent) -> None:
        """Take a bot out of the list, in a thread."""
        self._in_thread(partial(_forget, bot.intents))

    def _in_thread(self, work: Callable[[], None]) -> None:
        self._app.run_worker(work, thread=True, group="recent", exit_on_error=False)

    # ---- from one bot to another

    def put_away(self, chat: ChatScreen) -> None:
        """Keep the conversation with the bot that was open."""
        here = self._session.locations.intents
        remembered = chat.answering.remembered
        self._conversations[here] = chat.leave_bot(), remembered, self._flows.keeping.put_away()

    def take_up(self, chat: ChatScreen) -> None:
        """Continue the conversation with the bot that is open now."""
        here = self._session.locations.intents
        said, remembered, place = self._conversations.pop(here, ((), None, None))
        if place is not None:
            self._flows.keeping.take_up(place)
        chat.enter_bot(said, remembered)

    def open_for(self, event: ConversationRead) -> None:
        """Open the bot that a conversation was with; it is shown then."""
        self._flows.navigation.back_to_chat(lambda: start_asking(self._app, self._open_for(event)))

    async def _open_for(self, event: ConversationRead) -> None:
        bot = event.conversation.bot
        if not await asyncio.to_thread(bot.exists):
            self._app.notify(
                _(
                    "{bot} is not there any more. Export in the list writes the conversation to a "
                    "file."
                ).format(bot=shown(str(bot))),
                title=_("Not continued"),
                severity="warning",
                markup=False,
            )
        elif await self._switch(paths.locations_of_file(bot, _("a conversation was with it"))):
            self._app.post_message(event)

    async def _switch(self, to: Locations) -> bool:
        """Let the app switch, once nothing that concerns the bot before can still arrive.

        Returns whether it does.
        """
        from chatbot.tui.flows.stopping import may_stop_work

        if to.intents == self._session.locations.intents:
            self._app.notify(
                _("{bot} is open already.").format(bot=shown(to.intents.stem)), markup=False
            )
            return False
        if not await may_stop_work(self._app, self._session, _("Stop and switch")):
            return False
        for group in ("train", "evaluate"):  # whose last record would be taken for the new bot's
            self._app.workers.cancel_group(self._app, group)
        await self._session.stop()
        try:
            await asyncio.to_thread(copy_default_bot, to)
        except OSError as error:
            self._app.notify(str(error), title=_("Not opened"), severity="error", markup=False)
            return False
        # Messages are handled in their order, so this one comes after all of the bot before.
        self._flows.end_reading()
        self._app.post_message(BotSwitched(to))
        return True


def _known(here: Path) -> dict[str, Locations]:
    """Return the bots by name, without the one that is open."""
    known = {
        file.stem: paths.locations_of_file(file, _("your bot {name}").format(name=file.stem))
        for file in paths.bot_files()
    }
    own = paths.locations_of_file(paths.own_intents(), _("your own copy of the default bot"))
    known[_(DEFAULT_BOT)] = own
    return {name: at for name, at in known.items() if at.intents != here}


def _at_path(text: str) -> Locations:
    """Return the bot of a file that somebody typed. Raises NoSuchFileError."""
    file = paths.absolute(Path(text))
    if not file.exists():
        raise NoSuchFileError(
            _("{file} is not there. “New bot” in the menu makes a bot").format(file=file)
        )
    return paths.locations_of_file(file, _("you opened it"))


def _remember(locations: Locations) -> None:
    from chatbot.bots import recent

    with suppress(OSError):  # no disk, no list, no trouble
        if locations.intents.exists():
            recent.add(locations)


def _forget(intents: Path) -> None:
    from chatbot.bots import recent

    with suppress(OSError):
        recent.remove(intents)
