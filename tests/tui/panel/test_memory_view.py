"""The memory view: what it shows is what was worked out, with and without colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.common.text import percent
from chatbot.insight.explanation import Explanation
from chatbot.tui.app import ChatbotApp
from chatbot.tui.panel.memory_view import MemoryView
from chatbot.tui.widgets.ring import RING_HEIGHT, RING_WIDTH, draw_ring, pixels, stacked_bar
from tests.tui.helpers import app_for, ready, say, seen, sees, type_text, until

SHARES = (0.5, 0.25, 0.125, 0.125)


async def explained(app: ChatbotApp, pilot: object) -> Explanation:
    table = app.chat.panel.query_one(MemoryView)
    await until(pilot, lambda: table.explanation is not None)  # type: ignore[arg-type]
    await pilot.pause()  # type: ignore[attr-defined]
    assert table.explanation is not None
    return table.explanation


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 26)])
async def test_f7_shows_the_shares_of_every_word_of_the_message_sent(
    trained_folder: Path, size: tuple[int, int]
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it now")
        await pilot.press("f7")
        found = await explained(app, pilot)
        assert found.trace.words == ("what", "time", "is", "it", "now")
        text = seen(app)
        assert "Memory" in text and "Hidden state" not in text
        values = found.for_against(found.answer)
        assert found.shares is not None
        rows = zip(found.trace.words, found.shares.of_memory, values, strict=True)
        for number, (word, share, value) in enumerate(rows, start=1):
            row = next(line for line in text.splitlines() if f" {number} {word} " in line)
            assert percent(share) in row
            assert f"{value:+.2f}" in row
        assert f"for {found.answer}" in text
        await pilot.press("f7", "f7", "f7", "f7")
        await sees(pilot, "Hidden state")


async def test_the_view_follows_what_is_typed(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await pilot.press("f7")
        await sees(pilot, "Type a message")
        await type_text(pilot, "what time ")
        await until(
            pilot,
            lambda: (
                (e := app.chat.panel.query_one(MemoryView).explanation) is not None
                and e.trace.words == ("what", "time")
            ),
        )
        await type_text(pilot, "is ")
        await until(
            pilot,
            lambda: (
                (e := app.chat.panel.query_one(MemoryView).explanation) is not None
                and e.trace.words == ("what", "time", "is")
            ),
        )


async def test_the_keys_step_over_the_words_and_say_what_each_did(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "please tell me the time")
        await pilot.press("f7", "f8")
        await explained(app, pilot)
        await until(pilot, lambda: "Reading “time”: the answer becomes time" in seen(app))
        await pilot.press("home")
        await until(pilot, lambda: "Reading “please”: it would give the fallback" in seen(app))
        await pilot.press("down")
        await until(pilot, lambda: "Reading “tell”: it would give the fallback" in seen(app))


async def test_a_message_of_no_words_and_a_pasted_book_do_no_harm(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("f7")
        await say(pilot, "\u200b")
        await say(pilot, "what time is it please tell me the time " * 4)
        found = await explained(app, pilot)
        assert found.shares is not None and not found.shares.is_exact


async def test_without_colours_the_words_are_told_by_their_numbers(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time")
        await pilot.press("f7")
        await explained(app, pilot)
        lines = [line for line in seen(app).splitlines() if "1111" in line or "2222" in line]
        assert len(lines) >= RING_HEIGHT - 2


def test_the_slices_of_the_ring_have_the_areas_of_the_shares() -> None:
    flat = [word for row in pixels(SHARES) for word in row if word is not None]
    for word, share in enumerate(SHARES):
        assert flat.count(word) / len(flat) == pytest.approx(share, abs=0.03)


def test_the_first_slice_begins_at_twelve_and_goes_clockwise() -> None:
    grid = pixels(SHARES)
    assert grid[1][RING_WIDTH // 2] == 0
    assert grid[1][RING_WIDTH // 2 - 1] == 3
    assert grid[len(grid) // 2][1] == 1, "the second word begins at six o'clock"


@pytest.mark.parametrize("shares", [(1.0,), (0.0, 1.0), tuple([1 / 12] * 12)])
def test_any_shares_can_be_drawn(shares: tuple[float, ...]) -> None:
    for glyphs in (True, False):
        lines = draw_ring(shares, glyphs=glyphs)
        assert len(lines) == RING_HEIGHT
        assert {len(line) for line in lines} == {RING_WIDTH}
        assert len(stacked_bar(shares, 30, glyphs=glyphs)) == 30
        assert len(stacked_bar(shares, 0, glyphs=glyphs)) == 0


def test_every_slice_that_has_room_carries_its_number() -> None:
    text = "\n".join(line.plain for line in draw_ring(SHARES, glyphs=False))
    assert all(number in text for number in "1234")


def test_the_bar_is_the_ring_unrolled() -> None:
    assert stacked_bar(SHARES, 16, glyphs=True).plain == "1111111122223344"


async def test_in_a_narrow_panel_the_words_have_what_the_bars_leave(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(30, 8)) as pilot:
        await ready(pilot)
        await say(pilot, "tell me everything")
        await pilot.press("f8")
        await sees(pilot, "Hidden state")
        await pilot.press("f7")
        await explained(app, pilot)
        await sees(pilot, "3 everything ")


@pytest.mark.parametrize("width", [30, 44, 60])
async def test_the_heads_are_whole_words_in_every_width(trained_folder: Path, width: int) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(width, 20)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it now")
        await pilot.press("f8", "2")
        await explained(app, pilot)
        head = app.chat.panel.query_one(MemoryView).columns().split()
        assert "remembered" in head or "share" in head, head
        assert head[-1] in {"for", "time"}, head
