"""80 by 24 and 60 by 20: the keys in the footer, toasts, and labels that are read whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widgets import OptionList, TextArea
from textual.widgets._toast import Toast

from tests.tui.helpers import app_for, ready, say, seen, sees, until
from tests.tui.made_bot import UNKNOWN, make_bot

SMALL = [(140, 40), (80, 24), (60, 20), (30, 8)]


@pytest.mark.parametrize("size", SMALL)
async def test_the_footer_begins_with_the_way_out_and_ends_with_the_menu(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in ("f2", "f5", "shift+f1", "shift+f2", "shift+f4", "shift+f5"):
            await pilot.press(key)
            await until(pilot, lambda: app.screen is not app.chat)
            await until(pilot, lambda: seen(app).split("\n")[-1].strip().startswith("esc "))
            footer = seen(app).split("\n")[-1]
            assert footer.rstrip().endswith("f10 Menu"), (key, footer)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.chat)


@pytest.mark.parametrize(
    ("action", "says"), [("settings", "Change"), ("edit_intents", "Go to it"), ("versions", "Use")]
)
async def test_a_list_says_in_the_footer_what_enter_does(
    tmp_path: Path, action: str, says: str
) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await app.run_action(action)
        await until(pilot, lambda: app.screen is not app.chat)
        await pilot.pause()
        found = next(iter(app.screen.query("Choices, IntentsList, Table")))
        found.focus()
        await until(pilot, lambda: f"⏎ {says}" in seen(app).splitlines()[-1])


@pytest.mark.parametrize("size", SMALL[:3])
async def test_a_dialog_says_in_the_footer_how_it_is_left_and_never_send(
    bot: Path, size: tuple[int, int]
) -> None:
    app = app_for(bot)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        for key in ("f1", "f3", "f6", "f10", "f12"):
            await pilot.press(key)
            await sees(pilot, "esc Close", without=["⏎ Send"])
            await pilot.press("escape")
            await sees(pilot, "⏎ Send")


@pytest.mark.parametrize(
    ("key", "title", "field"),
    [("shift+f2", "Conversations", "#query"), ("shift+f4", "Settings", "#settings-search")],
)
async def test_a_toast_covers_neither_the_field_nor_the_row_of_a_list_screen(
    bot: Path, key: str, title: str, field: str
) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await say(pilot, UNKNOWN)
        await pilot.press(key)
        await sees(pilot, title)
        rows = app.screen.query_one(OptionList)
        await until(pilot, lambda: rows.highlighted is not None)
        app.notify("a toast of " + "many words " * 12, timeout=60)
        await sees(pilot, "a toast of many words")
        typed = app.screen.query_one(field)

        def toast() -> Region:
            return app.screen.query_one(Toast).region

        def first_rows() -> Region:
            return Region(rows.region.x, rows.region.y, rows.region.width, 3)

        def last_rows() -> Region:
            return Region(rows.region.x, rows.region.bottom - 3, rows.region.width, 3)

        await until(pilot, lambda: not toast().overlaps(typed.region))
        assert not toast().overlaps(first_rows())
        await pilot.press("end")
        if rows.virtual_size.height > rows.size.height:
            await until(pilot, lambda: not toast().overlaps(last_rows()))
        await pilot.press("slash")
        await until(pilot, lambda: app.focused is typed)
        await until(pilot, lambda: not toast().overlaps(typed.region))


async def test_a_toast_never_covers_the_field_in_which_i_type(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        app.notify("a toast of " + "many words " * 12, timeout=60)
        await sees(pilot, "a toast of many words")
        toast, prompt = app.screen.query_one(Toast), app.chat.prompt
        assert not toast.region.overlaps(prompt.region)
        await pilot.press("f2")
        await sees(pilot, "Edit intents", "a toast of many words")
        editor = app.screen.query_one("#edit-text", TextArea)
        findings = app.screen.query_one("#edit-findings")

        def is_clear() -> bool:
            region = app.screen.query_one(Toast).region
            at_end = editor.cursor_location != (0, 0)
            return not region.contains_point(editor.cursor_screen_offset) and (
                at_end or not region.overlaps(findings.region)
            )

        for key, place in (("ctrl+home", (0, 0)), ("ctrl+end", editor.document.end)) * 2:
            await pilot.press(key)
            await until(pilot, lambda place=place: editor.cursor_location == place)  # type: ignore[misc]
            await until(pilot, is_clear)


async def test_in_model_info_a_value_that_wraps_stays_in_its_column(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test(size=(50, 30)) as pilot:
        await ready(pilot)
        await pilot.press("f3")
        await sees(pilot, "hashed features")
        lines = seen(app).splitlines()
        at = next(n for n, line in enumerate(lines) if "hashed features" in line)
        begin = lines[at].index("words") + len("words")
        value = begin + len(lines[at][begin:]) - len(lines[at][begin:].lstrip())
        below = lines[at + 1]
        assert not below[begin - len("words") : value].strip() and below[value:].strip(" │")
