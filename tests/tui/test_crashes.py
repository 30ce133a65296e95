"""What once ended the app must not: one modal over another, undo, new intents, tiny terminals."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs.choose import ChooseScreen
from chatbot.tui.dialogs.recent import RecentScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.screens.inbox import InboxScreen
from chatbot.tui.widgets import Said
from chatbot.tui.widgets.turn_list import TurnList
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until
from tests.tui.made_bot import UNKNOWN

SMALL = [(20, 6), (30, 8), (80, 24)]

OPENERS = ("ctrl+p", "f1", "f10", "f3", "f4", "f6", "f12")
"""Keys that open something over the conversation."""

OVER_A_DIALOG = ("ctrl+p", "f1", "f10")
"""Those of them that do something while a dialog is open."""

PAGES = ("pageup", "pagedown")


async def back_to_chat(pilot: Pilot[None], app: ChatbotApp) -> None:
    """Press Escape until the conversation is there."""
    for _ in range(60):
        if app.screen is app.chat:
            return
        await pilot.press("escape")
        await pilot.pause(0.01)
    assert app.screen is app.chat, app.screen_stack


# ---- a modal over a modal


@pytest.mark.parametrize("size", [(20, 6), (80, 24), (140, 40)])
@pytest.mark.parametrize("middle", ["f1", "f10", "f3"])
async def test_the_palette_opens_again_after_help_or_menu_over_it(
    bot: Path, middle: str, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in ("ctrl+p", middle, "ctrl+p"):
            await pilot.press(key)
            await pilot.pause(0.02)
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        assert len(app.screen_stack) == 2, "one at a time"
        await back_to_chat(pilot, app)
        await type_text(pilot, "ok")
        assert app.chat.prompt.text == "ok"


@pytest.mark.slow
async def test_any_two_keys_that_open_something_leave_the_app_whole(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        for first, second in product(OPENERS, OVER_A_DIALOG):
            for key in (first, second, first):
                await pilot.press(key)
            assert len(app.screen_stack) <= 3, (first, second, app.screen_stack)
            await back_to_chat(pilot, app)


async def test_the_palette_does_not_lead_past_a_question(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, ChooseScreen)


# ---- undo


@pytest.mark.parametrize("size", [(20, 6), (80, 24), (140, 40)])
async def test_holding_undo_and_redo_in_the_prompt(bot: Path, size: tuple[int, int]) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for line in "abcdefghi":
            await pilot.press(line, "ctrl+j")
        full = app.chat.prompt.text
        while app.chat.prompt.text:
            await pilot.press("ctrl+z")
        while app.chat.prompt.text != full:
            await pilot.press("ctrl+y")
        await pilot.press("ctrl+home")
        while app.chat.prompt.text:
            await pilot.press("pageup", "ctrl+z")


@pytest.mark.parametrize("area", ["form-patterns", "edit-text"])
async def test_holding_undo_in_the_editor(bot: Path, area: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await sees(pilot, "Form/JSON")
        if area == "form-patterns":
            await pilot.press("f2")
            await until(pilot, lambda: app.focused is not None and app.focused.id == area)
        field = app.screen.query_one(f"#{area}", TextArea)
        field.focus()
        field.move_cursor(field.document.end)
        before = field.text
        for line in "abcdefghijkl":
            await pilot.press("enter", line)
        await pilot.pause(0.4)
        while field.text != before:
            await pilot.press("ctrl+z")


# ---- an intent that the network has not learned


async def test_why_not_an_intent_that_was_taught_a_moment_ago(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await type_text(pilot, "pizza")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "ok")
        await pilot.press("enter")
        await until(pilot, lambda: app.session.bot and app.session.bot.intents.by_tag("pizza"))
        await pilot.press("f7", "f8", "n")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await sees(pilot, "time", "food", "joke")
        assert not any("pizza" in line for line in seen(app).splitlines() if "Why not" in line)
        await type_text(pilot, "pizza")
        await pilot.press("enter")
        await pilot.pause()
        await back_to_chat(pilot, app)
        for key in "12345":  # every view of a message whose intent the network does not know
            app.chat.panel.focus_view()
            await pilot.press(key, "down", "enter", "x", "x")
            await pilot.pause(0.02)
        await until(pilot, lambda: app.chat.panel.has_focus_within)


async def test_a_rival_that_another_model_does_not_know_is_let_go(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f7", "f8")
        panel = app.chat.panel
        await until(pilot, lambda: panel.explanation is not None)
        await sees(pilot, "for time")
        panel.current.rival = "gone"  # type: ignore[attr-defined]
        panel.current.draw()
        await pilot.pause()
        await sees(pilot, "for time", without=["not gone"])


# ---- small terminals


@pytest.mark.parametrize("size", SMALL)
async def test_paging_in_the_inbox(bot: Path, size: tuple[int, int]) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for message in (UNKNOWN, "qqzz wwxx", "blorf grunk"):
            await say(pilot, message)
        await pilot.press("f12")
        await until(pilot, lambda: isinstance(app.screen, InboxScreen))
        for key in (*PAGES, "enter", *PAGES, "tab", *PAGES, "escape", *PAGES):
            await pilot.press(key)
        await pilot.pause()
        await back_to_chat(pilot, app)


@pytest.mark.parametrize("size", SMALL)
async def test_paging_in_an_inbox_that_is_not_drawn_yet(bot: Path, size: tuple[int, int]) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        screen = InboxScreen([["a", "b"], ["c"]])
        pages: list[None] = []

        def page() -> None:  # as a key that comes right behind F12
            screen.list.action_page_up()  # type: ignore[no-untyped-call]
            screen.list.action_page_down()  # type: ignore[no-untyped-call]
            pages.append(None)

        show = screen.show

        def show_and_page(groups: list[list[str]]) -> None:
            show(groups)
            page()

        screen.show = show_and_page  # type: ignore[assignment, method-assign]
        await app.push_screen(screen)
        await until(pilot, lambda: pages)


async def test_a_theme_is_looked_at_while_the_search_has_changed_the_list(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        options = app.screen.query_one(OptionList)
        event = OptionList.OptionHighlighted(options, options.get_option_at_index(9), 9)
        options.clear_options()
        app.screen.post_message(event)
        app.screen.post_message(OptionList.OptionSelected(options, event.option, 9))
        await pilot.press("n", "o", "r", "d")
        await sees(pilot, "nord")


async def test_keys_right_behind_the_one_that_opens_a_screen_wait_for_it(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for key in ("shift+f2", "escape", "shift+f4", "pageup", "escape", "f4", "pagedown"):
            app.post_message(events.Key(key, None))
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await back_to_chat(pilot, app)


async def test_the_palette_closes_before_it_says_that_nothing_matches(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+p", "q", "z", "q", "z", "pageup", "pagedown")
        await pilot.press("escape", "ctrl+p", "f1")
        await pilot.pause(0.7)  # it would have said it by now
        await back_to_chat(pilot, app)


async def test_a_key_that_comes_when_the_app_has_closed_is_nobody_s(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screens = app._screen_stacks[app._current_mode]
        kept = screens.copy()
        screens.clear()
        await app.on_event(events.Key("f1", None))
        screens.extend(kept)


SCREENS = {
    "palette": ("ctrl+p",),
    "menu": ("f10",),
    "help": ("f1",),
    "model info": ("f3",),
    "theme": ("f4",),
    "wrong?": ("f6",),
    "inbox": ("f12",),
    "versions": ("shift+f5",),
    "editor": ("f2",),
    "form": ("f2", "f2"),
    "tour": ("shift+f1",),
    "state": ("f8",),
    "memory": ("f8", "2"),
    "gates": ("f8", "3"),
    "compare": ("f8", "4"),
    "unit": ("f8", "5"),
    "why not": ("f8", "n"),
}

MOVES = ("pagedown", "pageup", "end", "down", "tab", "pagedown", "pageup")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_in_a_terminal_of_any_size(bot: Path, name: str) -> None:
    app = app_for(bot)
    async with app.run_test(size=(20, 6)) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await say(pilot, "what time is it")
        await pilot.press(*SCREENS[name])
        for width, height in ((20, 6), (30, 8), (140, 6)):
            await pilot.resize_terminal(width, height)
            await pilot.press(*MOVES)
        await pilot.pause()


async def test_a_click_that_comes_after_another_conversation_was_opened_selects_nothing(
    bot: Path,
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        gone = app.chat.conversation.views[0]
        app.chat.conversation.show([Said("what time is it", None)])
        app.chat.conversation.turns.post_message(TurnList.Clicked(gone, asks=False))
        await pilot.pause()
        await app.run_action("message('must_hold')", app.chat)
        await sees(pilot, "what time is it")
        selected = app.chat.conversation.selected
        assert selected is not None and selected.message == "what time is it"


async def test_a_turn_that_is_shorter_than_its_height_says_is_drawn_again(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "a message of many words " * 12)
        turns = app.chat.conversation.turns
        before = turns._heights.total
        turns.views[0].message = "few words"  # and nobody has told the list
        turns._drawn.clear()
        turns.refresh()
        await until(pilot, lambda: turns._heights.total < before)
        await sees(pilot, "few words")


async def test_a_change_of_size_that_comes_when_the_widgets_have_gone_draws_nothing(
    bot: Path,
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = RecentScreen([], lambda _: None)
        await app.push_screen(screen)
        await screen.remove_children()  # as closing does, before the screen itself
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        await screen.dismiss()
        await until(pilot, lambda: app.screen is app.chat)


async def test_a_dialog_that_closes_while_it_begins_shows_nothing(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = ChooseScreen("Which?", ["one", "two"])
        await app.push_screen(screen)
        screen._pruning = True  # as Textual marks what it is about to remove, the innermost first
        await screen.query_one(Vertical).remove_children()
        await screen.on_event(events.Mount())
        await screen.dismiss()
        await until(pilot, lambda: app.screen is app.chat)


async def test_the_unit_view_after_a_shorter_message_was_compared(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what does it cost when I come with all of you")
        await pilot.press("f8", "4")
        await sees(pilot, "backwards")
        await pilot.press("end", "escape")
        await say(pilot, "cost")
        await pilot.press("f8", "5")
        await sees(pilot, "unit 0 after “cost”")
