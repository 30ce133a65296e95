"""The colours of JSON: readable in every theme, and different without colour."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color

from chatbot.tui.editor.colours import syntax_styles
from chatbot.tui.themes import LEAST_CONTRAST, contrast
from tests.tui.editor.opened import editing


async def test_json_is_readable_in_every_theme(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        app, editor = pilot.app, screen.pane.editor
        screen.set_focus(screen.pane.list)  # no cursor is drawn, and its line stays marked
        for name, theme in app.available_themes.items():
            app.theme = name
            await pilot.pause()
            if theme.ansi:
                styles = syntax_styles(theme, is_coloured=True)
                assert all(style.color is None for style in styles.values()), "of the terminal"
                continue
            seen_colours = set()
            for y in range(8):
                for segment in list(editor.render_line(y))[1:]:  # the first is the line's number
                    style = segment.style
                    if not segment.text.strip() or style is None:
                        continue
                    assert style.color is not None and style.bgcolor is not None
                    front, back = map(Color.from_rich_color, (style.color, style.bgcolor))
                    assert contrast(front, back) >= LEAST_CONTRAST - 0.05, (name, segment)
                    seen_colours.add(front.hex)
            assert len(seen_colours) >= 3, f"{name}: keys, strings and punctuation differ"


@pytest.mark.parametrize("is_light", [True, False])
async def test_without_colour_the_parts_of_json_differ_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_light: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with editing(tmp_path) as (pilot, screen):
        pilot.app.theme = "textual-light" if is_light else "textual-dark"
        await pilot.pause()
        looks: dict[str, tuple[object, ...]] = {}
        for segment in screen.pane.editor.render_line(3):
            style = segment.style
            if style is not None:
                looks[segment.text] = (style.bold, style.italic, style.underline)
        parts = [
            next(look for text, look in looks.items() if part in text)
            for part in ('"tag"', '"price"', ":")
        ]
        assert all(one != other for one, other in combinations(parts, 2)), looks
