"""The settings screen: everything that can be set and every key, made from schema and registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rich.cells import set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from chatbot.common import N_, _
from chatbot.tui.actions import BY_NAME, REGISTRY, bindings, keymap_of, title_of, written
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import ChooseScreen, WriteScreen, start_asking
from chatbot.tui.fields import Choices, Line, contains
from chatbot.tui.screens.threshold import ThresholdScreen
from chatbot.tui.session import Session
from chatbot.tui.settings import SCHEMA, SECTION_TITLES, Setting, Value
from chatbot.tui.text import shown_path
from chatbot.tui.widgets import KeyFooter

TITLE_WIDTH = 26
KEY = "key "
"""Before the name of an action, in the ids of its row."""


class Adjuster(Protocol):
    """Who changes the settings."""

    @property
    def path(self) -> Path: ...  # noqa: D102

    def change(self, name: str, value: Value) -> None: ...  # noqa: D102

    def change_keys(self, action: str, keys: str | None) -> None: ...  # noqa: D102

    def choose_theme(self) -> None: ...  # noqa: D102

    def edit_file(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the screen."""

    id: str
    section: str
    title: str
    value: str
    is_changed: bool
    about: str
    warning: str = ""

    def matches(self, words: str) -> bool:
        """Return whether all the words are somewhere in it."""
        text = f"{self.section} {self.title} {self.value} {self.about} {self.id}"
        return contains(text, words)


class SettingsScreen(ClosingScreen[None]):
    """Lists, searches and changes settings and keys."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "OptionList"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]
    PLACE = "settings"
    BINDINGS = bindings(PLACE)

    def __init__(self, session: Session, adjuster: Adjuster) -> None:
        super().__init__()
        self._session = session
        self._adjuster = adjuster
        self._rows: dict[str, Row] = {}

    def compose(self) -> ComposeResult:
        """A search, the rows, and what the selected one means."""
        path = shown_path(self._adjuster.path)
        yield Static(
            Content.assemble(
                (_("Settings"), "bold"),
                (_("  in {path}").format(path=path), "$foreground-muted not bold"),
            ),
            id="settings-title",
        )
        # A letter typed in the list is in the field before the focus is: it must not be selected.
        yield Line(
            placeholder=_("Search: a word of a setting or a key"),
            select_on_focus=False,
            id="settings-search",
        )
        yield Choices(id="settings-rows", chooses=N_("Change"))
        yield Static(id="settings-about", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Draw; follow what changes elsewhere."""
        self._draw()
        self._session.keys_changed.subscribe(self, lambda __: self._draw())
        self._session.settings_changed.subscribe(self, lambda __: self._draw())

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    # ---- the rows

    def _all_rows(self) -> Iterator[Row]:
        values = self._session.settings
        for each in SCHEMA:
            value = getattr(values, each.name)
            default = each.in_words(each.default)
            place = f"[{each.section}] {each.name}"
            about = _("{help} By default: {default}. In the file: {place}").format(
                help=_(each.meaning.help), default=default, place=place
            )
            yield Row(
                each.name,
                _(SECTION_TITLES[each.section]),
                _(each.meaning.title),
                each.in_words(value),
                value != each.default,
                about,
            )
        keys = self._session.keys
        conflicts = keys.conflicts()
        for action in REGISTRY:
            default = ", ".join(map(written, action.keys))
            warning = "; ".join(str(each) for each in conflicts if action.name in each.names)
            yield Row(
                KEY + action.name,
                _("Keys: {place}").format(place=title_of(action.place)),
                _(action.title),
                keys.all_written(action.name),
                action.name in keys.changed,
                _("{help}. By default: {default}. In the file: [keys] {name}").format(
                    help=_(action.help), default=default, name=action.name
                ),
                warning,
            )

    def _draw(self) -> None:
        """List the rows that the search finds; the cursor stays on its row."""
        words = self.query_one(Input).value
        at = self._selected
        self._rows = {row.id: row for row in self._all_rows() if row.matches(words)}
        options, section = [], ""
        for row in self._rows.values():
            if row.section != section:
                section = row.section
                options.append(Option(Text(section, "bold"), disabled=True))
            options.append(Option(_line(row), id=row.id))
        self._list.clear_options()
        self._list.add_options(options)
        place = at.id if at is not None and at.id in self._rows else next(iter(self._rows), None)
        if place is not None:
            self._list.highlighted = self._list.get_option_index(place)
        self._explain()

    @property
    def _selected(self) -> Row | None:
        option = self._list.highlighted_option
        return None if option is None or option.id is None else self._rows.get(option.id)

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        row = self._selected
        text = _("Nothing is called so.") if row is None else row.about
        if row is not None and row.warning:
            text = f"⚠ {row.warning}. {text}"
        self.query_one("#settings-about", Static).update(Content(text))

    # ---- searching

    @on(Input.Changed)
    def _searched(self) -> None:
        self._draw()

    @on(Input.Submitted)
    def _found(self) -> None:
        self._list.focus()

    def action_search(self) -> None:
        """Put the focus on the search."""
        self.query_one(Input).focus()

    def on_key(self, event: events.Key) -> None:
        """Let typing in the list reach the search, except what is a key here."""
        if event.is_printable and event.character and event.key not in self.active_bindings:
            event.stop()
            self._type(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Let pasting in the list reach the search."""
        event.stop()
        self._type(event.text)

    def _type(self, text: str) -> None:
        search = self.query_one(Input)
        search.focus()
        search.insert_text_at_cursor(text)

    def action_back(self) -> None:
        """Leave the search, or else the screen."""
        search = self.query_one(Input)
        if search.has_focus or search.value:
            search.value = ""
            self._list.focus()
        else:
            self.dismiss()

    # ---- changing

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        name = event.option.id or ""
        if name.startswith(KEY):
            start_asking(self, self._ask_keys(name.removeprefix(KEY)))
        elif name == "theme":
            self._adjuster.choose_theme()
        else:
            each = next(each for each in SCHEMA if each.name == name)
            if isinstance(each.default, bool):
                self._change(each, not getattr(self._session.settings, name))
            else:
                start_asking(self, self._ask(each))

    async def _ask(self, each: Setting) -> None:
        value = getattr(self._session.settings, each.name)
        if each.name == "threshold":
            messages = self._recent()
            screen = ThresholdScreen(self._session.bot, messages, value)
            threshold = await self.app.push_screen_wait(screen)
            if threshold is not None:
                self._change(each, threshold)
        elif each.meaning.choices:
            words = {each.in_words(choice): choice for choice in each.meaning.choices}
            chosen = await self.app.push_screen_wait(
                ChooseScreen(_(each.meaning.title), tuple(words))
            )
            if chosen is not None:
                self._change(each, words[chosen.name])
        else:
            text = await self.app.push_screen_wait(
                WriteScreen(
                    _(each.meaning.title),
                    str(value),
                    problem_of=lambda text: _problem(each, text),
                    may_be_empty=isinstance(each.default, str),
                )
            )
            if text is not None:
                self._change(each, type(each.default)(text))

    def _recent(self) -> list[str]:
        """Return what was typed lately."""
        from chatbot.common import paths  # not paid for at start-up
        from chatbot.conversation import history

        return history.load(paths.history_file(self._session.locations.intents))

    async def _ask_keys(self, action: str) -> None:
        def problem_of(text: str) -> str:
            return keymap_of({action: text})[1].get(action, "")

        keys = ", ".join(self._session.keys.of(action))
        question = _("Keys of “{title}”, such as f5, ctrl+t").format(title=_(BY_NAME[action].title))
        text = await self.app.push_screen_wait(WriteScreen(question, keys, problem_of=problem_of))
        if text is not None:
            self._adjuster.change_keys(action, text)

    def _change(self, each: Setting, value: Value) -> None:
        self._adjuster.change(each.name, value)

    def action_reset(self) -> None:
        """Put the selected setting, or key, back to its default."""
        row = self._selected
        if row is None or not row.is_changed:
            return
        if row.id.startswith(KEY):
            self._adjuster.change_keys(row.id.removeprefix(KEY), None)
        else:
            each = next(each for each in SCHEMA if each.name == row.id)
            self._change(each, each.default)

    def action_outside(self) -> None:
        """Edit the file by hand."""
        self._adjuster.edit_file()


def _problem(each: Setting, text: str) -> str:
    """Return what is wrong with the text of a value."""
    try:
        return each.problem(type(each.default)(text))
    except ValueError:
        return _("write a number")


def _line(row: Row) -> Text:
    mark = "⚠" if row.warning else "●" if row.is_changed else " "
    line = Text(f"{mark} ", "bold")
    line.append(set_cell_size(row.title, TITLE_WIDTH), "not bold")
    line.append(f" {row.value}", "not bold")
    return line
