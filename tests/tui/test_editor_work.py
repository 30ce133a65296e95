"""Working in the editor: new intents, the keys, and a file of the default bot's size."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from chatbot.common.paths import bundled
from chatbot.tui.editor.changed_part import changed_part, lines_of
from tests.tui.editor.opened import HOURS, PRICE, burst, by_tag, editing, open_form
from tests.tui.helpers import app_for, ready, type_text, until
from tests.tui.made_bot import make_bot

# ---- a new intent


async def test_a_new_intent_begins_with_its_name_and_enter_goes_on_to_the_patterns(
    tmp_path: Path,
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        await pilot.press("ctrl+t")
        assert screen.focused is screen.pane.form.query_one(Input)
        await type_text(pilot, "rent")
        await pilot.press("enter")
        assert isinstance(screen.focused, TextArea) and screen.focused.id == "form-patterns"
        await type_text(pilot, "a bike please")
        await until(pilot, lambda: by_tag(screen).get("rent") == ["a bike please"])
        assert list(by_tag(screen)) == ["price", "rent", "hours", "parking"]
        assert by_tag(screen)["price"] == PRICE


async def test_two_new_intents_have_two_names(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        burst(pilot.app, "ctrl+t", "ctrl+t", *"x")
        await until(pilot, lambda: "x" in by_tag(screen))
        assert list(by_tag(screen)) == ["price", "new_intent", "x", "hours", "parking"]


async def test_without_a_name_the_patterns_are_kept_all_the_same(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        await pilot.press("ctrl+t", "backspace", "enter")
        await type_text(pilot, "a bike")
        await pilot.press("f2")
        assert by_tag(screen)["new_intent"] == ["a bike"]


async def test_a_name_that_is_taken_costs_nothing_but_the_name(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        burst(pilot.app, "ctrl+t", *"hours", "enter", *"a bike", "f2")
        await until(pilot, lambda: screen.pane.editor.display)
        assert by_tag(screen)["new_intent"] == ["a bike"]
        assert by_tag(screen)["hours"] == HOURS
        said = [notification.message for notification in pilot.app._notifications]
        assert any("There is an intent hours already" in message for message in said)


# ---- keys


async def test_ctrl_home_and_ctrl_end_lead_to_the_ends_of_the_json(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        editor = screen.pane.editor
        await pilot.press("ctrl+end")
        assert editor.cursor_location == editor.document.end
        await pilot.press("ctrl+home")
        assert editor.cursor_location == (0, 0)
        await pilot.press("ctrl+shift+end")
        assert editor.selected_text == editor.text


async def test_undo_in_the_form_is_that_of_the_document_and_goes_from_field_to_field(
    tmp_path: Path,
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        before = screen.pane.text
        await pilot.press("ctrl+end", "enter", *"one more")
        await until(pilot, lambda: "one more" in screen.pane.text)
        await pilot.press("tab", "x")
        await until(pilot, lambda: "x9." in screen.pane.text)
        screen.pane.form.query_one(Input).focus()
        await pilot.press("end", "s")
        await until(pilot, lambda: "prices" in by_tag(screen))
        await pilot.press("ctrl+z")
        assert "price" in by_tag(screen)
        assert screen.pane.form.query_one(Input).value == "price"
        await pilot.press("ctrl+z", "ctrl+z")
        assert screen.pane.text == before
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert by_tag(screen)["prices"] == [*PRICE, "one more"]


@pytest.mark.smoke
async def test_page_up_in_the_prompt_pages_the_conversation_while_it_holds_a_line(
    tmp_path: Path,
) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for _ in range(8):
            await pilot.press("h", "i", "enter")
        turns = app.chat.conversation.turns
        await until(pilot, lambda: turns.max_scroll_y > 20)
        await until(
            pilot,
            lambda: turns.scroll_y == turns.max_scroll_y,
        )
        assert app.chat.prompt.has_focus
        await pilot.press("pageup")
        await until(
            pilot,
            lambda: turns.scroll_y < turns.max_scroll_y,
        )
        above = turns.scroll_y
        await pilot.press("pagedown")
        await until(pilot, lambda: turns.scroll_y > above)
        await pilot.press("pageup")
        above = turns.scroll_y
        await pilot.press("x", "ctrl+j", "y", "pageup")
        assert app.chat.prompt.cursor_location[0] == 0, "of several lines it is the prompt's own"
        await pilot.press("pagedown")
        assert app.chat.prompt.cursor_location[0] == 1


# ---- the parts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "a"), ("a", ""), ("a\nb\nc", "a\nc"), ("a\nc", "a\nb\nc"), ("aa", "aaa"),
        ("aaa", "aa"), ("a\n", "a"), ("x\ny\n", "x\ny\nz\n"), ("abc\nabc", "abc\nabc\nabc"),
        ("one\ntwo three\nfour", "one\ntwo\nthree\nfour"), ("a\nb", "b\na"), ("\n\n\n", "\n"),
    ],
)  # fmt: skip
def test_the_part_that_changed_makes_one_text_of_the_other(old: str, new: str) -> None:
    lines = lines_of(old)
    part = changed_part(lines, lines_of(new))
    assert part is not None
    (top, left), (bottom, right), insert = part
    before, behind = (
        [*lines[:top], lines[top][:left]],
        [lines[bottom][right:], *lines[bottom + 1 :]],
    )
    assert "\n".join(before) + insert + "\n".join(behind) == "\n".join(lines_of(new))
    assert changed_part(lines, lines) is None


@pytest.mark.slow
async def test_the_default_file_opens_without_a_pattern_that_should_move(tmp_path: Path) -> None:
    text = bundled("intents.json").read_text(encoding="utf-8")
    async with editing(tmp_path, text) as (pilot, screen):
        asked = screen.pane.text
        await until(pilot, lambda: screen.findings.option_count)
        await until(pilot, lambda: all(w.is_finished for w in pilot.app.workers), 60)
        await pilot.pause()
        assert screen.pane.text == asked
        assert [f for f in screen.findings.findings if f.kind == "suspicious_label"] == []
