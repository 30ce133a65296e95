"""What the check and the model say in the editor, and F6, which makes the remedy."""

from __future__ import annotations

import json
from pathlib import Path

from chatbot.conversation import Chatbot
from tests.tui.editor.opened import editor_of, open_editor
from tests.tui.helpers import app_for, seen, until


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
        await until(pilot, lambda: "error:" in seen(app))
        before = screen.pane.editor.text
        await pilot.press("ctrl+g", "f6")
        intents = json.loads(screen.pane.editor.text)["intents"]
        assert [(i["tag"], i["patterns"]) for i in intents] == [("a", ["x", "z"]), ("b", ["y"])]
        await until(pilot, lambda: "error:" not in seen(app))
        await pilot.press("ctrl+z")
        assert screen.pane.editor.text == before
