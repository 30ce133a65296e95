"""A long conversation: every turn can be reached, heights are right, and the end stays in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.pilot import Pilot

from chatbot.tui.app import ChatbotApp
from chatbot.tui.widgets import Said
from chatbot.tui.widgets.conversation import STATES_KEPT
from chatbot.tui.widgets.turn_view import (
    ShownReply,
    TurnStyles,
    TurnView,
    breaks,
    height_of,
    lines_of,
)
from tests.tui.helpers import app_for, ready, say, seen, sees, until
from tests.tui.made_bot import make_bot

NO_STYLES = TurnStyles(*[Style()] * len(TurnStyles._fields))
UGLY = "ab xyz天気  .,👋\u0301"


@given(st.text(alphabet=UGLY, max_size=60), st.integers(2, 14))
def test_lines_break_where_rich_breaks_them(line: str, width: int) -> None:
    expected = Text(line).wrap(Console(), width, overflow="fold")
    ours = Text(line).divide(breaks(line, width))
    assert [part.plain.rstrip() for part in ours] == [part.plain.rstrip() for part in expected]


@given(
    st.sampled_from(["", "short", "Good to see you, ask me the time, a joke, or what a state is."]),
    st.integers(24, 60),
)
def test_a_label_below_a_reply_never_breaks_where_it_has_room(reply: str, width: int) -> None:
    view = TurnView("hi", ShownReply(reply, "greeting", 0.964, True))
    lines = [line.label.plain + line.text.plain for line in lines_of(view, width, NO_STYLES)]
    assert any(line.replace("\u00a0", " ").rstrip().endswith(" greeting 96 %") for line in lines), (
        lines
    )
    assert len(lines) == height_of(view, width)


def test_a_label_wider_than_the_line_breaks_between_its_words() -> None:
    view = TurnView("hi", ShownReply("", "what_can_you_do", 0.45, False))
    lines = [
        (line.label.plain + line.text.plain).replace("\u00a0", " ").strip()
        for line in lines_of(view, 25, NO_STYLES)
    ]
    assert lines[1:] == ["bot     out of scope ·", "nearest", "what_can_you_do 45 %"]


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The folder of a made-up bot."""
    return make_bot(tmp_path / "bot")


async def long(pilot: Pilot[None], count: int) -> ChatbotApp:
    """Show a conversation of so many turns, some of them of several lines."""
    app = await ready(pilot)
    reply = ShownReply("Fine, thank you. And you?", "greeting", 0.98, True)
    app.chat.show_conversation(
        None, [Said(f"message {n} " + "and so on " * (n % 9), reply) for n in range(count)]
    )
    await sees(pilot, f"you message {count - 1} ")
    return app


async def test_of_5000_turns_the_first_and_the_last_are_a_key_away(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await long(pilot, 5000)
        turns = app.chat.conversation.turns
        assert len(app.chat.conversation.query("*")) < 20, "no widget per turn"
        await pilot.press("pageup")
        await until(pilot, lambda: turns.scroll_y < turns.max_scroll_y)
        turns.scroll_home(animate=False)
        await sees(pilot, "you message 0 ", "you message 1 and")
        await say(pilot, "the newest")
        await sees(pilot, "you the newest")
        assert turns.scroll_y == turns.max_scroll_y


async def test_what_i_read_stays_in_sight_at_another_width(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await long(pilot, 300)
        turns = app.chat.conversation.turns
        turns.scroll_to(y=turns.max_scroll_y // 2, animate=False, immediate=True)
        await pilot.pause()
        top = next(word for word in seen(app).split() if word.isdecimal() and len(word) == 3)
        await pilot.resize_terminal(80, 24)
        await sees(pilot, f"message {top} ")
        turns.scroll_end(animate=False)
        await sees(pilot, "message 299 ")
        await pilot.resize_terminal(60, 20)
        await sees(pilot, "message 299 ")


async def test_an_early_turn_is_read_again_for_the_panel(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for number in range(STATES_KEPT + 2):
            app.chat._say(f"number {number}")
        views = app.chat.conversation.views
        assert views[0].turn is None and views[-1].turn is not None
        app.chat.conversation.select(views[0])
        await until(
            pilot, lambda: (t := app.chat.panel.trace) is not None and t.words == ("number", "0")
        )
        await sees(pilot, "you number 0")


async def test_in_the_smallest_terminal_it_still_stands(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(20, 6)) as pilot:
        await long_in_any_size(pilot)
        for size in ((1, 1), (8, 3), (60, 20)):
            await pilot.resize_terminal(*size)
        await sees(pilot, "message 2")


async def long_in_any_size(pilot: Pilot[None]) -> None:
    app = await ready(pilot)
    reply = ShownReply("Fine", "greeting", 0.98, True)
    app.chat.show_conversation(None, [Said(f"message {n}", reply) for n in range(3)])
    await pilot.pause()
