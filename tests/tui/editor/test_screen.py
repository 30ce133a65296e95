"""The editor of the intents file: nothing is lost, whatever the file and whoever else writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from chatbot.common.paths import locate
from chatbot.opening import read_intents
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.editor.screen import EditScreen
from tests.tui.helpers import app_for, ready, say, seen, until, until_seen


async def open_editor(pilot: Pilot[None]) -> EditScreen:
    """Open the editor and wait for its first check."""
    app = pilot.app
    assert isinstance(app, ChatbotApp)
    await pilot.pause()
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(app.screen, EditScreen))
    screen = app.screen
    assert isinstance(screen, EditScreen)
    await until(pilot, lambda: "intents" in seen(app).splitlines()[0])
    await until(pilot, lambda: screen.query_one("#edit-findings").option_count)  # type: ignore[attr-defined]
    return screen


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b'{"intents": [\n  {"tag": "a",}\n]}', "line 2, column 14: error"),
        (b"", "error: the file is empty"),
        (b'{"intents": [{"tag": "[red]x[/red]", "patterns": 5}]}', "error: “patterns” is a number"),
        (b'{"intents": [{"tag": "caf\xe9"}]}', "not UTF-8"),
    ],
)
async def test_a_file_that_cannot_be_used_opens_with_what_is_wrong(
    tmp_path: Path, content: bytes, shown: str
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(content)
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await open_editor(pilot)
        await until(pilot, lambda: shown in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
    assert path.read_bytes() == content


async def test_a_file_that_is_not_utf_8_cannot_be_overwritten_from_here(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"\xe9")
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await open_editor(pilot)
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
    assert path.read_bytes() == b"\xe9"


async def test_opening_and_saving_without_a_change_leaves_every_byte(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    content = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(content)
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        assert not screen.has_unsaved_changes
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Saved" in seen(app))
    assert path.read_bytes() == content


async def test_a_missing_file_begins_with_a_valid_skeleton(tmp_path: Path) -> None:
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        screen = await open_editor(pilot)
        assert screen.has_unsaved_changes
        await pilot.press("ctrl+s")
        await until(pilot, lambda: (tmp_path / "intents.json").exists())
    assert len(json.loads((tmp_path / "intents.json").read_text())["intents"]) == 2


async def test_a_changed_reply_works_at_once(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        data = json.loads(screen.editor.text)
        data["intents"][0]["responses"] = ["Quite new."]
        screen.editor.load_text(json.dumps(data))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: app.screen is app.chat)
        view = await say(pilot, "Hello")
        assert view.turn is not None and view.turn.reply == "Quite new."
        await until(pilot, lambda: "older than" not in seen(app))


async def test_a_changed_pattern_asks_for_a_training(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.editor.load_text(screen.editor.text.replace("Hey there", "Ahoy there"))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: "The model is older than intents.json" in seen(app))


async def test_findings_appear_while_i_type_and_go_when_mended(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.editor.move_cursor((0, 0))
        await pilot.press("x")
        await until(pilot, lambda: "line 1, column 1: error" in seen(app))
        await until_seen(pilot, "● unsaved")
        await pilot.press("backspace")
        await until(pilot, lambda: "error" not in seen(app))
        await until(pilot, lambda: "unsaved" not in seen(app))


async def test_ctrl_g_goes_to_the_next_finding(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: "{unknown}" in seen(app))
        await pilot.press("ctrl+g")
        row, _ = screen.editor.cursor_location
        assert "{unknown}" in screen.editor.document.get_line(row)


async def test_choosing_an_intent_goes_to_its_place(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: "goodbye" in seen(app))
        await pilot.press("ctrl+l", "home", "down", "down", "enter")
        await until(pilot, lambda: screen.focused is screen.editor)
        row, _ = screen.editor.cursor_location
        assert '"goodbye"' in screen.editor.document.get_line(row + 1)


async def test_an_added_intent_is_valid_and_ctrl_z_takes_it_back(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        before = screen.editor.text
        await until(pilot, lambda: "goodbye" in seen(app))
        screen.editor.move_cursor((5, 0))  # within the first intent
        await pilot.press("ctrl+t")
        tags = [intent["tag"] for intent in json.loads(screen.editor.text)["intents"]]
        assert tags == ["greeting", "new_intent", "time", "goodbye", "fallback"]
        await pilot.press("p")
        assert '"pnew_intent"' in screen.editor.text, "the cursor is in the tag"
        await pilot.press("ctrl+z", "ctrl+z")
        assert screen.editor.text == before


async def test_escape_with_unsaved_changes_asks_and_stays_by_default(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    content = path.read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert screen.has_unsaved_changes
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.click("#discard")
        await until(pilot, lambda: app.screen is app.chat)
    assert path.read_bytes() == content


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+n", "f5"])
async def test_no_key_of_the_app_loses_unsaved_changes(small_bot: Path, key: str) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x", key)
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert screen.editor.text.startswith("x")


async def test_saving_with_errors_asks_first(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await open_editor(pilot)
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: "The bot keeps its old replies" in seen(app))
        await pilot.click("#save")
        await until(pilot, lambda: path.read_text(encoding="utf-8").startswith("x"))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
        await say(pilot, "hello")


async def test_a_change_by_another_program_is_loaded_when_nothing_can_be_lost(
    small_bot: Path,
) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: screen.editor.text == theirs)
        assert not screen.has_unsaved_changes


async def test_a_change_by_another_program_against_mine_asks_and_both_survive(
    small_bot: Path,
) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x")
        mine = screen.editor.text
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: "Another program has changed" in seen(app))
        await pilot.click("#theirs")
        await until(pilot, lambda: screen.editor.text == theirs)
        await pilot.press("ctrl+z")
        assert screen.editor.text == mine, "mine is one undo away"


async def test_a_full_disk_keeps_the_text_and_the_old_file(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_bot / "intents.json"
    content = path.read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.editor.load_text(screen.editor.text.replace("Hello!", "Mine!"))

        def full(path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("chatbot.intents.write_atomically", full)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Not saved" in seen(app))
        assert screen.has_unsaved_changes
    assert path.read_bytes() == content


async def test_my_own_editor_opens_the_file_and_what_it_wrote_is_there(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import contextlib
    import subprocess

    path = small_bot / "intents.json"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "my-editor --wait")
    calls: list[list[str]] = []

    def edited(command: list[str], check: bool) -> None:
        calls.append(command)
        text = path.read_text(encoding="utf-8").replace("Hello!", "From my editor!")
        path.write_text(text, encoding="utf-8")

    app = app_for(small_bot)
    monkeypatch.setattr(subprocess, "run", edited)
    monkeypatch.setattr(app, "suspend", contextlib.nullcontext)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "From my editor!" in screen.editor.text)
        assert calls == [["my-editor", "--wait", str(path)]]


async def test_without_an_editor_it_says_what_to_set(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await open_editor(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: "EDITOR" in seen(app))


async def test_on_a_narrow_screen_the_list_comes_and_goes(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(60, 20)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        assert not screen.query_one("#edit-list").display
        await pilot.press("ctrl+l")
        assert screen.query_one("#edit-list").display
        await pilot.press("escape")
        assert app.screen is screen, "the first Escape leaves the list only"
        assert not screen.query_one("#edit-list").display


async def test_a_file_of_another_program_answers_but_is_not_edited(
    tmp_path: Path, trained_folder: Path
) -> None:
    from chatbot.formats import WRITERS

    table = tmp_path / "bot.csv"
    intents = read_intents(trained_folder / "intents.json").intents
    table.write_bytes(WRITERS["csv"](intents).text.encode())
    content = table.read_bytes()
    app = ChatbotApp(locate(table, trained_folder / "models" / "intents"))
    async with app.run_test(notifications=True, size=(160, 40)) as pilot:
        await ready(pilot)
        view = await say(pilot, "What time is it?")
        assert view.turn is not None
        assert view.turn.reading.prediction.intent == "time"
        await open_editor(pilot)
        await until(pilot, lambda: "chatbot convert bot.csv" in seen(app))
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
    assert table.read_bytes() == content


def misplaced(default_intents: Path, path: Path) -> str:
    """Write the default file with a joke among the farewells; return the joke."""
    data = json.loads(default_intents.read_text(encoding="utf-8"))
    by_tag = {intent["tag"]: intent["patterns"] for intent in data["intents"]}
    moved = str(by_tag["joke"].pop(0))
    by_tag["goodbye"].append(moved)
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return moved


CROWDED = """{"intents": [
 {"tag": "order", "patterns": ["I would like a pizza", "one margherita please", "two pizzas to go",
  "a large funghi", "a pizza with ham"], "responses": ["Coming."]},
 {"tag": "delivery", "patterns": ["how long does delivery take", "do you bring it to my house",
  "is delivery free", "can you deliver to us", "deliver it"],
  "responses": ["In {tme}.", "Yes, {usr}."]},
 {"tag": "hours", "patterns": ["when do you open", "what are your opening hours",
  "are you open on sunday", "when do you close", "how late", "do you deliver to my street"],
  "responses": ["Noon."]}
]}"""


async def test_without_a_model_the_editor_speaks_up_too_and_marks_the_intents(
    tmp_path: Path,
) -> None:
    path = tmp_path / "intents.json"
    path.write_text(CROWDED, encoding="utf-8")
    screen = EditScreen(path)
    app: App[None] = App()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(
            pilot, lambda: any(f.kind == "suspicious_label" for f in screen.findings.findings)
        )
        marks = [str(screen.list.get_option_at_index(i).prompt)[0] for i in range(3)]
        assert marks == [" ", "!", "!"]
        await pilot.press("ctrl+g", "ctrl+g", "ctrl+g", "f6")
        await until(
            pilot,
            lambda: not str(screen.list.get_option_at_index(2).prompt).startswith("!"),
        )
        assert "do you deliver to my street" in screen.intents[1].patterns


async def test_f6_remedies_the_finding_at_the_cursor_of_several_on_a_line(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(CROWDED, encoding="utf-8")
    screen = EditScreen(path)
    app: App[None] = App()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: len(screen.findings.findings) == 3)
        await pilot.press("ctrl+g", "ctrl+g", "f6")
        assert screen.editor.text == CROWDED.replace("{usr}", "{user}")
        await pilot.press("ctrl+z", "home", "f6")
        assert screen.editor.text == CROWDED.replace("{tme}", "{time}"), "else the first"


async def test_the_model_speaks_up_in_the_editor_and_f6_makes_its_remedy(
    default_intents: Path, default_model: Path, tmp_path: Path
) -> None:
    from chatbot.conversation.bot import Chatbot

    path = tmp_path / "intents.json"
    moved = misplaced(default_intents, path)
    screen = EditScreen(path, Chatbot.load(default_intents, default_model))
    app: App[None] = App()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: any(f.fix for f in screen.findings.findings))
        finding = next(
            f for f in screen.findings.findings if f.fix is not None and f.fix.pattern == moved
        )
        shown = {str(o.prompt)[2:].split()[0]: str(o.prompt)[0] for o in screen.list.options}
        assert shown["goodbye"] == "!" and shown["thanks"] == " ", "the list has its health"
        screen.editor.move_cursor((finding.position.line - 1, 0))
        before = screen.editor.text
        await pilot.press("f6")
        changed = {i["tag"]: i["patterns"] for i in json.loads(screen.editor.text)["intents"]}
        assert moved in changed["joke"] and moved not in changed["goodbye"]
        await until(
            pilot,
            lambda: all(f.fix is None or f.fix.pattern != moved for f in screen.findings.findings),
        )
        await pilot.press("ctrl+z")
        assert screen.editor.text == before
        screen.editor.move_cursor((0, 0))
        await pilot.press("f6")
        assert screen.editor.text == before, "nothing to remedy there"


async def test_the_footer_of_the_editor_says_what_f2_does_there(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until(pilot, lambda: "Form/JSON" in seen(app))
        await until(pilot, lambda: "Edit intents  ^s" not in seen(app))
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.has_class("-form"))
