"""Adjusts the app to the settings: when it starts, and whenever one of them changes."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import _, language, paths, use_language
from chatbot.tui.actions import BY_NAME, Keymap, keymap_of
from chatbot.tui.messages import SettingsNotKept
from chatbot.tui.screens import ChatScreen
from chatbot.tui.session import Session
from chatbot.tui.settings import KEYS, SettingsFile, Value, problem_at

if TYPE_CHECKING:
    from textual.types import AnimationLevel

    from chatbot.tui.dialogs import Choice

DEFAULT_KEYS = {name: action.key for name, action in BY_NAME.items()}

ANIMATIONS_VARIABLE = "TEXTUAL_ANIMATIONS"
SHOWN_PROBLEMS = 4
"""More than these of the file are counted only."""


class Adjusting:
    """Applies the settings and keeps them."""

    def __init__(self, app: App[Any], session: Session, file: SettingsFile) -> None:
        self._app = app
        self._session = session
        self._file = file
        self._of_themes: tuple[str, ...] = ()
        """What is wrong with the person's own themes."""
        self.is_previewing = False
        """Whether the theme on show is only tried: it is not kept."""

    def begin(self) -> None:
        """Take over everything that the first paint shows. What is wrong is told later."""
        self._register_themes()
        self._apply()
        if self._file.values.theme in self._app.available_themes:
            self._app.theme = self._file.values.theme

    def use_keys(self) -> None:
        """Let the keys of the file work."""
        keymap = self._keymap()
        self._app.set_keymap(keymap.for_textual())
        self._session.use_keys(keymap)

    # ---- changes

    def change(self, name: str, value: Value) -> None:
        """Change a setting: it works at once, and is kept."""
        self._file.set(name, value)
        self._apply()
        self._show_theme()
        self._keep()

    def change_keys(self, action: str, keys: str | None) -> None:
        """Put other keys on an action; None gives it its own again."""
        self._file.set_keys(action, keys)
        self.use_keys()
        self._keep()

    def read_again(self) -> None:
        """Take over what was changed in the file by hand."""
        self._file.read()
        self._register_themes()
        self._apply()
        self._show_theme()
        self.use_keys()
        self.tell_problems()

    def keep_theme(self) -> None:
        """Remember the theme on show, unless it is only tried."""
        if not self.is_previewing and self._app.theme != self._file.values.theme:
            self._file.set("theme", self._app.theme)
            self._apply()
            self._keep()

    def switch_language(self) -> None:
        """Take the language after the one in use."""
        from chatbot.tui.screens import next_language  # start-up: seldom needed

        self.keep_language(next_language())

    def keep_language(self, code: str) -> None:
        """Speak another language from now on, and remember it."""
        self.change("language", code)

    def choose_theme(self) -> None:
        """Let a person choose a theme: each is shown while they look at it."""
        from chatbot.tui.dialogs import start_asking  # start-up, here and below: seldom needed

        start_asking(self._app, self._choose_theme())

    async def _choose_theme(self) -> None:
        from chatbot.tui.dialogs import ChooseScreen  # start-up, as above

        before = self._app.theme
        names = [before, *sorted(set(self._app.available_themes) - {before})]
        self.is_previewing = True
        chosen: Choice | None = None
        try:
            chosen = await self._app.push_screen_wait(
                ChooseScreen(_("Theme"), names, look=self._preview)
            )
        finally:
            self._app.theme = before if chosen is None else chosen.name
            self._app.call_later(self._end_preview)

    def _preview(self, theme: str) -> None:
        self._app.theme = theme

    def _end_preview(self) -> None:
        self.is_previewing = False
        self.keep_theme()

    def edit_file(self) -> None:
        """Open the settings file in the person's own editor, and take over what they change."""
        from chatbot.tui.jobs import edit_outside  # start-up: seldom needed

        if not self._file.path.exists():
            self._file.make(DEFAULT_KEYS)
        if edit_outside(self._app, self._file.path, self._session.settings.editor):
            self.read_again()

    # ---- what is wrong

    def problems(self) -> tuple[str, ...]:
        """Return what in the files does not count, each with its line and the remedy."""
        found = list(self._file.problems)
        if not any(problem.text.startswith("theme") for problem in found):
            theme = self._file.values.theme
            if theme not in self._app.available_themes:
                text = _(
                    "theme: there is none called “{theme}”; Theme in the menu shows them all"
                ).format(theme=theme)
                found.append(problem_at(self._file.path, ("appearance", "theme"), text))
        for name, text in keymap_of(self._file.keys)[1].items():
            found.append(problem_at(self._file.path, (KEYS, name), f"{name}: {text}"))
        found.sort(key=lambda problem: problem.line)
        conflicts = (
            _("{conflict}: give one of them another key").format(conflict=conflict)
            for conflict in self.conflicts
        )
        return (*map(str, found), *conflicts, *self._of_themes)

    @property
    def path(self) -> Path:
        """The file that keeps the settings."""
        return self._file.path

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Keys that are on two actions that can be meant at once."""
        return tuple(map(str, self._keymap().conflicts()))

    def tell_problems(self) -> None:
        """Say what in the files does not count."""
        found = self.problems()
        if found:
            lines = list(found[:SHOWN_PROBLEMS])
            if len(found) > SHOWN_PROBLEMS:
                lines.append(_("… and {count} more").format(count=len(found) - SHOWN_PROBLEMS))
            self._app.notify(
                "\n".join(lines),
                title=_("Not everything in the settings counts"),
                severity="warning",
                timeout=15,
                markup=False,
            )

    # ---- applying and keeping

    def _keymap(self) -> Keymap:
        return keymap_of(self._file.keys)[0]

    def _register_themes(self) -> None:
        from chatbot.tui.themes import read_themes  # whoever has none: start-up

        folder = paths.themes_folder()
        if folder.is_dir():
            found = read_themes(folder)
            self._of_themes = found.problems
            for theme in found.themes:
                self._app.register_theme(theme)

    def _apply(self) -> None:
        values = self._file.values
        before = language()
        use_language(values.language)
        threshold = self._session.settings.threshold
        self._session.use_settings(values)
        if not os.environ.get(ANIMATIONS_VARIABLE):
            level: AnimationLevel = values.animations  # type: ignore[assignment]
            self._app.animation_level = level
        bot = self._session.bot
        if bot is not None and threshold != values.threshold:
            self._session.use(bot.with_threshold(values.threshold or None))
        if language() != before and self._app.is_running:
            self._say_again()

    def _say_again(self) -> None:
        """Speak another language: in the footers, and in the conversation, which is always there.

        The other screens do when they are opened next.
        """
        for screen in self._app.screen_stack:
            screen.refresh_bindings()
            if isinstance(screen, ChatScreen):
                screen.say_again()

    def _show_theme(self) -> None:
        theme = self._file.values.theme
        if theme in self._app.available_themes and theme != self._app.theme:
            self._app.theme = theme

    def _keep(self) -> None:
        """Write in a thread that outlives the app: what was changed last is kept too."""
        Thread(target=self._write, name="settings").start()

    def _write(self) -> None:
        from chatbot.tui.settings import NotKeptError  # start-up: so is nothing to be kept

        try:
            self._file.write(DEFAULT_KEYS)
        except NotKeptError as error:
            self._app.post_message(SettingsNotKept(str(error)))
