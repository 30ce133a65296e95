"""The app: owns the session and passes messages and actions on; flows ask, screens draw."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import SystemCommand
from textual.screen import Screen

from chatbot.common import N_, Locations, _, paths
from chatbot.tui import messages
from chatbot.tui.actions import ACTIONS, EVERYWHERE, bindings
from chatbot.tui.closing import forget_drawn
from chatbot.tui.flows import ALWAYS, AppWithConversations, Flows, offers_on
from chatbot.tui.screens import ChatScreen
from chatbot.tui.session import Session
from chatbot.tui.settings import SettingsFile
from chatbot.tui.themes import readable_texts
from chatbot.tui.widgets import Prompt, place_toasts

if TYPE_CHECKING:
    from textual.command import Provider

OF_TEXTUAL = (
    N_("Screenshot"),
    N_("Save an SVG 'screenshot' of the current screen"),
    N_("Change the current theme"),
)
"""What Textual says in the command palette: marked here, to be in our catalogues."""


def _commands() -> type[Provider]:
    from chatbot.tui.flows import Commands  # start-up: once somebody opens the palette

    return Commands


class ChatbotApp(AppWithConversations):
    """Chat with a trained recurrent network and watch its hidden state."""

    TITLE = "chatbot"
    # Textual reads a screen's own style sheet only when it is pushed; the first one never is.
    CSS_PATH = "screens/chat.tcss"
    BINDINGS = bindings(EVERYWHERE)
    COMMANDS = {_commands}

    def __init__(
        self, locations: Locations, seed: int | None = None, *, private: bool = False
    ) -> None:
        """Take the paths; `seed` fixes the choice of replies, `private` keeps nothing."""
        super().__init__()
        self._settings = SettingsFile(paths.settings_file())
        private = private or not self._settings.values.keep_conversations
        self.session = Session(self, locations, is_private=private)
        self.flows = Flows(self, self.session, self._settings, seed)
        self.flows.adjusting.begin()

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme; those of text are readable, whatever the theme says."""
        colours = super().get_css_variables()
        if not self.current_theme.ansi:  # else they are the terminal's own, which nobody knows
            self.theme_variables = colours = colours | readable_texts(colours)
        return colours

    def get_default_screen(self) -> Screen[None]:
        """Start in the conversation: nothing is drawn twice."""
        return ChatScreen(self.session)

    def on_mount(self) -> None:
        """Paint first; everything that takes time comes after the first frame."""
        self.flows.adjusting.use_keys()
        self.theme_changed_signal.subscribe(self, lambda __: self.flows.adjusting.keep_theme())
        self.session.files_seen.subscribe(self, lambda seen: self.flows.loading.follow(seen))
        self.session.files_seen.subscribe(self, lambda __: self.flows.keep_typed(now=False))
        self.call_after_refresh(self._start)

    async def on_unmount(self) -> None:
        """Take what runs down with us; the old model stays, and what was said is written."""
        await self.session.stop()
        await asyncio.to_thread(self.flows.finish)
        forget_drawn()

    def notify(self, message: str, **about: Any) -> None:
        """Show a toast, where nobody types."""
        super().notify(message, **about)
        if not self.is_closed:
            place_toasts(self.screen)

    def on_descendant_focus(self) -> None:
        """Toasts give way to another field, also to that of a screen that opens below them."""
        self._give_way()

    def on_option_list_option_highlighted(self) -> None:
        """Toasts give way to the cursor of a list."""
        self._give_way()

    def _give_way(self) -> None:
        if not self.is_closed and self.screen.query("Toast"):
            self.call_after_refresh(place_toasts, self.screen)

    def _start(self) -> None:
        """Begin what the first paint did not wait for."""
        if not gc.isenabled():  # whoever started the app wants it quick, and nothing searched twice
            gc.freeze()
            gc.enable()
        self.flows.watching.start()
        self._begin_bot()
        self.flows.adjusting.tell_problems()
        if self.session.locations.note:
            self.notify(self.session.locations.note, markup=False)

    def _begin_bot(self) -> None:
        """Read what there is of the bot that is open."""
        self.flows.loading.read_bot()
        self.flows.history.read()
        self.flows.draft.restore()
        self.flows.editor_text.tell()
        self.flows.bots.remember()

    # ---- the bot and the conversation

    @on(messages.BotLoaded)
    def _bot_loaded(self, event: messages.BotLoaded) -> None:
        self.session.use(event.bot.with_threshold(self.session.settings.threshold or None))

    @on(messages.BotFailed)
    def _bot_failed(self, event: messages.BotFailed) -> None:
        if self.is_closed:
            return
        if self.session.bot is None:
            if event.needs_training:
                self.flows.trainings.begin()
            self.chat.bot_failed(event.problem, event.intents if event.needs_training else None)
        else:  # what was good a moment ago still answers
            self.notify(
                event.problem, title=_("The bot answers as before"), severity="error", markup=False
            )

    @on(messages.BotSwitched)
    def _bot_switched(self, event: messages.BotSwitched) -> None:
        """Put the conversation and the draft of one bot away, and take up those of the other."""
        self.flows.end_bot()
        self.flows.bots.put_away(self.chat)
        self.session.switch(event.locations)
        self.flows.bots.take_up(self.chat)
        self._begin_bot()

    @on(messages.IntentsChanged)
    def _intents_changed(self, event: messages.IntentsChanged) -> None:
        """Changed replies work at once; changed patterns or tags ask for a training."""
        bot = self.session.bot
        if bot is None:
            self.flows.loading.read_bot()
        elif event.intents != bot.intents:
            if event.intents.digest != bot.intents.digest:
                self.flows.evaluations.forget()
            self.session.use(bot.with_intents(event.intents))
            if not event.by_us and not self.is_closed and self.screen is self.chat:
                self.notify(
                    _("The new replies are in use. {key} shows the file.").format(
                        key=self.session.keys.written("edit_intents")
                    ),
                    title=_("{name} changed on disk").format(
                        name=self.session.locations.intents.name
                    ),
                    markup=False,
                )

    @on(messages.HistoryLoaded)
    def _history_loaded(self, event: messages.HistoryLoaded) -> None:
        if not self.is_closed:
            self.chat.prompt.sent.entries[:0] = event.entries

    @on(Prompt.Submitted)
    def _sent(self) -> None:
        self.flows.history.keep(self.chat.prompt.sent.take_added())

    def action_new_bot(self) -> None:
        """Make a bot and open it."""
        self.flows.navigation.back_to_chat(self.flows.bots.make)

    def action_open_bot(self) -> None:
        """Open another bot."""
        self.flows.navigation.back_to_chat(self.flows.bots.open)

    def action_recent_bots(self) -> None:
        """Open a bot that was open before."""
        self.flows.navigation.back_to_chat(self.flows.bots.open_recent)

    # ---- the other screens, and the panel

    def action_edit_intents(self) -> None:
        """Open the editor."""
        self.flows.navigation.open_editor()

    def action_forgetting_lab(self) -> None:
        """Open the forgetting lab."""
        self.flows.navigation.open_lab()

    def action_tour(self) -> None:
        """Open the guided tour."""
        self.flows.navigation.open_tour()

    def action_model_info(self) -> None:
        """Show what the model is."""
        self.flows.navigation.open_model_info()

    def action_welcome(self) -> None:
        """Show the first steps."""
        self.flows.navigation.open_welcome()

    def action_switch_language(self) -> None:
        """Speak the next language."""
        self.flows.adjusting.switch_language()

    def action_help(self) -> None:
        """Show the keys and how to read the panel."""
        self.flows.navigation.open_help()

    def action_choose_theme(self) -> None:
        """Choose a theme; each is shown while one looks for it."""
        self.flows.adjusting.choose_theme()

    def action_settings(self) -> None:
        """Show everything that can be set."""
        self.flows.navigation.open_settings()

    @on(messages.SettingsNotKept)
    def _settings_not_kept(self, event: messages.SettingsNotKept) -> None:
        if not self.is_closed:
            self.notify(event.problem, title=_("Not kept"), severity="error", markup=False)

    def action_next_view(self) -> None:
        """Show the panel's next view."""
        self.flows.navigation.back_to_chat(self.chat.control.next_view)

    def action_explain_panel(self) -> None:
        """Say what the words in the view on show mean."""
        self.flows.navigation.open_terms()

    def action_focus_panel(self) -> None:
        """Go to the panel, or back to the prompt."""
        self.flows.navigation.back_to_chat(self.chat.control.toggle_focus)

    def action_pin(self) -> None:
        """Pin the panel to the message it shows, or free it."""
        if self.screen is self.chat:
            self.chat.panel.toggle_pin()

    def action_maximise_panel(self) -> None:
        """Give the panel the whole screen, or put it back."""
        self.flows.navigation.back_to_chat(self.chat.control.toggle_maximised)

    # ---- which actions there are

    def action_menu(self) -> None:
        """Open the menu, or close it."""
        self.flows.navigation.toggle_menu()

    def action_command_palette(self) -> None:
        """Open the command palette."""
        self.flows.navigation.open_palette()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave a dialog's keys to the dialog: the app's actions wait until it is closed."""
        names = {entry.name for entry in ACTIONS} - ALWAYS
        if action in names and self.screen.is_modal:
            return False
        if action == "edit_intents" and hasattr(self.screen, "action_form"):
            return False  # there the same key shows the form, and the footer says so
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer in the command palette what can be done now, then Textual's own."""
        offers = [offer for group in offers_on(screen) for offer in group.offers]
        for offer in offers:
            keys = self.session.keys.all_written(offer.action.name)
            does = _(offer.action.help)
            about = f"{keys} · {does}" if keys else does
            yield SystemCommand(_(offer.action.title), about, partial(offer.run, self))
        ours = {offer.action.title for offer in offers} | {"Keys", "Maximize", "Minimize"}
        for command in super().get_system_commands(screen):
            if command.title not in ours:
                yield command._replace(title=_(command.title), help=_(command.help))

    async def action_quit(self) -> None:
        """Leave, after asking where unsaved changes or work under way would be lost."""
        from chatbot.tui.flows.stopping import quit_once_allowed  # start-up

        navigation = self.flows.navigation
        leave = partial(quit_once_allowed, self, self.session, self.exit)
        navigation.back_to_chat(lambda: leave(len(self.chat.answering.promises)))
