"""From screen to screen: opening one over the conversation, and closing what lies over it.

Screens are imported where they are opened: the start-up does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App
from textual.screen import Screen

from chatbot.common import _
from chatbot.tui.dialogs import start_asking
from chatbot.tui.flows.offered import offers_on, places_on
from chatbot.tui.screens import ChatScreen
from chatbot.tui.session import Session

if TYPE_CHECKING:
    from chatbot.archive import Archive
    from chatbot.tui.editor import EditScreen
    from chatbot.tui.flows.adjusting import Adjusting
    from chatbot.tui.flows.flows import Flows


@runtime_checkable
class Losing(Protocol):
    """A screen that may hold what would be lost with it."""

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether it holds something now."""

    async def may_close(self) -> bool:
        """Ask, and return whether nothing is lost any more or it was given up."""


class Navigation:
    """Keeps the conversation at the bottom of the screens, and unsaved changes from being lost."""

    def __init__(self, app: App[Any], session: Session, adjusting: Adjusting, flows: Flows) -> None:
        self._app = app
        self._flows = flows
        self._session = session
        self._adjusting = adjusting

    @property
    def chat(self) -> ChatScreen:
        """The conversation, which always lies at the bottom of the screens."""
        screen = self._app.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    @property
    def editor(self) -> EditScreen | None:
        """The editor, wherever it lies among the screens."""
        if len(self._app.screen_stack) < 2:
            return None  # the start-up need not import it
        from chatbot.tui.editor import EditScreen

        return next((s for s in self._app.screen_stack if isinstance(s, EditScreen)), None)

    @property
    def editor_on_top(self) -> EditScreen | None:
        """The editor, where it is what the person sees."""
        return self.editor if self.editor is self._app.screen else None

    @property
    def unsaved_text(self) -> str | None:
        """What stands in the editor and not in the file; None where there is nothing."""
        editor = self.editor
        if editor is None or not editor.has_unsaved_changes:
            return None
        editor.pane.take_form()
        return editor.pane.text

    @property
    def _losing(self) -> Losing | None:
        """The screen that would lose something if it were closed now."""
        screens = self._app.screen_stack[1:]
        return next((s for s in screens if isinstance(s, Losing) and s.has_unsaved_changes), None)

    # ---- back to the conversation

    def back_to_chat(self, then: Callable[[], object]) -> None:
        """Close what lies over the conversation, then go on; what would lose something asks."""
        losing = self._losing
        if losing is None:
            self._close_all(then)
        else:
            assert isinstance(losing, Screen)
            self._close_down_to(losing)
            self.when_saved(losing, lambda: self._close_all(then))

    def when_saved(self, screen: Losing, then: Callable[[], object]) -> None:
        """Go on once a screen loses nothing any more, or it was given up."""
        start_asking(self._app, self._when_saved(screen, then), instead=True)

    async def _when_saved(self, screen: Losing, then: Callable[[], object]) -> None:
        if await screen.may_close():
            self._app.call_later(then)  # which may ask in its turn, once this asking is over

    def _close_all(self, then: Callable[[], object]) -> None:
        self._close_down_to(self.chat)
        then()

    def _close_down_to(self, screen: Screen[None]) -> None:
        while self._app.screen is not screen:
            self._app.screen.dismiss(None)  # whoever waits for its answer gets None

    # ---- screens over the conversation

    def _open(self, kind: type[Screen[None]], make: Callable[[], Screen[None]]) -> None:
        """Open a screen over the conversation, unless it is open already."""
        if not isinstance(self._app.screen, kind):
            self.back_to_chat(lambda: self._app.push_screen(make()))

    def open_editor(self) -> None:
        """Open the editor of the intents file."""
        from chatbot.tui.editor import EditScreen

        self._open(EditScreen, lambda: EditScreen(self._session, self._flows.editor_text.take))

    def open_conversations(self, archive: Archive) -> None:
        """Show the conversations that are kept."""
        from chatbot.tui.screens import ConversationsScreen

        bot = self._session.locations.intents
        self._open(ConversationsScreen, lambda: ConversationsScreen(archive, bot))

    def find(self) -> None:
        """Find something: on the screen on top where it can search, else in the conversation."""
        from chatbot.tui.screens import ConversationsScreen

        top = self._app.screen
        if self.editor_on_top is not None:
            self._app.run_worker(self.editor_on_top.action_after_typing("search"))
        elif isinstance(top, ConversationsScreen):
            top.action_search()
        else:
            self.back_to_chat(self.chat.find)

    def open_versions(self) -> None:
        """Show the trainings that are kept."""
        from chatbot.tui.screens import VersionsScreen

        self._open(VersionsScreen, lambda: VersionsScreen(self._session.locations))

    def open_lab(self) -> None:
        """Open the forgetting lab, with the message that was typed last."""
        from chatbot.tui.screens import ForgettingScreen

        said = self.chat.conversation.views
        message = said[-1].message if said else ""
        intents = self._session.locations.intents
        self._open(ForgettingScreen, lambda: ForgettingScreen(intents, message))

    def open_tour(self) -> None:
        """Tell the story of the network with the figures of a message."""
        from chatbot.tui.screens import TourScreen

        bot = self._session.bot
        self._open(TourScreen, lambda: TourScreen(bot, self._adjusting.keep_language))

    def open_settings(self) -> None:
        """Show everything that can be set, and every key."""
        from chatbot.tui.screens import SettingsScreen

        if not isinstance(self._app.screen, SettingsScreen):
            self._close_pages()
            self._app.push_screen(SettingsScreen(self._session, self._adjusting))

    # ---- pages over any screen, one at a time

    @property
    def _is_page(self) -> bool:
        """Whether a page, the menu or the palette is on top: nothing waits for its answer."""
        from textual.command import CommandPalette

        from chatbot.tui.dialogs import PageScreen
        from chatbot.tui.screens import MenuScreen

        return isinstance(self._app.screen, (CommandPalette, MenuScreen, PageScreen))

    def _close_pages(self) -> None:
        """Close the pages, the menu and the palette on top: they are never stacked."""
        while self._is_page:
            self._app.screen.dismiss(None)

    def open_palette(self) -> None:
        """Open the command palette, if it is not open; it does not lead past a question.

        Without Textual's id: two screens must not have the same one, and the palette before it may
        still be closing.
        """
        from textual.command import CommandPalette

        from chatbot.tui.flows.command_palette import Palette

        if CommandPalette.is_open(self._app):
            return
        self._close_pages()
        screen = self._app.screen
        if not screen.is_modal or places_on(screen):
            self._app.push_screen(Palette(placeholder=_("Search for commands…")))

    def open_model_info(self) -> None:
        """Show what the model is."""
        from chatbot.tui.screens import ModelInfoScreen

        self._close_pages()
        session = self._session
        self._app.push_screen(ModelInfoScreen(session.bot, session.locations, session.keys))

    def open_welcome(self) -> None:
        """Show the first steps."""
        from chatbot.tui.screens import WelcomeScreen

        self._close_pages()
        self._app.push_screen(WelcomeScreen(self._session.keys))

    def open_terms(self) -> None:
        """Show what the words in the panel's view mean."""
        from chatbot.tui.screens import TermsScreen

        if not isinstance(self._app.screen, TermsScreen):
            self._close_pages()
            self.back_to_chat(lambda: self._app.push_screen(TermsScreen(self.chat.panel.current)))

    def open_help(self) -> None:
        """Say what the screen on show is, what its figures mean and which keys work now."""
        from chatbot.tui.flows.helping import key_groups, place_of
        from chatbot.tui.screens import HelpScreen

        if not isinstance(self._app.screen, HelpScreen):
            self._close_pages()
            screen = self._app.screen
            groups = key_groups(screen, self._session.keys)
            self._app.push_screen(HelpScreen(place_of(screen), groups))

    def toggle_menu(self) -> None:
        """Open the menu, or close it."""
        from chatbot.tui.screens import MenuScreen

        if isinstance(self._app.screen, MenuScreen):
            self._app.screen.dismiss(None)
        else:
            self._close_pages()
            self._push_menu()

    def _push_menu(self) -> None:
        from chatbot.tui.screens import Entry, MenuScreen

        keys = self._session.keys
        entries, offers = [], {}
        for group in offers_on(self._app.screen):
            if group.title:
                entries.append(Entry("", group.title))
            for offer in group.offers:
                action = offer.action
                offers[action.name] = offer
                key = keys.written(action.name)
                entries.append(Entry(action.name, _(action.title), offer.letter, key))

        def chosen(name: str | None) -> None:
            if name is not None:
                offers[name].run(self._app)

        self._app.push_screen(MenuScreen(entries), chosen)
