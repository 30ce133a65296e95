"""A fault is told in plain words; what somebody was typing outlives it, and every other end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import TextArea

from chatbot.tui.flows.fault import reports_folder
from chatbot.tui.flows.fault_report import report
from tests.tui.helpers import app_for, ready, say, sees, type_text, until
from tests.tui.test_terminal import read_until

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
