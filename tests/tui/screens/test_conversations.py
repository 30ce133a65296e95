"""The list of conversations: search, continue, rename, delete, export; ugly titles first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from chatbot.archive import Archive, TurnToKeep
from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.conversations import ConversationsScreen
from tests.tui.helpers import SIZES, answer, app_for, ready, say, seen, sees, type_text, until
from tests.tui.made_bot import make_bot

MESSAGES = ("[b]bold[/] \x1b[31mred", "mấy giờ rồi", "今天天气怎么样", "what is the weather like")


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """The folder of a made-up bot, with a conversation for each message."""
    folder = make_bot(tmp_path / "bot")
    with Archive() as archive:
        for message in MESSAGES:
            place = archive.append(
                None, folder / "intents.json", TurnToKeep(message, "Yes.", "time", 0.9, True)
            )
            second = TurnToKeep(f"more: {message}", "Sunny.", "time", 0.9, True)
            archive.append(place.conversation, folder / "intents.json", second)
    return folder


async def opened(pilot: object, app: ChatbotApp) -> ConversationsScreen:
    """Open the list."""
    await ready(pilot)  # type: ignore[arg-type]
    await pilot.press("shift+f2")  # type: ignore[attr-defined]
    await until(
        pilot,  # type: ignore[arg-type]
        lambda: isinstance(app.screen, ConversationsScreen) and app.screen.rows,
    )
    assert isinstance(app.screen, ConversationsScreen)
    return app.screen


def titles() -> list[str]:
    with Archive() as archive:
        return [conversation.title for conversation in archive.conversations()]


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_shows_each_conversation_with_date_and_turns(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app)
        await sees(pilot, "2 turns what is the weather", "2 turns 今天天气怎么样", "[b]bold[/] red")
        assert "▏" not in seen(app).splitlines()[3], "no scrollbar for four rows"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_i_search_all_and_enter_continues_at_the_hit(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("slash")
        await type_text(pilot, "MAY GIO")
        await app.workers.wait_for_complete()  # each letter is a search of its own
        await until(pilot, lambda: len(screen.rows) == 2)
        await sees(pilot, "you more: mấy giờ rồi", without=["今天"])
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: app.screen is app.chat)
        await sees(pilot, "you mấy giờ rồi", "bot Sunny.")
        selected = app.chat.conversation.selected
        assert selected is not None and selected.message == "mấy giờ rồi"
        await say(pilot, "goes on")
    with Archive() as archive:
        (found,) = archive.search("goes on")
    assert found.conversation.title == "mấy giờ rồi" and found.conversation.turns == 3


async def test_what_nobody_said_is_not_found_and_escape_ends_the_search(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("ctrl+f")
        await type_text(pilot, "zzz[b]*\"'")
        await sees(pilot, "No message and no reply")
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.rows) == len(MESSAGES))
        assert app.screen is screen


async def test_a_conversation_that_was_renamed_is_listed_under_its_new_name(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down", "r")
        await sees(pilot, "Rename to")
        field = app.screen.query_one(Input)
        assert field.value == "今天天气怎么样"
        field.value = "[red]天气"
        await pilot.press("enter")
        await sees(pilot, "2 turns [red]天气")
    assert "[red]天气" in titles() and "今天天气怎么样" not in titles()


async def test_it_asks_before_it_deletes(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("delete")
        await sees(pilot, "Delete “what is the weather like” (2 turns)?")
        await answer(pilot, "keep")
        await until(pilot, lambda: app.screen is screen)
        assert len(titles()) == len(MESSAGES)
        await pilot.press("delete")
        await answer(pilot, "delete")
        await until(pilot, lambda: len(screen.rows) == len(MESSAGES) - 1)
        await sees(pilot, "今天天气怎么样", without=["what is the weather"])
    assert "what is the weather like" not in titles()


async def test_i_export_in_three_forms_and_nothing_is_overwritten_unasked(
    bot: Path, tmp_path: Path
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        for suffix in (".md", ".json", ".html"):
            path = tmp_path / f"mine{suffix}"
            await pilot.press("e")
            await sees(pilot, "Export to a file")
            app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            await until(pilot, lambda path=path: path.exists() and app.screen is screen)  # type: ignore[misc]
            assert "weather" in path.read_text(encoding="utf-8")
        json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))
        (tmp_path / "mine.md").write_text("precious")
        await pilot.press("e")
        await sees(pilot, "Export to a file")
        app.screen.query_one(Input).value = str(tmp_path / "mine.md")
        await pilot.press("enter")
        await sees(pilot, "exists. Write over it?")
        await answer(pilot, "stay")
        await until(pilot, lambda: app.screen is screen)
        assert (tmp_path / "mine.md").read_text() == "precious"


@pytest.mark.parametrize(
    "name", ["mine.docx", "~nobody-here/x.md", "no\0name.md", "a line of a long paste" * 20 + ".md"]
)
async def test_a_name_that_cannot_be_is_told(bot: Path, name: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, app)
        await pilot.press("e")
        await sees(pilot, "Export to a file")
        app.screen.query_one(Input).value = name
        await pilot.press("enter")
        await sees(pilot, "Choose a")


async def test_the_list_goes_on_beyond_its_first_page(bot: Path) -> None:
    with Archive() as archive:
        for number in range(60):
            archive.append(
                None, bot / "intents.json", TurnToKeep(f"number {number}", "Yes.", "time", 1, True)
            )
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        assert len(screen.rows) < 64
        await pilot.press("end")
        await until(pilot, lambda: len(screen.rows) == 64)


async def test_nothing_kept_yet_is_said(tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(60, 20)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f2")
        await sees(pilot, "No conversation is kept yet")
        await pilot.press("delete", "enter", "down", "escape")
        await until(pilot, lambda: app.screen is app.chat)
