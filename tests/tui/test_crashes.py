"""What once ended the app must not: one modal over another, undo, new intents, tiny terminals.

And what still may end it: a fault is told in plain words, and what somebody was typing is kept.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs.choose import ChooseScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.flows.fault import reports_folder
from chatbot.tui.flows.fault_report import report
from chatbot.tui.screens.inbox import InboxScreen
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until
from tests.tui.made_bot import UNKNOWN
from tests.tui.test_terminal import read_until

SMALL = [(20, 6), (30, 8), (80, 24)]
OPENERS = ("ctrl+p", "f1", "f10", "f3", "f4", "f6", "f12")
"""Keys that open something over the conversation."""
OVER_A_DIALOG = ("ctrl+p", "f1", "f10")
"""Those of them that do something while a dialog is open."""
PAGES = ("pageup", "pagedown")


async def back_to_chat(pilot: Pilot[None], app: ChatbotApp) -> None:
    """Press Escape until the conversation is there."""
    for _ in range(6):
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
        assert isinstance(app.screen, CommandPalette)
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


# ---- a fault


def fail_at(app: App[None]) -> None:
    """Let the next page of help fail, with a message of the user in what it says."""

    def broken() -> None:
        secret = "my password is swordfish"
        raise ValueError(f"not a word: {secret!r}")

    app.call_later(broken)


async def test_a_fault_is_told_and_the_draft_comes_back(bot: Path) -> None:
    app = app_for(bot)
    with pytest.raises(ValueError, match="not a word"):
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await say(pilot, "a secret message")
            await type_text(pilot, "half a tho")
            fail_at(app)
            await until(pilot, lambda: app._exit or app.flows.fault.text)
    text = app.flows.fault.text
    assert app.return_code == 1
    assert "a fault of the program, not yours" in text
    assert "that you had begun is there again" in text
    (file,) = reports_folder().glob("*.txt")
    assert str(file) in text
    kept = file.read_text(encoding="utf-8")
    assert kept in text + "\n" or kept.rstrip("\n") in text
    for part in ("chatbot ", "Python 3", "Textual 8", "Platform: ", "80x24", "in broken",
                 "ValueError: not a word: …"):  # fmt: skip
        assert part in kept
    for private in ("swordfish", "secret message", "half a tho"):
        assert private not in text

    again = app_for(bot)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: again.chat.prompt.text == "half a tho")
        await type_text(pilot, "ught")
        assert again.chat.prompt.text == "half a thought", "typing goes on at its end"


async def test_a_draft_that_the_app_fails_at_does_not_keep_it_from_starting(bot: Path) -> None:
    for _ in range(2):
        app = app_for(bot)
        with pytest.raises(ValueError, match="not a word"):
            async with app.run_test() as pilot:
                await ready(pilot)
                if not app.chat.prompt.text:
                    await type_text(pilot, "poison")
                assert app.chat.prompt.text == "poison"
                fail_at(app)
                await until(pilot, lambda app=app: app.flows.fault.text)  # type: ignore[misc]
    (draft,) = reports_folder().glob("*-draft.txt")
    assert str(draft) in app.flows.fault.text
    assert draft.read_text(encoding="utf-8") == "poison"
    third = app_for(bot)
    async with third.run_test() as pilot:
        await ready(pilot)
        assert third.chat.prompt.text == ""


async def test_a_fault_keeps_what_is_not_saved_in_the_editor(bot: Path) -> None:
    app = app_for(bot)
    with pytest.raises(ValueError, match="not a word"):
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await pilot.press("f2")
            await sees(pilot, "Form/JSON")
            app.screen.query_one("#edit-text", TextArea).insert("  ")
            fail_at(app)
            await until(pilot, lambda: app.flows.fault.text)
    (file,) = reports_folder().glob("*-intents.json")
    assert str(file) in app.flows.fault.text
    assert file.read_text(encoding="utf-8").startswith("  {")


def test_a_report_names_the_error_before_and_no_private_text() -> None:
    private = "typed by" + " me"

    def raised() -> BaseException | None:
        nothing: dict[str, int] = {}
        try:
            try:
                nothing[private]
            except KeyError as error:
                raise RuntimeError(f"{private}, and “{'this' + ' too'}”") from error
        except RuntimeError as error:
            return error
        return None

    error = raised()
    assert error is not None
    text = report(error, (80, 24), [private])
    assert text.index("KeyError: …") < text.index("which led to:") < text.index("RuntimeError: …")
    assert private not in text and "this too" not in text


# ---- the draft


async def test_the_draft_is_there_after_quitting_and_gone_after_sending(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        await type_text(pilot, "[b]later\nmore")
        await pilot.press("ctrl+q")
    again = app_for(bot)
    async with again.run_test() as pilot:
        await ready(pilot)
        assert again.chat.prompt.text == "[b]later\nmore"
        await pilot.press("enter", "ctrl+q")
    third = app_for(bot)
    async with third.run_test() as pilot:
        await ready(pilot)
        assert third.chat.prompt.text == ""


async def test_a_draft_and_the_editor_s_text_survive_a_kill(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await type_text(pilot, "half")
        await pilot.press("f2")
        await sees(pilot, "Form/JSON")
        app.screen.query_one("#edit-text", TextArea).insert("  ")
        app.flows.watching.look_at_files()
        await until(pilot, lambda: len(list(history_folder(bot).glob("*.*"))) == 2)
        await app.workers.wait_for_complete()
        app.exit = App.exit.__get__(app)  # type: ignore[method-assign]  # nothing is done at the end
    again = app_for(bot)
    async with again.run_test(size=(100, 24), notifications=True) as pilot:
        await ready(pilot)
        assert again.chat.prompt.text == "half"
        await sees(pilot, "were not saved", "F2 brings them back")
        await pilot.press("f2")
        await sees(pilot, "Form/JSON", "●")
        area = again.screen.query_one("#edit-text", TextArea)
        assert area.text.startswith("  {")
        await pilot.press("ctrl+z")
        assert area.text == (bot / "intents.json").read_text(encoding="utf-8")
        again.flows.watching.look_at_files()
        await until(pilot, lambda: not list(history_folder(bot).glob("*.editor")))


async def test_what_was_not_saved_waits_until_the_file_can_be_read_again(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await sees(pilot, "Form/JSON")
        app.screen.query_one("#edit-text", TextArea).insert("  ")
        app.exit()
    path = bot / "intents.json"
    data = path.read_bytes()
    path.write_bytes(b"\xff\xfe\xff")
    for content, comes_back in ((None, False), (data, True)):
        if content is not None:
            path.write_bytes(content)
        again = app_for(bot)
        async with again.run_test(size=(80, 24)) as pilot:
            await pilot.press("f2")
            await until(pilot, lambda again=again: again.screen.query("#edit-text"))  # type: ignore[misc]
            await pilot.pause()
            text = again.screen.query_one("#edit-text", TextArea).text
            assert text.startswith("  {") is comes_back


def history_folder(bot: Path) -> Path:
    """Return where drafts and unsaved texts are."""
    from chatbot.common import paths

    return paths.history_file(bot / "intents.json").parent


RUN = """
import sys
from pathlib import Path
from chatbot.common.paths import locate
from chatbot.tui.app import ChatbotApp

def broken(app):
    raise LookupError("on purpose")

ChatbotApp.action_pin = broken
ChatbotApp(locate(Path(sys.argv[1]))).run()
"""


@pytest.mark.smoke
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals")
@pytest.mark.parametrize("end", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL", "hang up", "fault"])
def test_in_a_terminal_the_draft_outlives_every_end(bot: Path, end: str) -> None:
    import pty

    from chatbot.common import jsonlines, paths

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(bot / "intents.json")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
        start_new_session=True,
    )
    os.close(theirs)
    closed = False
    try:
        read_until(ours, b"32 units")
        os.write(ours, b"unsent")
        read_until(ours, b"unsent")
        if end.startswith("SIG"):
            time.sleep(0.5)  # the letters are drawn; the last of them is in the prompt
            if end == "SIGKILL":
                time.sleep(2)  # it comes unasked: what is kept is at most a second old
            process.send_signal(getattr(signal, end))
            if end != "SIGKILL":
                read_until(ours, b"\x1b[?1049l")
        elif end == "fault":
            os.write(ours, b"\x1b[20~")  # F9
            text = read_until(ours, b"----------------\r\n").decode("utf-8", "replace")
            assert text.count("The chatbot had to stop.") == 1
            assert "LookupError" in text and "locals" not in text
        else:
            os.close(ours)
            closed = True
        code = process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
        if not closed:
            os.close(ours)
    expected = {
        "SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131, "SIGKILL": -9, "hang up": 0, "fault": 1,
    }  # fmt: skip
    assert code == expected[end]
    file = paths.history_file((bot / "intents.json").absolute()).with_suffix(".draft")
    assert jsonlines.load(file) == ["unsent"]
