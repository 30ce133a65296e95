"""What is said is kept at once, in private nothing is, and no broken file stops a chat."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from chatbot.archive import Archive, archive_file
from chatbot.common import paths
from chatbot.common.paths import locate
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs.choose import ChooseScreen
from tests.tui.helpers import app_for, ready, say, sees, type_text, until
from tests.tui.made_bot import UNKNOWN


def messages() -> list[list[str]]:
    """Return what is kept, the last conversation first."""
    with Archive() as archive:
        return [
            [turn.said.message for turn in archive.turns(found.id)]
            for found in archive.conversations()
        ]


def told(app: ChatbotApp) -> list[str]:
    """Return what the app has told in notices that are still on the screen."""
    return [notice.message for notice in app._notifications]


async def test_each_turn_is_kept_while_the_app_runs(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        assert not archive_file().exists(), "nothing was said yet"
        for message in ("what time is it", "[b]\x1b[31m half \ud800", UNKNOWN):
            await say(pilot, message)
        await until(pilot, lambda: archive_file().exists() and len(messages()[0]) == 3)
        with Archive() as archive:
            (conversation,) = archive.conversations()
            first, *_, last = archive.turns(conversation.id)
        assert conversation.title == "what time is it"
        assert conversation.bot == bot / "intents.json"
        assert first.said.intent == "time" and first.said.in_scope
        assert 0 < first.said.confidence <= 1 and first.said.reply == "Yes."
        assert first.corrected is None and not last.said.in_scope


async def test_a_new_conversation_is_one_of_its_own(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "first")
        await pilot.press("ctrl+n")
        await say(pilot, "second")
        await say(pilot, "third")
    assert messages() == [["second", "third"], ["first"]]


async def test_a_message_is_kept_even_when_i_quit_at_once(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        app.chat.prompt.load_text("the last word")
        await pilot.press("enter", "ctrl+q")
    assert messages() == [["the last word"]]


async def test_a_correction_is_kept_and_undoing_it_takes_it_back(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "time")
        await pilot.press("enter")

        def corrected() -> str | None:
            with Archive() as archive:
                (turn,) = archive.turns(archive.conversations()[0].id)
            return None if turn.corrected is None else turn.corrected.intent

        await until(pilot, lambda: corrected() == "time")
        await pilot.press("ctrl+b")
        await until(pilot, lambda: corrected() is None)


@pytest.mark.parametrize("way", ["option", "setting"])
async def test_in_private_nothing_is_kept_and_the_status_line_says_so(bot: Path, way: str) -> None:
    if way == "setting":
        paths.settings_file().parent.mkdir(parents=True, exist_ok=True)
        paths.settings_file().write_text("[conversations]\nkeep_conversations = false\n")
    app = ChatbotApp(locate(bot / "intents.json"), private=way == "option")
    before = {path for path in bot.parent.rglob("*") if path.is_file()}
    async with app.run_test(size=(60, 20)) as pilot:
        await sees(pilot, "private")
        await ready(pilot)
        await sees(pilot, "private · GRU")
        await say(pilot, UNKNOWN)
        await say(pilot, "what time is it")
        await type_text(pilot, "half a tho")
        await pilot.press("ctrl+q")
    after = {path for path in bot.parent.rglob("*") if path.is_file()}
    assert after == before, "no history, no inbox, no draft, no conversation"


async def test_a_draft_of_before_waits_until_the_private_session_is_over(bot: Path) -> None:
    for private, there in ((False, ""), (True, ""), (False, "unsent")):
        app = ChatbotApp(locate(bot / "intents.json"), private=private)
        async with app.run_test() as pilot:
            await ready(pilot)
            assert app.chat.prompt.text == there
            if not private and not there:
                await type_text(pilot, "unsent")
            await pilot.press("ctrl+q")


async def test_a_damaged_file_is_told_once_and_the_conversation_goes_on(bot: Path) -> None:
    archive_file().parent.mkdir(parents=True, exist_ok=True)
    archive_file().write_bytes(b"no database " * 1000)
    app = app_for(bot)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await until(pilot, lambda: told(app))
        await say(pilot, "again")
        (problem,) = told(app)
        assert str(archive_file()) in problem and "was damaged" in problem
    assert messages() == [["hello", "again"]]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
async def test_a_folder_that_cannot_be_written_is_named(bot: Path) -> None:
    archive_file().parent.mkdir(parents=True, exist_ok=True)
    archive_file().parent.chmod(0o500)
    app = app_for(bot)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await until(pilot, lambda: any("cannot be kept there" in each for each in told(app)))
        archive_file().parent.chmod(0o700)
        await say(pilot, "again")
    assert messages() == [["hello", "again"]]


async def test_while_another_window_writes_the_chat_goes_on(
    bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chatbot.archive import database

    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Archive() as archive:
        archive.open()
    other = sqlite3.connect(archive_file(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    app = app_for(bot)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await ready(pilot)
        view = await say(pilot, "hello")
        assert view.turn is not None
        await until(pilot, lambda: any("another window is busy" in each for each in told(app)))
        other.execute("ROLLBACK")
        other.close()
        await say(pilot, "again")
        await until(pilot, lambda: messages() == [["hello", "again"]])
        assert len(told(app)) == 1, "it is told once"


async def test_i_continue_the_last_conversation_with_one_key(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await say(pilot, UNKNOWN)
    again = app_for(bot)
    async with again.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await sees(pilot, "For example")
        await pilot.press("shift+f10")
        await sees(pilot, "you what time is it", f"you {UNKNOWN}", "out of scope")
        await say(pilot, "go on")
        await pilot.press("ctrl+up", "ctrl+up")
        await until(pilot, lambda: again.chat.panel.trace is not None)
    assert messages() == [["what time is it", UNKNOWN, "go on"]]


async def test_without_an_earlier_conversation_there_is_none_to_continue(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("shift+f10")
        await sees(pilot, "no earlier conversation")


async def test_a_conversation_that_is_deleted_meanwhile_goes_on_as_a_new_one(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "gone")
        await until(pilot, lambda: archive_file().exists() and messages())
        with Archive() as archive:
            archive.delete([archive.conversations()[0].id])
        await say(pilot, "stays")
    assert messages() == [["stays"]]
