"""A field of one line takes any paste, at once, as one line."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult

from chatbot.common import TAUGHT_CHARACTERS
from chatbot.tui.fields import Line


class Host(App[None]):
    def compose(self) -> ComposeResult:
        yield Line("kept ")

    @property
    def line(self) -> Line:
        return self.query_one(Line)


@pytest.mark.parametrize("way", ["terminal", "clipboard"])
@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("two\nlines\r\nand a third\r", "kept two lines and a third"),
        ("a line of a long paste\n" * 50_000, ("kept " + "a line of a long paste " * 50_000)),
        ("", "kept "),
        ("\n", "kept "),
    ],
)
async def test_what_is_pasted_is_one_line_as_long_as_can_be_taught(
    way: str, pasted: str, expected: str
) -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.line.action_end()
        if way == "terminal":
            app.post_message(events.Paste(pasted))
        else:
            app.copy_to_clipboard(pasted)
            app.line.action_paste()
        await pilot.pause()
        assert app.line.value == expected[:TAUGHT_CHARACTERS]
        await pilot.press("x")
        assert len(app.line.value) == min(len(expected) + 1, TAUGHT_CHARACTERS)


async def test_a_paste_over_what_is_selected_takes_its_room() -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.line.action_select_all()
        app.post_message(events.Paste("n" * TAUGHT_CHARACTERS))
        await pilot.pause()
        assert app.line.value == "n" * TAUGHT_CHARACTERS
