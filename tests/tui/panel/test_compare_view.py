"""Two messages side by side, and one beside itself backwards."""

from __future__ import annotations

from pathlib import Path

from chatbot.tui.panel.compare_view import CompareView
from tests.tui.helpers import (
    app_for,
    ready,
    say,
    seen,
    sees,
    type_text,
    until,
)


async def test_two_messages_are_compared_and_the_flip_is_said(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f9", "f7", "f7", "f7")
        await type_text(pilot, "goodbye ")
        table = app.chat.panel.query_one(CompareView)
        await until(
            pilot,
            lambda: (
                table.comparison is not None and table.comparison.right.trace.words == ("goodbye",)
            ),
        )
        assert table.comparison is not None
        assert table.comparison.left.trace.words == ("what", "time", "is", "it")
        await until(pilot, lambda: f"cosine {table.comparison.cosine:.2f}" in seen(app))  # type: ignore[union-attr]
        await sees(pilot, "time here, goodbye there.")


async def test_without_a_pin_a_message_is_compared_with_itself_backwards(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f7", "f7", "f7")
        table = app.chat.panel.query_one(CompareView)
        await until(pilot, lambda: table.comparison is not None)
        assert table.comparison is not None and table.comparison.is_backwards
        await until(pilot, lambda: "backwards" in seen(app))


async def test_b_compares_the_pinned_message_with_itself_backwards(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        await pilot.press("f9", "f7", "f7", "f7")
        await type_text(pilot, "goodbye ")
        await until(pilot, lambda: "time here, goodbye there." in seen(app))
        await pilot.press("f8", "b")
        await until(pilot, lambda: "B the latest message" in seen(app))
        assert "forwards" in seen(app)
        await pilot.press("b")
        await until(pilot, lambda: "time here, goodbye there." in seen(app))
