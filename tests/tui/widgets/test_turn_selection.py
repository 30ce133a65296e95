"""Selecting with the mouse: what is drawn as selected, and what of it is copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import SELECT_ALL, Selection

from chatbot.tui.app import ChatbotApp
from chatbot.tui.widgets import Said, TurnList
from chatbot.tui.widgets.turn_selection import END, parts_of, selected_text
from chatbot.tui.widgets.turn_view import SHOWN_CHARACTERS, ShownReply, TurnView
from tests.tui.helpers import app_for, ready, seen, sees, until


def turn(message: str, reply: str = "Yes.") -> TurnView:
    return TurnView(message, ShownReply(reply, "greeting", 0.9, True))


def between(start: tuple[int, int], end: tuple[int, int]) -> Selection:
    """From a character of a text (each turn has two) up to another."""
    return Selection(Offset(*start), Offset(*end))


def test_all_of_a_conversation_is_its_messages_and_replies() -> None:
    turns = [turn("one\r\ntwo", "Yes.\nNo."), turn("three")]
    assert selected_text(turns, SELECT_ALL) == "one\r\ntwo\nYes.\nNo.\n\nthree\nYes."


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((1, 0), (3, 0), "el"),
        ((1, 0), (2, 1), "ello\nYe"),
        ((2, 1), (2, 2), "s.\n\nbb"),
        ((0, 1), (0, 2), "Yes."),
        ((3, -1), (2, 0), "he"),
        ((0, 3), (99, 3), "Yes."),
        ((7, 0), (9, 0), ""),
    ],
)
def test_a_part_goes_over_several_turns(
    start: tuple[int, int], end: tuple[int, int], expected: str
) -> None:
    assert selected_text([turn("hello"), turn("bbb")], between(start, end)) == expected


@pytest.mark.parametrize(
    ("said", "start", "end", "expected"),
    [
        ("a\tb", 0, 2, "a\t"),
        ("e\u0301a", 0, 1, "e\u0301"),
        ("e\u0301a", 1, 2, "a"),
        ("a\u200bb", 1, 2, "b"),
        ("x\r\ny", 2, 3, "y"),
        ("\x1b[31mred\x1b[0m end", 4, 7, "end"),
        ("天気です", 1, 3, "気で"),
    ],
)
def test_what_is_copied_is_what_was_said_and_not_what_is_drawn(
    said: str, start: int, end: int, expected: str
) -> None:
    assert selected_text([turn(said)], between((start, 0), (end, 0))) == expected


def test_of_a_long_message_what_is_not_drawn_is_copied_too() -> None:
    said = "word " * SHOWN_CHARACTERS
    assert selected_text([turn(said)], between((0, 0), (END, 0))) == said
    assert selected_text([turn(said)], between((0, 0), (9, 0))) == "word word"


@given(
    st.lists(st.text(max_size=12), max_size=3),
    st.tuples(st.integers(-1, 14), st.integers(-1, 7)),
    st.tuples(st.integers(-1, 14), st.integers(-1, 7)),
)
def test_any_two_places_select_something_and_nothing_breaks(
    said: list[str], one: tuple[int, int], other: tuple[int, int]
) -> None:
    selection = Selection.from_offsets(Offset(*one), Offset(*other))
    turns = [turn(text) for text in said]
    text = selected_text(turns, selection)
    assert len(text) <= len(selected_text(turns, SELECT_ALL))
    assert len(parts_of(selection, 0)) == 2


# ---- in the app


async def shown(pilot: Pilot[None], *said: str) -> ChatbotApp:
    app = await ready(pilot)
    reply = ShownReply("Fine, thank you.", "greeting", 0.98, True)
    app.chat.show_conversation(None, [Said(text, reply) for text in said])
    await sees(pilot, said[-1][:20])
    return app


async def place(pilot: Pilot[None], text: str) -> tuple[int, int]:
    """Return where a text in the conversation is on the screen, once it is there."""

    def places() -> list[tuple[int, int]]:
        at = pilot.app.screen.query_one(TurnList).region
        rows = [row[at.x : at.right] for row in seen(pilot.app).splitlines()[at.y : at.bottom]]
        return [(at.x + row.index(text), at.y + y) for y, row in enumerate(rows) if text in row]

    await until(pilot, places)
    return places()[0]


async def drag(pilot: Pilot[None], start: str, end: str) -> None:
    """Drag from the first character of a text in the conversation to the last of another."""
    (x, y), (to_x, to_y) = await place(pilot, start), await place(pilot, end)
    await pilot.mouse_down(offset=(x, y))
    await pilot.hover(offset=(x + 1, y))
    await pilot.hover(offset=(to_x + len(end) - 1, to_y))
    await pilot.mouse_up(offset=(to_x + len(end) - 1, to_y))
    await pilot.pause()


@pytest.mark.parametrize("size", [(60, 30), (80, 24), (140, 40)])
async def test_i_drag_over_several_turns_and_copy(bot: Path, size: tuple[int, int]) -> None:
    app = app_for(bot)
    async with app.run_test(size=size, notifications=True) as pilot:
        await shown(pilot, "hello there", "what is it")
        await drag(pilot, "there", "what is")
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app.clipboard == "there\nFine, thank you.\n\nwhat is")
        await sees(pilot, "Copied 31 characters")


async def test_a_selection_stays_when_turns_come_and_the_width_changes(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await shown(pilot, "alpha beta gamma delta " * 4)
        await drag(pilot, "beta", "gamma")
        await pilot.resize_terminal(40, 20)
        app.chat._say("another one")
        await pilot.pause()
        await pilot.press("ctrl+c")
        await until(pilot, lambda: app.clipboard == "beta gamma")
        app.chat.new_conversation()
        await pilot.pause()
        assert app.screen.get_selected_text() is None


@pytest.mark.parametrize("leaves", ["to the right", "below", "above"])
async def test_a_mouse_that_leaves_the_conversation_selects_up_to_its_line(
    bot: Path, leaves: str
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 40)) as pilot:
        await shown(pilot, "alpha beta", "gamma delta", "epsilon")
        x, y = await place(pilot, "gamma")
        at = app.chat.conversation.turns.region
        to = {
            "to the right": (at.right + 20, y),
            "below": (x + 4, at.bottom + 1),
            "above": (x + 20, 0),
        }
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x + 2, y))
        await pilot.hover(offset=to[leaves])
        await pilot.mouse_up(offset=to[leaves])
        await pilot.press("ctrl+c")
        expected = {
            "to the right": "gamma delta",
            "below": "gamma delta\nFine, thank you.\n\nepsilon\nFine, thank you.",
            "above": "alpha beta\nFine, thank you.\n\n",
        }
        await until(pilot, lambda: app.clipboard == expected[leaves].strip("\n"))
        assert list(app.screen.selections) == [app.chat.conversation.turns]


async def test_what_is_selected_in_the_panel_is_not_of_the_conversation(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 40)) as pilot:
        await shown(pilot, "alpha beta")
        title = app.chat.panel.region
        await pilot.mouse_down(offset=(title.x + 3, title.y))
        await pilot.hover(offset=(title.x + 5, title.y))
        await pilot.hover(offset=(2, title.y + 30))
        await pilot.mouse_up(offset=(2, title.y + 30))
        assert app.chat.conversation.turns not in app.screen.selections


async def test_what_is_selected_is_drawn_so(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, "hello there")
        turns = app.screen.query_one(TurnList)
        wanted = app.screen.get_component_rich_style("screen--selection").bgcolor
        await drag(pilot, "there", "there")
        lines = [turns.render_line(y) for y in range(turns.size.height)]
        marked = "".join(
            segment.text
            for line in lines
            for segment in line
            if segment.style is not None and segment.style.bgcolor == wanted
        )
        assert marked == "there"


async def test_without_a_selection_the_key_offers_to_quit(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot, "hello there")
        await pilot.press("ctrl+c")
        await sees(pilot, "Ctrl+Q", "quit")
        assert app.clipboard == ""
