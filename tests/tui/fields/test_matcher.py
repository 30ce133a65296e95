"""What is typed finds names without diacritics, in the palette, the settings and every list."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.common import use_language
from chatbot.tui.fields import PlainMatcher, contains
from chatbot.tui.flows.command_palette import Palette
from chatbot.tui.screens.settings import SettingsScreen
from tests.tui.helpers import app_for, ready, sees, type_text, until
from tests.tui.made_bot import make_bot


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("cai dat", "Cài đặt"),
        ("CÀI", "cai dat"),
        ("dat", "Cài đặt"),
        ("cdt", "Cài đặt"),
        ("ca\u0300i", "Cài đặt"),
        ("cai", "Ca\u0300i đặt"),
        ("strasse", "Straße"),
        ("ｃａｉ", "Cài đặt"),
    ],
)
def test_letters_find_a_name(query: str, name: str) -> None:
    matcher = PlainMatcher(query)
    assert matcher.match(name) > 0
    marked = matcher.highlight(name)
    assert marked.plain == name
    assert marked.spans


def test_what_is_marked_is_what_was_typed() -> None:
    marked = PlainMatcher("đat").highlight("Ca\u0300i [b] đặt")
    letters = "".join(marked.plain[span.start : span.end] for span in sorted(marked.spans))
    assert letters == "đặt"


@pytest.mark.parametrize(("text", "words"), [("Cài đặt", "dat cai"), ("Theme", ""), ("ß", "SS")])
def test_words_are_contained_in_any_order(text: str, words: str) -> None:
    assert contains(text, words)


def test_other_words_are_not() -> None:
    assert not contains("Cài đặt", "cai x")
    assert PlainMatcher("xyz").match("Cài đặt") == 0


@pytest.fixture
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_LANGUAGE", "vi")
    use_language()


async def test_the_palette_finds_a_command_without_diacritics(
    tmp_path: Path, vietnamese: None
) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await type_text(pilot, "cai dat")
        await sees(pilot, "Cài đặt")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))


async def test_the_settings_find_a_word_without_diacritics(
    tmp_path: Path, vietnamese: None
) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.action_settings()
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await pilot.press("slash")
        await type_text(pilot, "ngon ngu")
        await sees(pilot, "Ngôn ngữ", "[appearance] language")
