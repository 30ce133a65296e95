"""While a check is pending: what is typed goes where it was typed, at any speed."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from textual.widgets import Input

from chatbot.tui.dialogs.confirm import ConfirmScreen
from chatbot.tui.dialogs.write import WriteScreen
from tests.tui.editor.opened import BOT, HOURS, PARKING, PRICE, burst, by_tag, editing, open_form
from tests.tui.helpers import answer, seen, type_text, until

PAUSES = [0.0, 0.15, 0.25, 0.4]
"""Seconds between two keys, around the pauses after which form and text are looked at."""


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
