"""A long text in the prompt is a label: it goes as a whole, and the message has all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from chatbot.common import MESSAGE_CHARACTERS
from chatbot.tui.widgets import Prompt

LONG = "hello world " * 4_000
LABEL = f"[text 1: {len(LONG):,} characters]"


class PromptApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Prompt(id="prompt")


@asynccontextmanager
async def prompting() -> AsyncIterator[tuple[Pilot[None], Prompt]]:
    app = PromptApp()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        prompt = app.query_one(Prompt)
        prompt.focus()
        await pilot.pause()
        yield pilot, prompt


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_long_paste_is_a_label_and_is_sent_whole() -> None:
    async with prompting() as (pilot, prompt):
        await pilot.press("a", "space")
        await paste(pilot, LONG)
        await pilot.press("b")
        assert prompt.document.text == f"a {LABEL}b"
        assert prompt.text == f"a {LONG}b"
        await pilot.press("enter")
        assert prompt.text == ""
        assert prompt.sent.entries == [f"a {LONG}b"]


async def test_a_short_paste_is_text_like_any_other() -> None:
    async with prompting() as (pilot, prompt):
        await paste(pilot, "two\nlines")
        assert prompt.document.text == "two\nlines"


@pytest.mark.parametrize("key", ["backspace", "ctrl+w"])
async def test_deleting_a_part_of_a_label_deletes_it_and_undo_brings_it_back(key: str) -> None:
    async with prompting() as (pilot, prompt):
        await pilot.press("a")
        await paste(pilot, LONG)
        await pilot.press(key)
        assert prompt.text == "a"
        await pilot.press("ctrl+z")
        assert prompt.text == f"a{LONG}"


async def test_what_is_typed_within_a_label_stands_behind_it() -> None:
    async with prompting() as (pilot, prompt):
        await paste(pilot, LONG)
        await pilot.press("home", "right", "right", "x")
        assert prompt.text == f"{LONG}x"


async def test_a_text_of_the_history_is_a_label_too_and_the_same_text_the_same() -> None:
    async with prompting() as (_, prompt):
        prompt.load_text(LONG)
        assert prompt.document.text == LABEL
        prompt.load_text(f"more {LONG}")
        prompt.load_text(LONG)
        assert prompt.document.text == LABEL and prompt.text == LONG


async def test_a_label_that_is_typed_stands_for_nothing() -> None:
    async with prompting() as (_, prompt):
        prompt.load_text(LABEL)
        assert prompt.text == LABEL


async def test_more_than_a_message_may_have_is_left_out_and_told() -> None:
    async with prompting() as (pilot, prompt):
        await paste(pilot, "a" * (MESSAGE_CHARACTERS + 5))
        assert len(prompt.text) == MESSAGE_CHARACTERS
        assert [n for n in pilot.app._notifications if "2,000,000 characters" in n.message]


async def test_deleting_to_the_end_below_the_last_line() -> None:
    async with prompting() as (pilot, prompt):
        await paste(pilot, "a\nb")
        await pilot.press("down", "ctrl+shift+k", "ctrl+k", "ctrl+u", "ctrl+shift+k", "c")
        assert "c" in prompt.text
