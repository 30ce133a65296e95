"""A long conversation: every turn can be reached, heights are right, and the end stays in sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style
from rich.text import Text
from textual.pilot import Pilot

from chatbot.tui.app import ChatbotApp
from chatbot.tui.widgets import Said, turn_heights
from chatbot.tui.widgets.conversation import STATES_KEPT
from chatbot.tui.widgets.line_breaks import breaks
from chatbot.tui.widgets.turn_view import (
    ShownReply,
    TurnStyles,
    TurnView,
    height_of,
    lines_of,
)
from tests.tui.helpers import app_for, ready, say, seen, sees, until

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


def test_a_label_says_that_only_the_model_still_knows_the_intent() -> None:
    view = TurnView("a car", ShownReply("Sorry?", "rental", 0.98, False, is_gone=True))
    said = " ".join(line.text.plain for line in lines_of(view, 120, NO_STYLES))
    assert "the model still knows rental 98 %, the file does not" in said.replace("\u00a0", " ")
    assert "nearest" not in said


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


# ---- heights are exact only near what is in sight


def ugly(count: int) -> list[Said]:
    """Return turns whose heights nobody guesses right: long, broken, wide, with offers."""
    return [
        Said(
            f"message {n} " + ("天气" * 30, "and so on " * (n % 9), "\n\n", "a" * 200)[n % 4],
            ShownReply(
                "Fine. " * (n % 13),
                "greeting",
                0.98,
                True,
                offers=("what time is it", "tell me a joke") if n % 7 == 0 else (),
            ),
        )
        for n in range(count)
    ]


def in_sight(app: ChatbotApp) -> list[str]:
    """Return the lines of the conversation that are in sight."""
    turns = app.chat.conversation.turns
    return [turns.render_line(y).text.rstrip() for y in range(turns.size.height)]


def numbers(app: ChatbotApp) -> list[int]:
    """Return the numbers of the messages in sight, from the top."""
    return [int(number) for number in re.findall(r"you +message (\d+)", "\n".join(in_sight(app)))]


async def test_paging_up_and_down_through_all_leaves_no_turn_out(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.chat.show_conversation(None, ugly(150))
        await sees(pilot, "you message 149 ")
        turns = app.chat.conversation.turns
        met = numbers(app)
        while turns.scroll_y > 0:
            app.chat.action_page(-1)
            page = numbers(app)
            met = [*page, *(n for n in met if n not in page)]
        assert met == list(range(150))
        assert numbers(app)[0] == 0
        while turns.scroll_y < turns.max_scroll_y:
            app.chat.action_page(1)
        assert numbers(app)[-1] == 149


async def test_what_i_read_moves_by_the_lines_i_scroll(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.chat.show_conversation(None, ugly(400))
        await sees(pilot, "you message 399 ")
        turns = app.chat.conversation.turns
        turns.scroll_to(y=turns.max_scroll_y // 3)
        for by in (-1, 3, -9, 5, 12, -15, -15, -15, -15):
            before = in_sight(app)
            turns.scroll_relative(y=by)
            now = in_sight(app)
            if by > 0:
                assert now[:-by] == before[by:]
            else:
                assert now[-by:] == before[:by]


async def test_only_turns_near_the_end_are_laid_out_when_a_conversation_opens(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(bot)
    laid_out = 0

    def counted(view: TurnView, width: int) -> int:
        nonlocal laid_out
        laid_out += 1
        return height_of(view, width)

    monkeypatch.setattr(turn_heights, "height_of", counted)
    async with app.run_test(size=(80, 24)) as pilot:
        await long(pilot, 5000)
        assert 5 < laid_out < 300
        laid_out = 0
        await pilot.resize_terminal(140, 40)
        await sees(pilot, "message 4999 ")
        assert 5 < laid_out < 600


async def test_an_early_turn_that_grows_does_not_move_what_i_read(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await long(pilot, 300)
        turns = app.chat.conversation.turns
        turns.scroll_to(y=turns.max_scroll_y // 2)
        await pilot.pause()
        before = in_sight(app)
        first = turns.views[0]
        first.reply = ShownReply("long " * 200, "greeting", 0.98, True)
        turns.changed(first)
        assert in_sight(app) == before
