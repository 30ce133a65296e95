"""Teaching from the conversation, as a person at the keyboard does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import SelectionList

from chatbot.common import paths
from chatbot.opening import read_intents
from chatbot.teaching import inbox
from chatbot.tui.dialogs.choose import ChooseScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.screens.inbox import InboxScreen
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until

STRANGE = "please order a large pizza"


def patterns(folder: Path, tag: str) -> tuple[str, ...]:
    intent = read_intents(folder / "intents.json").intents.by_tag(tag)
    return intent.patterns if intent is not None else ()


async def test_i_correct_a_message_and_ask_again_and_get_the_right_intent(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, STRANGE)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "goodb")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat)
        assert STRANGE in patterns(small_bot, "goodbye")
        await until(pilot, lambda: "goodbye 100 % · exact pattern" in seen(app))
        view = await say(pilot, STRANGE.upper() + "!")
        assert view.turn is not None
        assert view.turn.reading.prediction.intent == "goodbye"


async def test_i_take_a_correction_back(small_bot: Path) -> None:
    before = (small_bot / "intents.json").read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        taught = await say(pilot, STRANGE)
        await pilot.press("f6", "enter")
        await until(pilot, lambda: (small_bot / "intents.json").read_bytes() != before)
        await until(pilot, lambda: taught.reply is not None and taught.reply.is_pattern)
        await pilot.press("ctrl+b")
        await until(pilot, lambda: (small_bot / "intents.json").read_bytes() == before)
        # The taught reply does not stay as if nothing had been undone.
        await until(pilot, lambda: taught.reply is not None and not taught.reply.is_pattern)
        view = await say(pilot, STRANGE)
        assert view.turn is not None and not view.turn.reading.prediction.is_pattern


@pytest.mark.smoke
async def test_i_make_a_new_intent_from_a_message(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, STRANGE)
        await pilot.press("f6")
        await type_text(pilot, "pizza")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await pilot.press("enter")
        assert isinstance(app.screen, WriteScreen), "an empty reply is no reply"
        await type_text(pilot, "[b]Which {size}?")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat)
        assert patterns(small_bot, "pizza") == (STRANGE,)


async def test_a_message_without_words_is_refused_before_anything_is_asked(
    small_bot: Path,
) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "---")
        await pilot.press("f6")
        await sees(pilot, "Not taught", "A message without words cannot be a pattern")
        assert app.screen is app.chat
        await say(pilot, STRANGE)
        waiting = paths.inbox_file(small_bot / "intents.json")
        await until(pilot, lambda: inbox.load(waiting))
        assert inbox.load(waiting) == [STRANGE]


async def test_i_say_that_a_message_is_none_of_the_bots_business(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        view = await say(pilot, "hello there bot")
        assert view.turn is not None and view.turn.reading.prediction.in_scope
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        assert "none of them: out of scope" in seen(app)
        await type_text(pilot, "out of sc")
        await pilot.press("enter")
        await until(pilot, lambda: "Taught out of scope" in seen(app))
        assert read_intents(small_bot / "intents.json").intents.out_of_scope == ("hello there bot",)
        view = await say(pilot, "Hello there, bot!")
        assert view.turn is not None and not view.turn.reading.prediction.in_scope
        await until(pilot, lambda: "out of scope · exact" in seen(app))
        await pilot.press("ctrl+b")
        await until(pilot, lambda: "is as it was" in seen(app))
        view = await say(pilot, "hello there bot")
        assert view.turn is not None and view.turn.reading.prediction.in_scope


async def test_escape_teaches_nothing_and_nothing_said_cannot_be_corrected(small_bot: Path) -> None:
    before = (small_bot / "intents.json").read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: "Send a message first" in seen(app))
        await say(pilot, STRANGE)
        await pilot.press("f6", "escape")
        await until(pilot, lambda: app.screen is app.chat)
    assert (small_bot / "intents.json").read_bytes() == before


async def test_a_file_broken_meanwhile_is_left_alone_and_named(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, STRANGE)
        (small_bot / "intents.json").write_text("{")
        await pilot.press("f6", "enter")
        await until(pilot, lambda: "Not taught" in seen(app))
    assert (small_bot / "intents.json").read_text() == "{"


async def kept(app: object, pilot: Pilot[None], folder: Path, count: int) -> Path:
    path = paths.inbox_file(folder / "intents.json")
    await until(pilot, lambda: len(inbox.load(path)) == count)
    return path


async def test_fallbacks_collect_in_the_inbox_and_are_sorted_in_one_go(small_bot: Path) -> None:
    app = app_for(small_bot)
    said = ["qwertz uiopü", "order a large pizza", "xylophone zebra", "order a pizza large"]
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        bot = (await ready(pilot)).session.bot
        assert bot is not None
        for message in (*said, "what time is it"):
            await say(pilot, message)
        strange = [m for m in said if not bot.read(m).prediction.in_scope]
        path = await kept(app, pilot, small_bot, len(strange))
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        screen = app.screen
        assert isinstance(screen, InboxScreen)
        assert sorted(screen.messages) == sorted(strange)
        first, *_ = screen._groups
        await pilot.press("home", "g", "enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "goodbye")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert set(first) <= set(patterns(small_bot, "goodbye"))
        assert not set(first) & set(screen.messages)
        left = len(screen.messages)
        await pilot.press("d")
        await until(pilot, lambda: len(screen.messages) == left - 1)
        assert len(inbox.load(path)) == left - 1


async def test_what_was_sorted_comes_back_into_the_inbox_when_it_is_taken_back(
    small_bot: Path,
) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "qwertz uiopü")
        path = await kept(app, pilot, small_bot, 1)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "goodbye")
        await pilot.press("enter")
        await until(pilot, lambda: inbox.load(path) == [])
        await pilot.press("escape", "ctrl+b")
        await until(pilot, lambda: "qwertz uiopü" not in patterns(small_bot, "goodbye"))
        await until(pilot, lambda: inbox.load(path) == ["qwertz uiopü"])


async def test_an_empty_inbox_says_what_it_is_for(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f12")
        await until(pilot, lambda: "messages that get the fallback reply" in seen(app))
        await pilot.press("enter", "d", "g", "escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_marked_messages_are_those_that_are_taught(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        path = paths.inbox_file(small_bot / "intents.json")
        for message in ("qwertz uiop", "[bold] zxcvb", "lkjhg fdsa"):
            inbox.add(path, message)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        assert "[bold] zxcvb" in seen(app), "a message is never markup"
        await pilot.press("home", "space", "down", "space")
        marked = app.screen.query_one(SelectionList).selected
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        file = read_intents(small_bot / "intents.json").intents
        taught = {p for intent in file.trainable for p in intent.patterns}
        assert set(marked) <= taught
        assert len(inbox.load(path)) == 1
