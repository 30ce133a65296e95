"""Text can be read on every screen in every theme, in what the app draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import Input, TextArea

from chatbot.tui.app import ChatbotApp
from chatbot.tui.themes import LEAST_CONTRAST, contrast, readable
from chatbot.tui.widgets.ring import _COLOURS, _on
from tests.tui.drawn import Ink, drawn
from tests.tui.every_screen import VISITS, make_bot, talk
from tests.tui.helpers import app_for, ready

ROUNDED = 0.1
"""Colours are rounded to 8 bits twice, when they are mixed and when they are drawn."""

QUICK = {"chat", "settings", "evaluate"}
"""Screens that a quick run looks at: they have what the others have."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in VISITS],
)
async def test_every_theme_can_be_read(name: str, tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(100, 32)) as pilot:
        await ready(pilot)
        await talk(pilot)
        await VISITS[name].open(app, pilot)
        await pilot.pause(0.3)
        if isinstance(app.focused, Input | TextArea):
            app.screen.set_focus(None)  # no cursor blinks
        for theme in themes(app):
            app.theme = theme
            await pilot.pause()
            for text, colour, ground in texts(app):
                found = contrast(colour, ground)
                assert found >= LEAST_CONTRAST - ROUNDED, (theme, text, colour, ground)


def themes(app: ChatbotApp) -> list[str]:
    """Return those whose colours are known: not those of the terminal."""
    return [name for name, theme in app.available_themes.items() if not theme.ansi]


def texts(app: ChatbotApp) -> Iterator[tuple[str, Color, Color]]:
    """Yield each run of letters that can be read, with its colour and what it stands on."""
    rows = drawn(app)
    for y, row in enumerate(rows):
        runs = list(row.runs())
        ends = [*(start for start, _ in runs[1:]), len(row.text)]
        for (start, ink), end in zip(runs, ends, strict=True):
            text = row.text[start:end]
            first = next((x for x, sign in enumerate(text, start) if sign.isalnum()), None)
            if first is None or not ink.background.startswith("#"):
                continue
            if app.screen.is_modal and y < len(rows) - 1:
                widget, _ = app.screen.get_widget_at(first, y)
                if widget is app.screen:
                    continue  # what the dialog covers is dim, as it should be
            yield text, *colours(ink)


def colours(ink: Ink) -> tuple[Color, Color]:
    """Return the colours that a run is drawn in."""
    colour, ground = Color.parse(ink.colour), Color.parse(ink.background)
    return (ground, colour) if "reverse" in ink.attributes else (colour, ground)


async def test_the_editors_line_numbers_can_be_read(tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(100, 32)) as pilot:
        await ready(pilot)
        await VISITS["edit_intents"].open(app, pilot)
        await pilot.pause(0.3)
        for theme in themes(app):
            app.theme = theme
            await pilot.pause()
            numbers = [each for each in texts(app) if each[0].strip().isdigit()]
            assert len(numbers) > 5, theme
            for text, colour, ground in numbers:
                assert contrast(colour, ground) >= LEAST_CONTRAST - ROUNDED, (theme, text)


@pytest.mark.parametrize("word", range(len(_COLOURS)))
def test_the_number_of_a_word_can_be_read_on_its_colour(word: int) -> None:
    style = _on(word)
    assert style.color is not None and style.bgcolor is not None
    front, back = map(Color.from_rich_color, (style.color, style.bgcolor))
    assert contrast(front, back) >= LEAST_CONTRAST


@pytest.mark.parametrize("ground", ["#ffffff", "#777777", "#000000", "#268bd2"])
def test_a_colour_that_can_be_read_stays_as_it_is(ground: str) -> None:
    behind = Color.parse(ground)
    for written in ("#808080", "#80808040", "#ff0000"):
        found = readable(Color.parse(written), [behind])
        assert contrast(behind + found, behind) >= LEAST_CONTRAST
        assert readable(found, [behind]) == found
