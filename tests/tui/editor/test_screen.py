"""The editor of the intents file: nothing is lost, whatever the file and whoever else writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import TextArea

from chatbot.common.paths import locate
from chatbot.conversation import Chatbot
from chatbot.opening import read_intents
from chatbot.tui.app import ChatbotApp
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.editor import document
from chatbot.tui.editor.screen import EditScreen
from chatbot.tui.session import Session
from tests.tui.helpers import answer, app_for, ready, say, seen, sees, until


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
    await until(pilot, lambda: screen.findings.option_count)
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


async def test_a_missing_file_begins_with_three_intents_and_a_fallback(tmp_path: Path) -> None:
    app = app_for(tmp_path)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        screen = await open_editor(pilot)
        assert screen.has_unsaved_changes
        await pilot.press("ctrl+s")
        await until(pilot, lambda: (tmp_path / "intents.json").exists())
    intents = json.loads((tmp_path / "intents.json").read_text())["intents"]
    assert [bool(intent["patterns"]) for intent in intents] == [True, True, True, False]


async def test_a_changed_reply_works_at_once(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        data = json.loads(screen.pane.editor.text)
        data["intents"][0]["responses"] = ["Quite new."]
        screen.pane.editor.load_text(json.dumps(data))
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
        screen.pane.editor.load_text(screen.pane.editor.text.replace("Hey there", "Ahoy there"))
        await pilot.press("ctrl+s", "escape")
        await until(pilot, lambda: "The model is older than intents.json" in seen(app))


@pytest.mark.smoke
async def test_findings_appear_while_i_type_and_go_when_mended(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.pane.editor.move_cursor((0, 0))
        await pilot.press("x")
        await until(pilot, lambda: "line 1, column 1: error" in seen(app))
        await sees(pilot, "● unsaved")
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
        row, _ = screen.pane.editor.cursor_location
        assert "{unknown}" in screen.pane.editor.document.get_line(row)


async def test_choosing_an_intent_goes_to_its_place(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: "goodbye" in seen(app))
        await pilot.press("ctrl+l", "home", "down", "down", "enter")
        await until(pilot, lambda: screen.focused is screen.pane.editor)
        row, _ = screen.pane.editor.cursor_location
        assert '"goodbye"' in screen.pane.editor.document.get_line(row + 1)


async def test_an_added_intent_is_valid_and_ctrl_z_takes_it_back(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        before = screen.pane.editor.text
        await until(pilot, lambda: "goodbye" in seen(app))
        screen.pane.editor.move_cursor((5, 0))  # within the first intent
        await pilot.press("ctrl+t")
        tags = [intent["tag"] for intent in json.loads(screen.pane.editor.text)["intents"]]
        assert tags == ["greeting", "new_intent", "time", "goodbye", "fallback"]
        await pilot.press("p")
        assert '"pnew_intent"' in screen.pane.editor.text, "the cursor is in the tag"
        await pilot.press("ctrl+z", "ctrl+z")
        assert screen.pane.editor.text == before


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
        await answer(pilot, "discard")
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
        assert screen.pane.editor.text.startswith("x")


async def test_saving_with_errors_asks_first(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        await open_editor(pilot)
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: "The bot keeps its old replies" in seen(app))
        await answer(pilot, "save")
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
        await until(pilot, lambda: screen.pane.editor.text == theirs)
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
        mine = screen.pane.editor.text
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: "Another program has changed" in seen(app))
        await answer(pilot, "theirs")
        await until(pilot, lambda: screen.pane.editor.text == theirs)
        await pilot.press("ctrl+z")
        assert screen.pane.editor.text == mine, "mine is one undo away"


async def test_a_full_disk_keeps_the_text_and_the_old_file(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_bot / "intents.json"
    content = path.read_bytes()
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        screen.pane.editor.load_text(screen.pane.editor.text.replace("Hello!", "Mine!"))

        def full(path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("chatbot.intents.storage.write_atomically", full)
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
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "From my editor!" in screen.pane.editor.text)
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
        await pilot.press("ctrl+e")
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


async def test_a_file_that_is_too_large_for_the_editor_answers_but_is_not_edited(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MOST_EDITED", 100)
    file = trained_folder / "intents.json"
    content = file.read_bytes()
    app = ChatbotApp(locate(file, trained_folder / "models" / "intents"))
    async with app.run_test(notifications=True, size=(160, 40)) as pilot:
        await ready(pilot)
        view = await say(pilot, "What time is it?")
        assert view.turn is not None
        await open_editor(pilot)
        await until(pilot, lambda: "Edit it in a program of your own" in seen(app))
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
        assert not app.screen.query_one("#edit-text", TextArea).text
    assert file.read_bytes() == content


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


def editor_of(path: Path, bot: Chatbot | None = None) -> tuple[App[None], EditScreen]:
    """Return the editor of a file, and an app without anything else to show it in."""
    app: App[None] = App()
    session = Session(app, locate(path))
    if bot is not None:
        session.use(bot)
    return app, EditScreen(session)


async def test_without_a_model_the_editor_speaks_up_too_and_marks_the_intents(
    tmp_path: Path,
) -> None:
    path = tmp_path / "intents.json"
    path.write_text(CROWDED, encoding="utf-8")
    app, screen = editor_of(path)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(
            pilot, lambda: any(f.kind == "suspicious_label" for f in screen.findings.findings)
        )
        marks = [str(screen.pane.list.get_option_at_index(i).prompt)[0] for i in range(3)]
        assert marks == [" ", "!", "!"]
        await pilot.press("ctrl+g", "ctrl+g", "ctrl+g", "f6")
        await until(
            pilot,
            lambda: not str(screen.pane.list.get_option_at_index(2).prompt).startswith("!"),
        )
        assert "do you deliver to my street" in screen.pane.intents[1].patterns


async def test_f6_remedies_the_finding_at_the_cursor_of_several_on_a_line(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(CROWDED, encoding="utf-8")
    app, screen = editor_of(path)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: len(screen.findings.findings) == 3)
        await pilot.press("ctrl+g", "ctrl+g", "f6")
        assert screen.pane.editor.text == CROWDED.replace("{usr}", "{user}")
        await pilot.press("ctrl+z", "home", "f6")
        assert screen.pane.editor.text == CROWDED.replace("{tme}", "{time}"), "else the first"


async def test_the_model_speaks_up_in_the_editor_and_f6_makes_its_remedy(
    default_intents: Path, default_model: Path, tmp_path: Path
) -> None:
    path = tmp_path / "intents.json"
    moved = misplaced(default_intents, path)
    app, screen = editor_of(path, Chatbot.load(default_intents, default_model))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: any(f.fix for f in screen.findings.findings))
        finding = next(
            f for f in screen.findings.findings if f.fix is not None and f.fix.pattern == moved
        )
        labels = [str(option.prompt) for option in screen.pane.list.options]
        shown = {label[2:].split()[0]: label[0] for label in labels}
        assert shown["goodbye"] == "!" and shown["thanks"] == " ", "the list has its health"
        screen.pane.editor.move_cursor((finding.position.line - 1, 0))
        before = screen.pane.editor.text
        await pilot.press("f6")
        changed = {i["tag"]: i["patterns"] for i in json.loads(screen.pane.editor.text)["intents"]}
        assert moved in changed["joke"] and moved not in changed["goodbye"]
        await until(
            pilot,
            lambda: all(f.fix is None or f.fix.pattern != moved for f in screen.findings.findings),
        )
        await pilot.press("ctrl+z")
        assert screen.pane.editor.text == before
        screen.pane.editor.move_cursor((0, 0))
        await pilot.press("f6")
        assert screen.pane.editor.text == before, "nothing to remedy there"


async def test_the_footer_of_the_editor_says_what_f2_does_there(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until(pilot, lambda: "Form/JSON" in seen(app))
        await until(pilot, lambda: "Edit intents  ^s" not in seen(app))
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.query(".-form"))


def put_model(source: Path, folder: Path) -> None:
    """Put a model where a training would: its card comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.glob("*.*"), key=lambda file: file.name == "card.json"):
        (folder / file.name).write_bytes(file.read_bytes())


async def test_a_model_trained_while_the_editor_is_open_is_the_one_that_is_asked(
    default_intents: Path, default_model: Path, tmp_path: Path
) -> None:
    misplaced(default_intents, tmp_path / default_intents.name)
    app = app_for(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_editor(pilot)

        def kinds() -> set[str]:
            return {finding.kind for finding in screen.findings.findings}

        await until(pilot, lambda: "suspicious_label" in kinds())
        assert "near_duplicate" not in kinds(), "that takes a model"
        put_model(default_model, tmp_path / "models/intents")
        await until(pilot, lambda: "near_duplicate" in kinds())


async def test_what_is_still_in_the_form_is_not_lost_by_escape(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: screen.pane.intents)
        await pilot.press("f2")
        await until(pilot, lambda: screen.pane.form.intent is not None)
        screen.pane.form.query_one("#form-replies", TextArea).load_text("Not lost.")
        screen.action_close()  # before the pause after which the form is written
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await answer(pilot, "save")
        await until(pilot, lambda: app.screen is app.chat)
    assert "Not lost." in (small_bot / "intents.json").read_text(encoding="utf-8")


async def test_a_change_by_another_program_during_a_question_is_noticed_afterwards(
    small_bot: Path,
) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: screen.pane.intents)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        theirs = path.read_text(encoding="utf-8").replace("Hello!", "Theirs!")
        path.write_text(theirs, encoding="utf-8")
        await until(pilot, lambda: app.session.bot and "Theirs!" in str(app.session.bot.intents))
        assert isinstance(app.screen, WriteScreen), "no second question over the first"
        await pilot.press("escape")
        await until(pilot, lambda: screen.pane.text == theirs)


async def test_quitting_from_a_question_asks_again_and_loses_nothing(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await pilot.press("x", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        first = app.screen
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert app.screen is not first
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert screen.pane.text.startswith("x")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await answer(pilot, "discard")
        await until(pilot, lambda: app.screen is app.chat)


async def test_a_key_pressed_twice_asks_once(small_bot: Path) -> None:
    app = app_for(small_bot)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        screen = await open_editor(pilot)
        await until(pilot, lambda: screen.pane.intents)
        screen.action_search()
        screen.action_search()  # ahead of the dialog
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.pause()
        assert app.screen is screen


async def test_f6_merges_intents_of_the_same_tag(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(
        '{"intents": [\n{"tag": "a", "patterns": ["x"], "responses": ["r"]},\n'
        '{"tag": "b", "patterns": ["y"], "responses": ["q"]},\n'
        '{"tag": "a", "patterns": ["z"], "responses": ["r"]}\n]}',
        encoding="utf-8",
    )
    app, screen = editor_of(path)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: screen.findings.has_errors)
        before = screen.pane.editor.text
        await pilot.press("ctrl+g", "f6")
        intents = json.loads(screen.pane.editor.text)["intents"]
        assert [(i["tag"], i["patterns"]) for i in intents] == [("a", ["x", "z"]), ("b", ["y"])]
        await until(pilot, lambda: not screen.findings.has_errors)
        await pilot.press("ctrl+z")
        assert screen.pane.editor.text == before
