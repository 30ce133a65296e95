"""Working in the editor at any speed: what is typed goes where it was typed, and can be read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import combinations
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from chatbot.common.paths import bundled, locate
from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.dialogs.write import WriteScreen
from chatbot.tui.editor.changed_part import changed_part, lines_of
from chatbot.tui.editor.colours import syntax_styles
from chatbot.tui.editor.screen import EditScreen
from chatbot.tui.session import Session
from chatbot.tui.themes import LEAST_CONTRAST, contrast
from tests.tui.helpers import answer, app_for, ready, seen, type_text, until
from tests.tui.made_bot import make_bot

BOT = {
    "intents": [
        {"tag": "price", "patterns": ["how much is it", "what does it cost"], "responses": ["9."]},
        {"tag": "hours", "patterns": ["when do you open"], "responses": ["At noon."]},
        {"tag": "parking", "patterns": ["where can I park"], "responses": ["Behind it."]},
    ]
}
PAUSES = [0.0, 0.15, 0.25, 0.4]
"""Seconds between two keys, around the pauses after which form and text are looked at."""


@asynccontextmanager
async def editing(
    folder: Path, text: str = json.dumps(BOT, indent=2)
) -> AsyncIterator[tuple[Pilot[None], EditScreen]]:
    """Open the editor of a file, in an app that has nothing else."""
    path = folder / "intents.json"
    path.write_text(text, encoding="utf-8")
    app: App[None] = App()
    screen = EditScreen(Session(app, locate(path)))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await app.push_screen(screen)
        await until(pilot, lambda: screen.pane.intents)
        yield pilot, screen


async def open_form(pilot: Pilot[None], screen: EditScreen) -> TextArea:
    """Show the form of the first intent, the keys in its patterns."""
    await pilot.press("f2")
    patterns = screen.pane.form.query_one("#form-patterns", TextArea)
    await until(pilot, lambda: patterns.has_focus)
    return patterns


def burst(app: App[None], *keys: str) -> None:
    """Send keys all at once, as a paste or a script does, without waiting between them."""
    names = {"ctrl+t", "ctrl+z", "ctrl+s", "ctrl+end", "enter", "tab", "down", "f2", "escape"}
    for key in keys:
        name = {" ": "space"}.get(key, key)
        app.post_message(events.Key(name, None if key in names else key))


def by_tag(screen: EditScreen) -> dict[str, list[str]]:
    """Return the patterns of each intent in the document."""
    return {i["tag"]: i["patterns"] for i in json.loads(screen.pane.text)["intents"]}


PRICE, HOURS, PARKING = (intent["patterns"] for intent in BOT["intents"])


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


# ---- no edit reaches another intent, whatever the timing


@pytest.mark.parametrize("pause", PAUSES)
async def test_a_new_intent_while_a_check_is_pending_touches_no_other(
    tmp_path: Path, pause: float
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        await pilot.press("ctrl+end", "enter")
        await type_text(pilot, "more")
        await asyncio.sleep(pause)
        await pilot.press("ctrl+t")
        await asyncio.sleep(pause)
        await type_text(pilot, "rent")
        await asyncio.sleep(pause)
        await pilot.press("enter")
        await type_text(pilot, "a bike")
        await until(pilot, lambda: by_tag(screen).get("rent") == ["a bike"])
        assert by_tag(screen) == {
            "price": [*PRICE, "more"], "rent": ["a bike"], "hours": HOURS, "parking": PARKING,
        }  # fmt: skip


async def test_keys_that_come_all_at_once_go_where_they_were_typed(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        await open_form(pilot, screen)
        await pilot.press("ctrl+end")
        rent, sell = (*"rent", "enter", *"a bike"), (*"sell", "enter", *"my bike")
        burst(pilot.app, "enter", *"more", "ctrl+t", *rent, "ctrl+t", *sell, "ctrl+s")
        path = tmp_path / "intents.json"
        await until(pilot, lambda: "my bike" in path.read_text(encoding="utf-8"))
        saved = json.loads(path.read_text(encoding="utf-8"))
        assert {i["tag"]: i["patterns"] for i in saved["intents"]} == {
            "price": [*PRICE, "more"], "rent": ["a bike"], "sell": ["my bike"],
            "hours": HOURS, "parking": PARKING,
        }  # fmt: skip


@pytest.mark.parametrize("pause", PAUSES)
async def test_another_intent_in_the_list_while_a_check_is_pending(
    tmp_path: Path, pause: float
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        patterns = await open_form(pilot, screen)
        await pilot.press("ctrl+t", "x")
        await asyncio.sleep(pause)
        await pilot.press("ctrl+l", "down")
        await asyncio.sleep(pause)
        await pilot.press("enter", "ctrl+end", "enter", "y")
        assert screen.pane.form.query_one(Input).value == "hours"
        await asyncio.sleep(pause)
        assert patterns.text == f"{HOURS[0]}\ny", "no check takes the form elsewhere"
        await pilot.press("f2")
        assert by_tag(screen) == {
            "price": PRICE, "x": [""], "hours": [*HOURS, "y"], "parking": PARKING,
        }  # fmt: skip


@pytest.mark.parametrize("pause", PAUSES)
async def test_deleting_while_a_check_is_pending_deletes_what_the_list_shows(
    tmp_path: Path, pause: float
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        app = pilot.app
        await open_form(pilot, screen)
        await pilot.press("ctrl+t", *"rent")
        await asyncio.sleep(pause)
        await pilot.press("ctrl+l", "down", "delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "Remove hours" in seen(app)
        await asyncio.sleep(pause)
        await answer(pilot, "remove")
        await until(pilot, lambda: app.screen is screen)
        assert by_tag(screen) == {"price": PRICE, "rent": [""], "parking": PARKING}


@pytest.mark.parametrize("pause", PAUSES)
async def test_renaming_while_a_check_is_pending_renames_what_the_list_shows(
    tmp_path: Path, pause: float
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        app = pilot.app
        await open_form(pilot, screen)
        await pilot.press("ctrl+end", "z")  # in the form and, with a short pause, there alone
        await asyncio.sleep(pause)
        await pilot.press("ctrl+t", *"rent")
        await asyncio.sleep(pause)
        screen.pane.list.focus()
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await type_text(pilot, "hire")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        assert by_tag(screen) == {
            "price": [PRICE[0], f"{PRICE[1]}z"], "hire": [""], "hours": HOURS, "parking": PARKING,
        }  # fmt: skip


@pytest.mark.parametrize("pause", PAUSES)
async def test_undo_while_a_check_is_pending_shows_what_it_changed(
    tmp_path: Path, pause: float
) -> None:
    async with editing(tmp_path) as (pilot, screen):
        patterns = await open_form(pilot, screen)
        name = screen.pane.form.query_one(Input)
        before = screen.pane.text
        await pilot.press("ctrl+end", "x", "ctrl+t")
        assert name.value == "new_intent"
        await asyncio.sleep(pause)
        await pilot.press("ctrl+z")
        assert list(by_tag(screen)) == ["price", "hours", "parking"]
        await asyncio.sleep(pause)
        await pilot.press("ctrl+z")
        assert screen.pane.text == before
        assert name.value == "price" and patterns.text == "\n".join(PRICE)
        await pilot.press("ctrl+y")
        assert by_tag(screen)["price"] == [PRICE[0], f"{PRICE[1]}x"]
        await asyncio.sleep(pause)
        assert by_tag(screen) | {"price": PRICE} == {
            "price": PRICE, "hours": HOURS, "parking": PARKING,
        }  # fmt: skip


@pytest.mark.parametrize("pause", [0.0, 0.3])
async def test_json_typed_just_before_a_key_counts(tmp_path: Path, pause: float) -> None:
    async with editing(tmp_path) as (pilot, screen):
        app = pilot.app
        before = screen.pane.text
        burst(app, "{")
        await asyncio.sleep(pause)
        burst(app, "ctrl+t", "f2", "x")
        await until(pilot, lambda: "x" in screen.pane.text[:3])
        assert screen.pane.text == "{x" + before
        assert not screen.pane.has_class("-form")


async def test_looking_at_an_intent_changes_nothing(tmp_path: Path) -> None:
    odd = {"tag": "odd", "patterns": [" padded ", "two\nlines", "a ⏎ sign"], "responses": ["\tx"]}
    text = json.dumps({"intents": [odd, *BOT["intents"]]}, indent=2)
    async with editing(tmp_path, text) as (pilot, screen):
        patterns = await open_form(pilot, screen)
        await pilot.press("ctrl+l", "down", "up", "ctrl+l")
        assert not screen.has_unsaved_changes
        await pilot.press("ctrl+end", "enter", *"new", "ctrl+l", "down")
        assert screen.pane.text == text.replace('"a ⏎ sign"', '"a ⏎ sign"').replace(
            json.dumps("a ⏎ sign"), json.dumps("a ⏎ sign") + ',\n        "new"'
        )
        assert patterns.text == "\n".join(PRICE)


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


# ---- colours


async def test_json_is_readable_in_every_theme(tmp_path: Path) -> None:
    async with editing(tmp_path) as (pilot, screen):
        app, editor = pilot.app, screen.pane.editor
        screen.set_focus(screen.pane.list)  # no cursor is drawn, and its line stays marked
        for name, theme in app.available_themes.items():
            app.theme = name
            await pilot.pause()
            if theme.ansi:
                styles = syntax_styles(theme, is_coloured=True)
                assert all(style.color is None for style in styles.values()), "of the terminal"
                continue
            seen_colours = set()
            for y in range(8):
                for segment in list(editor.render_line(y))[1:]:  # the first is the line's number
                    style = segment.style
                    if not segment.text.strip() or style is None:
                        continue
                    assert style.color is not None and style.bgcolor is not None
                    front, back = map(Color.from_rich_color, (style.color, style.bgcolor))
                    assert contrast(front, back) >= LEAST_CONTRAST - 0.05, (name, segment)
                    seen_colours.add(front.hex)
            assert len(seen_colours) >= 3, f"{name}: keys, strings and punctuation differ"


@pytest.mark.parametrize("is_light", [True, False])
async def test_without_colour_the_parts_of_json_differ_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_light: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with editing(tmp_path) as (pilot, screen):
        pilot.app.theme = "textual-light" if is_light else "textual-dark"
        await pilot.pause()
        looks: dict[str, tuple[object, ...]] = {}
        for segment in screen.pane.editor.render_line(3):
            style = segment.style
            if style is not None:
                looks[segment.text] = (style.bold, style.italic, style.underline)
        parts = [
            next(look for text, look in looks.items() if part in text)
            for part in ('"tag"', '"price"', ":")
        ]
        assert all(one != other for one, other in combinations(parts, 2)), looks


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
