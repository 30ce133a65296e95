"""The app: owns the bot and the settings, and passes messages on; screens draw and ask."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App, SystemCommand
from textual.screen import Screen

from chatbot.common import ChatbotError, Locations, paths
from chatbot.tui import settings
from chatbot.tui.actions import ACTIONS, menu
from chatbot.tui.flows.evaluation import Evaluations
from chatbot.tui.flows.loading import (
    file_state,
    has_terminal,
    load_bot,
    new_replier,
    reread_intents,
)
from chatbot.tui.flows.teaching import Teaching
from chatbot.tui.flows.training import Trainings
from chatbot.tui.messages import (
    BotFailed,
    BotLoaded,
    EvaluationNews,
    HistoryLoaded,
    IntentsBroken,
    IntentsChanged,
    TrainingRecord,
    VersionFailed,
    VersionUsed,
)
from chatbot.tui.screens.chat import ChatScreen

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Replier
    from chatbot.tui.screens.evaluate import EvaluateScreen
    from chatbot.tui.screens.inbox import InboxScreen
    from chatbot.tui.screens.train import TrainScreen
    from chatbot.tui.screens.versions import VersionsScreen

WATCH_SECONDS = 1.0
"""How often the intents file is looked at for changes by other programs."""


class ChatbotApp(App[None]):
    """Chat with a trained recurrent network and watch its hidden state."""

    TITLE = "chatbot"
    # Textual reads a screen's own style sheet only when it is pushed; the first one never is.
    CSS_PATH = "screens/chat.tcss"
    BINDINGS = [action.binding() for action in ACTIONS if action.key]

    def __init__(self, locations: Locations, seed: int | None = None) -> None:
        super().__init__()
        self.locations = locations
        self.bot: Chatbot | None = None
        self.teaching = Teaching(self)
        self.trainings = Trainings(self)
        self.evaluations = Evaluations(self)
        self._seed = seed
        self._file_state = file_state(locations.intents)
        self._card_state = file_state(locations.model_card)
        self._settings = settings.load(paths.settings_file())
        if self._settings.theme in self.available_themes:
            self.theme = self._settings.theme

    def get_default_screen(self) -> Screen[None]:
        """Start in the conversation: nothing is drawn twice."""
        return ChatScreen()

    @property
    def chat(self) -> ChatScreen:
        """The conversation, which always lies at the bottom of the screens."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    def on_mount(self) -> None:
        """Paint first; everything that takes time comes after the first frame."""
        self.theme_changed_signal.subscribe(self, lambda _: self._keep_theme())
        self.call_after_refresh(self._start)
        self.set_interval(WATCH_SECONDS, self._look_at_file)
        if not self.is_headless and has_terminal():
            self.set_interval(WATCH_SECONDS, self._look_at_terminal)

    async def on_unmount(self) -> None:
        """Take what runs down with us; the old model stays."""
        await self.evaluations.stop()
        await self.trainings.stop()

    def _start(self) -> None:
        """Begin what the first paint did not wait for."""
        gc.freeze()
        gc.enable()
        self._load()

    # ---- loading: threads only post messages, handlers own the state

    @work(thread=True, exit_on_error=False, group="load", exclusive=True)
    def _load(self) -> None:
        from chatbot.conversation import history

        self.post_message(load_bot(self.locations, new_replier(self._seed)))
        self.post_message(HistoryLoaded(history.load(paths.history_file(self.locations.intents))))

    @work(thread=True, exit_on_error=False, group="load", exclusive=True)
    def _reload(self, replier: Replier) -> None:
        self.post_message(load_bot(self.locations, replier))

    @on(BotLoaded)
    def _bot_loaded(self, event: BotLoaded) -> None:
        if not self.screen_stack:
            return  # the app was closed while the bot was being read
        self.bot = event.bot
        self.chat.bot_changed()

    @on(BotFailed)
    def _bot_failed(self, event: BotFailed) -> None:
        if not self.screen_stack:
            return
        if self.bot is not None:
            # A model that was good a moment ago answers on.
            self.notify(event.problem, title="The old model stays", severity="error", markup=False)
            return
        self.chat.bot_failed(event.problem, event.needs_training)

    @on(HistoryLoaded)
    def _history_loaded(self, event: HistoryLoaded) -> None:
        if not self.screen_stack:
            return
        self.chat.prompt.sent.entries[:0] = event.entries

    def _look_at_terminal(self) -> None:
        """Leave when the terminal is gone: Textual would read its end for ever, at full speed."""
        if not has_terminal():
            self.exit()

    # ---- the intents file

    def _look_at_file(self) -> None:
        """Notice that another program changed file or model. Reading them is for a thread."""
        state = file_state(self.locations.intents)
        if state != self._file_state:
            self._file_state = state
            self._reread_intents()
        card = file_state(self.locations.model_card)
        if card not in (None, self._card_state):
            self.reload_bot()

    @work(thread=True, exit_on_error=False, group="intents", exclusive=True)
    def _reread_intents(self) -> None:
        self.post_message(reread_intents(self.locations.intents))

    @on(IntentsBroken)
    def _intents_broken(self, event: IntentsBroken) -> None:
        if not self.screen_stack:
            return
        if self.bot is None:
            self.chat.bot_failed(event.problem, needs_training=False)
        else:
            self.notify(
                event.problem, title="The old replies stay", severity="warning", markup=False
            )

    @on(IntentsChanged)
    def _intents_changed(self, event: IntentsChanged) -> None:
        """Changed replies work at once; changed patterns or tags ask for a training."""
        if not self.screen_stack:
            return
        if event.by_us:
            self._file_state = file_state(self.locations.intents)
        if self.bot is None:
            self._load()
            return
        if event.intents.digest != self.bot.intents.digest:
            self.evaluations.forget()
        self.bot = self.bot.with_intents(event.intents)
        self.chat.bot_changed()
        if not event.by_us and self.screen is self.chat:
            self.notify(
                "Its replies are in use. F2 shows the file.",
                title=f"{self.locations.intents.name} changed on disk",
                markup=False,
            )

    # ---- training

    def action_retrain(self) -> None:
        """Start a training of the file on disk, or show the one under way."""
        from chatbot.tui.editor.screen import EditScreen

        if isinstance(self.screen, EditScreen):
            self.screen.request_close(self.trainings.show)
        else:
            self.trainings.show()

    @on(TrainingRecord)
    def _training_record(self, event: TrainingRecord) -> None:
        self.trainings.take(event.record)

    def reload_bot(self) -> None:
        """Let a new model answer in the running conversation."""
        self._card_state = file_state(self.locations.model_card)  # of what is read now, or older
        if self.bot is None:
            self._load()
        else:
            self._reload(self.bot.replier)

    def on_train_screen_cancel_requested(self) -> None:
        """Kill the training."""
        self.trainings.cancel()

    def on_train_screen_retry_requested(self) -> None:
        """Start again after a failure."""
        self.action_retrain()

    def on_train_screen_decided(self, event: TrainScreen.Decided) -> None:
        """Take over a model that answers worse here or there, or leave it among the versions."""
        if event.take_over:
            self.trainings.accept()
        else:
            self.trainings.decline()

    # ---- versions

    def action_versions(self) -> None:
        """Show the trainings that are kept."""
        from chatbot.tui.screens.versions import VersionsScreen

        if not isinstance(self.screen, VersionsScreen):
            self._back_to_chat(lambda: self._push(VersionsScreen(self.locations)))

    def on_versions_screen_use_requested(self, event: VersionsScreen.UseRequested) -> None:
        """Go to a version."""
        self.use_version(event.number, with_intents=event.with_intents)

    @work(thread=True, exit_on_error=False, group="versions", exclusive=True)
    def use_version(self, number: int, *, with_intents: bool) -> None:
        """Let a version answer, and bring its intents file back if that is wanted."""
        from chatbot.versions import kept as versions

        try:
            used = versions.use(
                self.locations.intents, self.locations.model, number, with_intents=with_intents
            )
        except ChatbotError as error:
            self.post_message(VersionFailed(str(error)))
        else:
            self.post_message(VersionUsed(used))

    @on(VersionFailed)
    def _version_failed(self, event: VersionFailed) -> None:
        self.notify(event.problem, title="Nothing was changed", severity="error", markup=False)

    @on(VersionUsed)
    def _version_used(self, event: VersionUsed) -> None:
        from chatbot.tui.screens.versions import VersionsScreen
        from chatbot.versions import used_lines

        self._file_state = file_state(self.locations.intents)
        self.trainings.version_used(event)
        self.reload_bot()
        if isinstance(self.screen, VersionsScreen):
            self.screen.read()
        first, *rest = used_lines(event.used, self.locations.intents)
        self.notify("\n".join(rest), title=first.rstrip("."), markup=False)

    # ---- teaching from the conversation

    def action_correct(self) -> None:
        """Teach what the selected message should have been; in the editor, mend what was found."""
        from chatbot.tui.editor.screen import EditScreen

        if isinstance(self.screen, EditScreen):
            self.screen.action_fix()
        else:
            self._back_to_chat(self._correct)

    def _correct(self) -> None:
        view = self.chat.conversation.selected
        if view is None:
            self.notify("Send a message first, then say what it should have been.", markup=False)
        else:
            self.teaching.correct(view)

    def action_undo_correction(self) -> None:
        """Take the latest correction back."""
        self._back_to_chat(self.teaching.take_back)

    def action_inbox(self) -> None:
        """Show the messages that got the fallback."""
        self._back_to_chat(self.teaching.show_inbox)

    def on_inbox_screen_teach(self, event: InboxScreen.Teach) -> None:
        """Sort messages of the inbox into an intent."""
        self.teaching.teach_from(event)

    def on_inbox_screen_forget(self, event: InboxScreen.Forget) -> None:
        """Take messages out of the inbox."""
        self.teaching.forget(event.messages)

    # ---- evaluation

    def action_evaluate(self) -> None:
        """Show the evaluation of the file, or start one where there is none yet."""
        self._back_to_chat(self.evaluations.show)

    @on(EvaluationNews)
    def _evaluation_news(self, event: EvaluationNews) -> None:
        self.evaluations.take(event.record)

    def on_evaluate_screen_cancel_requested(self) -> None:
        """Kill the evaluation."""
        self.evaluations.cancel()

    def on_evaluate_screen_start_requested(self, event: EvaluateScreen.StartRequested) -> None:
        """Evaluate the file as it is now, or the model on a test file."""
        self.evaluations.start(with_learning_curve=event.with_learning_curve, test=event.test)

    # ---- the other actions

    def action_new_conversation(self) -> None:
        """Clear the conversation."""
        self._back_to_chat(self.chat.new_conversation)

    def action_edit_intents(self) -> None:
        """Open the editor."""
        from chatbot.tui.editor.screen import EditScreen

        if isinstance(self.screen, EditScreen):
            self.screen.action_form()
        else:
            self._back_to_chat(lambda: self._push(EditScreen(self.locations.intents, self.bot)))

    def action_forgetting_lab(self) -> None:
        """Open the forgetting lab, with the message that was typed last."""
        from chatbot.tui.screens.lab import ForgettingScreen

        if not isinstance(self.screen, ForgettingScreen):
            said = self.chat.conversation.views
            message = said[-1].message if said else ""
            self._back_to_chat(
                lambda: self._push(ForgettingScreen(self.locations.intents, message))
            )

    def action_model_info(self) -> None:
        """Show what the model is."""
        from chatbot.tui.screens.model_info import ModelInfoScreen

        self.push_screen(ModelInfoScreen(self.bot, self.locations))

    def action_choose_theme(self) -> None:
        """Choose a theme in Textual's own list."""
        self.search_themes()

    def action_help(self) -> None:
        """Show the keys and how to read the panel."""
        from chatbot.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_tour(self) -> None:
        """Tell the story of the network with the figures of a message."""
        from chatbot.tour import LANGUAGES, default_language
        from chatbot.tui.screens.tour import TourScreen

        kept = self._settings.language
        language = kept if kept in LANGUAGES else default_language()
        if not isinstance(self.screen, TourScreen):
            self._back_to_chat(
                lambda: self._push(TourScreen(self.bot, language, self._keep_language))
            )

    def _keep_language(self, language: str) -> None:
        self._keep_settings(replace(self._settings, language=language))

    def action_menu(self) -> None:
        """Open the menu, or close it."""
        from chatbot.tui.screens.menu import MenuScreen

        if isinstance(self.screen, MenuScreen):
            self.pop_screen()
        else:
            self.push_screen(MenuScreen(), self._run_chosen)

    def _run_chosen(self, name: str | None) -> None:
        if name is not None:
            self.call_later(self.run_action, name)

    def action_next_view(self) -> None:
        """Show the panel's next view."""
        self._back_to_chat(self.chat.next_view)

    def action_focus_panel(self) -> None:
        """Go to the panel, or back to the prompt."""
        self._back_to_chat(self.chat.toggle_panel_focus)

    def action_pin(self) -> None:
        """Pin the panel to the message it shows, or free it."""
        if self.screen is self.chat:
            self.chat.toggle_pin()

    def action_maximise_panel(self) -> None:
        """Give the panel the whole screen, or put it back."""
        self._back_to_chat(self.chat.toggle_maximised)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave a dialog's keys to the dialog: the app's actions wait until it is closed."""
        names = {entry.name for entry in ACTIONS} - {"quit", "menu", "help"}
        if action in names and self.screen.is_modal:
            return False
        if action == "edit_intents" and hasattr(self.screen, "action_form"):
            return False  # there the same key shows the form, and the footer says so
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the registry's actions in the command palette, then Textual's own."""
        for entry in menu():
            yield SystemCommand(entry.title, entry.help, getattr(self, f"action_{entry.name}"))
        ours = {entry.title for entry in menu()} | {"Keys", "Maximize", "Minimize"}
        for command in super().get_system_commands(screen):
            if command.title not in ours:
                yield command

    async def action_quit(self) -> None:
        """Leave, after asking where unsaved changes would be lost."""
        self._back_to_chat(self.exit)

    def _back_to_chat(self, then: Callable[[], None]) -> None:
        """Close what lies over the conversation, then go on; the editor asks before it closes."""
        from chatbot.tui.editor.screen import EditScreen

        while self.screen is not self.chat:
            if isinstance(self.screen, EditScreen):
                self.screen.request_close(lambda: self._close_editor(then))
                return
            self.pop_screen()
        then()

    def _close_editor(self, then: Callable[[], None]) -> None:
        self.pop_screen()
        then()

    def _push(self, screen: Screen[None]) -> None:
        self.push_screen(screen)

    def _keep_theme(self) -> None:
        self._keep_settings(replace(self._settings, theme=self.theme))

    def _keep_settings(self, changed: settings.Settings) -> None:
        self._settings = changed
        with suppress(OSError):  # a folder that cannot be written must not stop anybody
            settings.save(paths.settings_file(), self._settings)
