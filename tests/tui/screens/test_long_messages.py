"""Long messages in the app: pasted, read in a thread, answered in their order."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from chatbot.common import KEPT_WORDS
from chatbot.conversation.reader import Reader
from chatbot.tui.app import ChatbotApp
from tests.tui.helpers import app_for, ready, say, sees, until

LONG = "tell me the time please " * 1_667
WORDS = 5 * 1_667
PASTES = {
    "one line": LONG,
    "lines": "how is the weather today in paris\n" * 1_200,
    "Chinese": "天气" * 6_000,
    "one word": "a" * 40_000,
    "lone surrogates": "\ud800 hi \udfff" * 5_000,
    "control characters": "\x00\x1b[2J\x07 hi\r" * 4_000,
}

HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which a paste may hold and a message must not."""


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Readings in a thread wait after their first slice until this is set."""
    go_on = threading.Event()
    slices = Reader.slices

    def waiting(self: Reader, *arguments: object) -> object:
        for part in slices(self, *arguments):  # type: ignore[arg-type]
            yield part
            go_on.wait(20)

    monkeypatch.setattr(Reader, "slices", waiting)
    return go_on


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await until(pilot, lambda: app.chat.prompt.text)


@pytest.mark.parametrize("kind", PASTES)
async def test_a_long_paste_is_there_at_once_is_typed_on_and_sent(bot: Path, kind: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await paste(pilot, PASTES[kind])
        await pilot.press("Z", "Q")
        said = HALF.sub("\ufffd", PASTES[kind]) + "ZQ"
        assert app.chat.prompt.text == said
        await sees(pilot, "characters]ZQ")
        await pilot.press("enter")
        await until(pilot, lambda: app.chat.conversation.views)
        assert app.chat.prompt.text == ""
        view = app.chat.conversation.views[0]
        await until(pilot, lambda: view.turn is not None)
        assert view.message == said


async def test_the_panel_shows_the_beginning_says_how_far_it_is_and_ends_with_the_answer(
    bot: Path, held: threading.Event
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await paste(pilot, LONG)
        await sees(pilot, f"read 500 of {WORDS:,} words", "time")
        held.set()
        await sees(pilot, f"… and {WORDS - KEPT_WORDS:,} more words, then:", without=["read 500"])
        for view in "2345":
            app.chat.panel.focus_view()
            await pilot.press(view, "up", "x", "space")
            await pilot.pause()
        await pilot.press("4")
        await sees(pilot, f"messages of more than {KEPT_WORDS} words are not compared")


async def test_while_a_long_message_is_read_keys_work_and_the_next_message_waits_its_turn(
    bot: Path, held: threading.Event
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await paste(pilot, LONG)
        await pilot.press("enter")
        await until(pilot, lambda: app.chat.conversation.views)
        await pilot.press(*"hi", "enter")
        await until(pilot, lambda: len(app.chat.conversation.views) == 2)
        await pilot.press("f1")
        assert app.screen is not app.chat
        await pilot.press("escape")
        assert [view.turn for view in app.chat.conversation.views] == [None, None]
        held.set()
        await until(pilot, lambda: all(view.turn for view in app.chat.conversation.views))


async def test_newer_text_takes_the_place_of_what_is_being_read(
    bot: Path, held: threading.Event
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await paste(pilot, LONG)
        await sees(pilot, "read 500 of")
        await pilot.press("backspace", *"make", "space")
        await until(pilot, lambda: app.chat.panel.trace and app.chat.panel.trace.words == ("make",))
        held.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.chat.panel.trace is not None and app.chat.panel.trace.words == ("make",)


async def test_a_new_conversation_lets_go_of_a_message_that_is_being_read(
    bot: Path, held: threading.Event
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await paste(pilot, LONG)
        await pilot.press("enter")
        await until(pilot, lambda: app.chat.conversation.views)
        await pilot.press("ctrl+n")
        held.set()
        await until(pilot, lambda: not app.chat.conversation.views)
        await app.workers.wait_for_complete()
        await say(pilot, "make me laugh")
        assert len(app.chat.conversation.views) == 1


async def test_leaving_does_not_wait_for_a_long_message(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await paste(pilot, LONG)
        await pilot.press("enter", "ctrl+q")
        await until(pilot, lambda: app._exit)


async def test_a_message_that_is_too_long_to_be_a_pattern_is_not_taught(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, LONG)
        await pilot.press("f6")
        await until(pilot, lambda: app._notifications)
        assert "cannot become a pattern" in next(iter(app._notifications)).message
        assert app.screen is app.chat
