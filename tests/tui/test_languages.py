"""The interface in its other languages, on every screen and dialog, at the two small sizes.

What a person reads is in the catalogue, is not English, and is cut no more than the English is.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text
from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Input, Static
from textual.widgets._footer import FooterKey

from chatbot.common import _, use_language
from chatbot.common.translation import CATALOGUES
from chatbot.tui.actions import REGISTRY
from chatbot.tui.actions.action import EVERYWHERE
from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.menu import TITLE_WIDTH as MENU_WIDTH
from chatbot.tui.screens.settings import TITLE_WIDTH as SETTINGS_WIDTH
from chatbot.tui.screens.settings import SettingsScreen
from chatbot.tui.settings import SCHEMA
from chatbot.tui.widgets import FindBar
from tests.common.catalogues import TRANSLATED, catalogue, texts_of, translations_of
from tests.tui.every_screen import VISITS, WITHOUT_A_SCREEN, make_bot, still, talk
from tests.tui.helpers import answer, app_for, ready, sees, until

NAMES = {"GRU", "LSTM", "RNN", "English", "Tiếng Việt", "English / Tiếng Việt"}
"""The same in every language."""

SIZES = [(80, 24), (60, 20)]
MAY_LACK = 1
"""Entries of a footer for which another language may have no room."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """One with versions, too."""
    return make_bot(tmp_path / "bot")


class Missing(gettext.NullTranslations):
    """Notes what is looked up and not found."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid2)
        return msgid2


@dataclass
class Walk:
    """What was seen on a walk through all screens."""

    texts: dict[str, str] = field(default_factory=dict)
    """By screen."""
    cut: set[tuple[str, str, int]] = field(default_factory=set)
    """What did not fit: the screen, the widget, and which of its kind."""
    footers: dict[str, list[str]] = field(default_factory=dict)
    """The actions of the footer of each screen, in their order."""
    in_sight: dict[str, int] = field(default_factory=dict)
    """How many of them there is room for."""


async def walk(folder: Path, size: tuple[int, int]) -> Walk:
    """Open every screen, one after the other."""
    use_language()
    found = Walk()
    app = app_for(folder)
    app.animation_level = "none"  # a bar that pulses is never still
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await talk(pilot)
        for name, visit in VISITS.items():
            await visit.open(app, pilot)
            found.texts[name] = folded(await still(pilot))
            found.cut |= {(name, *each) for each in cut(app)}
            keys = list(app.screen.query(FooterKey))
            found.footers[name] = [key.action for key in keys]
            found.in_sight[name] = sum(key.region.right <= size[0] for key in keys)
            await back(app, pilot)
    return found


async def back(app: ChatbotApp, pilot: Pilot[None]) -> None:
    """Close everything over the conversation, and forget it."""
    app.flows.navigation.back_to_chat(app.chat.action_to_prompt)
    await pilot.pause()
    if app.screen.query("#stop"):  # the lab asks
        await answer(pilot, "stop")
    await until(pilot, lambda: app.screen is app.chat)
    await app.chat.query(FindBar).remove()
    app.session.set_training(None)
    await pilot.pause()


def same_order(footer: list[str], english: list[str]) -> bool:
    """Return whether a footer lacks at most the last entries before the menu, for want of room."""
    kept, all_of_them = sorted(
        ([f for f in keys if f != "menu"] for keys in (footer, english)), key=len
    )
    return kept == all_of_them[: len(kept)] and footer[-1:] == english[-1:]


def folded(text: str) -> str:
    """Return a text with each run of blanks, frames and line breaks as one blank."""
    return " ".join(re.sub(r"[─-▟]", " ", text).split())


def cut(app: App[None]) -> Iterator[tuple[str, int]]:
    """Yield the widgets of the screen whose text has no room, each with its number."""
    for number, widget in enumerate(app.screen.query("*")):
        if widget.is_on_screen and widget.region.area and not fits(widget):
            yield widget.css_identifier, number


def fits(widget: Widget) -> bool:
    """Return whether everything is seen that a widget has to say."""
    titles = (widget.border_title, widget.border_subtitle)
    if any(title and Text.from_markup(title).cell_len > widget.size.width for title in titles):
        return False
    width = widget.content_size.width
    if isinstance(widget, Button):
        return cell_len(str(widget.label)) <= width
    if isinstance(widget, Input):
        return bool(widget.value) or cell_len(str(widget.placeholder)) <= width
    if isinstance(widget, Static):
        room = widget.content_size
        wanted = widget.get_content_height(widget.container_size, widget.screen.size, width)
        return wanted <= room.height
    return True


@pytest.mark.slow
@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_speaks_the_language_and_has_room_for_it(
    bot: Path, monkeypatch: pytest.MonkeyPatch, code: str, size: tuple[int, int]
) -> None:
    english = await walk(bot, size)
    missing = Missing()
    known = gettext.translation("chatbot", CATALOGUES, [code])
    known.add_fallback(missing)
    monkeypatch.setattr(gettext, "translation", lambda *__: known)
    monkeypatch.setenv("CHATBOT_LANGUAGE", code)
    other = await walk(bot, size)

    assert not {text for text in missing.texts if re.search(r"[a-z]{2}", text)} - NAMES
    for name, keys in english.footers.items():
        assert same_order(other.footers[name], keys), f"the footer of {name}"
        assert other.in_sight[name] >= english.in_sight[name] - MAY_LACK, f"the footer of {name}"
    assert other.cut <= english.cut, "these are cut, and not in English"
    pairs = [(texts_of(each)[0], translations_of(each)[0]) for each in catalogue(code) if each.id]
    for name, text in other.texts.items():
        for one, translated in pairs:
            is_sentence = len(one.split()) > 2 and "{" not in one and one not in translated
            assert not is_sentence or folded(one) not in text, f"{name} says “{one}”"
        if size == SIZES[0]:
            assert folded(VISITS[name].says) in english.texts[name]
            assert folded(_(VISITS[name].says)) in text, f"{name}:\n{text}"


def test_the_walk_goes_through_everything_that_the_registry_opens() -> None:
    everywhere = {action.name for action in REGISTRY if action.place == EVERYWHERE}
    assert everywhere - WITHOUT_A_SCREEN == everywhere & set(VISITS)


@pytest.mark.parametrize("code", TRANSLATED)
def test_titles_fit_into_the_columns_of_menu_and_settings(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setenv("CHATBOT_LANGUAGE", code)
    use_language()
    for action in REGISTRY:
        if action.in_menu:
            room = max(MENU_WIDTH, cell_len(action.title))
            assert cell_len(_(action.title)) <= room, _(action.title)
        assert cell_len(_(action.title)) <= SETTINGS_WIDTH, _(action.title)
    for setting in SCHEMA:
        assert cell_len(_(setting.meaning.title)) <= SETTINGS_WIDTH


async def test_another_language_is_spoken_at_once(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CHATBOT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    app = app_for(bot)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await sees(pilot, "Help", "Send", "Edit intents", "Menu F10", "units")
        await pilot.press("shift+f4")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        app.flows.adjusting.change("language", "vi")
        await sees(pilot, "Quay lại", "Ngôn ngữ", "Giao diện", without=["Language", "Back"])
        await pilot.press("escape")
        await sees(pilot, "Gửi", "Trợ giúp", "Sửa ý định", "đơn vị", without=["Send", "units"])
        await pilot.press("f1")
        await sees(pilot, "Trợ giúp · Cuộc trò chuyện", "Escape đóng")
        await pilot.press("escape", "ctrl+o")
        await sees(pilot, "Cuộc trò chuyện mới")
        await pilot.press("i")  # the letters are those of the English titles
        await sees(pilot, "Thông tin mô hình", "tệp ý định")
        await pilot.press("escape")
        app.flows.adjusting.change("language", "en")
        await sees(pilot, "Send", "Help", "units", without=["Trợ giúp", "đơn vị"])


async def test_the_palette_finds_the_words_of_the_language(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_LANGUAGE", "vi")
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        commands = {command.title: command.help for command in app.get_system_commands(app.screen)}
        assert commands["Cài đặt"].startswith("Shift+F4 · Màu sắc")
        assert {"Settings", "Screenshot", "Theme", "Quit"}.isdisjoint(commands)
