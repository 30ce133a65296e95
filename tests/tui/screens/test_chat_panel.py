"""The panel beside the conversation follows what is typed, selected and pinned, at every size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.helpers import (
    app_for,
    ready,
    say,
    seen,
    sees,
    type_text,
    until,
    words_in_panel,
)


@pytest.mark.smoke
async def test_the_panel_follows_each_word_as_it_is_finished(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        shown = app.chat.panel
        await type_text(pilot, "what ti")
        await until(pilot, lambda: words_in_panel(app) == ("what",))
        await type_text(pilot, "me is ")
        assert shown.trace is not None and shown.trace.words == ("what", "time", "is")
        bot = app.session.bot
        assert bot is not None
        whole = bot.read("what time is")
        assert shown.trace is not None
        assert (shown.trace.hidden[-1] == whole.steps[-1].hidden).all()
        for _ in range(4):
            await pilot.press("backspace")
        await until(pilot, lambda: words_in_panel(app) == ("what",))


async def test_the_numbers_in_the_panel_are_those_of_the_trace(trained_folder: Path) -> None:
    from chatbot.common.text import percent

    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "tell me the time")
        trace = app.chat.panel.trace
        assert trace is not None
        left = app.chat.panel.region.x
        lines = [line[left:] for line in seen(app).splitlines()]
        for word, answer, change in zip(trace.words, trace.answers, trace.changes, strict=True):
            (line,) = [
                x for x in lines if f"{percent(answer.confidence)} " in x and f" {word} " in x
            ]
            assert line.rstrip().endswith(f"{change:.2f}")
        last = len(trace.words) - 1
        await sees(pilot, f"unit 0 after “time”: {trace.hidden[last, 0]:+.3f}")
        step = trace.steps[last]
        assert step.update_gate is not None
        await sees(pilot, f"keeps {percent(step.update_gate[0])}")


async def test_i_step_through_words_and_units_with_the_arrow_keys(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello there bot")
        await pilot.press("f8", "left", "shift+right", "shift+right")
        trace = app.chat.panel.trace
        assert trace is not None
        await until(pilot, lambda: f"unit 2 after “there”: {trace.hidden[1, 2]:+.3f}" in seen(app))
        await pilot.press("home", "shift+left")
        await until(pilot, lambda: "unit 1 after “hello”" in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.focused is app.chat.prompt)


async def test_a_click_on_the_map_puts_the_cursor_there(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello there")
        await pilot.click("#view-state", offset=(2 + 5, 1))
        unit = 5 if app.chat.panel.current.glyphs else 10
        await until(pilot, lambda: f"unit {unit} after “hello”" in seen(app))


async def test_a_pinned_message_stays_while_i_type(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("f9")
        await type_text(pilot, "what time ")
        await sees(pilot, "pinned")
        assert words_in_panel(app) == ("hello",)
        await pilot.press("f9")
        await until(pilot, lambda: words_in_panel(app) == ("what", "time"))


async def test_i_select_an_earlier_message_and_the_panel_shows_it(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await say(pilot, "what time is it")
        await pilot.press("ctrl+up")
        await until(
            pilot, lambda: (t := app.chat.panel.trace) is not None and t.words == ("hello",)
        )
        await pilot.press("ctrl+down")
        await until(pilot, lambda: (t := app.chat.panel.trace) is not None and len(t.words) == 4)
        above = app.chat.conversation.turns.size.height - 6
        await pilot.click("TurnList", offset=(8, above))
        await until(
            pilot, lambda: (t := app.chat.panel.trace) is not None and t.words == ("hello",)
        )
        assert app.focused is app.chat.prompt, "a click must not take the keys away"


async def test_without_colours_the_map_shows_signs(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        trace = app.chat.panel.trace
        assert trace is not None
        from chatbot.tui.widgets.palette import glyph

        row = "".join(glyph(value) for value in trace.hidden[0, :64].tolist())
        assert row in seen(app)
        await sees(pilot, "= −1")


async def test_at_sixty_columns_the_panel_lies_under_the_conversation(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(60, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        assert app.chat.panel.region.y > app.chat.conversation.region.y
        assert app.chat.panel.region.width == 60
        await sees(pilot, "you  hello")


@pytest.mark.parametrize("key", ["f7", "f8", "f11"])
async def test_below_sixty_columns_the_panel_is_a_screen_of_its_own(
    trained_folder: Path, key: str
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(40, 24)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        assert "you  hello" in seen(app) and "Hidden state" not in seen(app)
        await pilot.press(key)
        await until(pilot, lambda: "Hidden state" in seen(app) and "you  hello" not in seen(app))
        await pilot.press("escape")
        await until(pilot, lambda: "you  hello" in seen(app))
        await until(pilot, lambda: app.focused is app.chat.prompt)


async def test_the_panel_has_the_word_in_the_same_frame_as_the_prompt(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await type_text(pilot, "what")
        await pilot.pause()
        assert words_in_panel(app) == ()
        app.chat.prompt.insert(" ")
        # Before any message was handled, and so before any frame was drawn.
        assert words_in_panel(app) == ("what",)


async def test_undoing_an_edit_and_walking_through_the_history_reach_the_panel(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "good night")
        await pilot.press("up")
        await until(pilot, lambda: "typing: “good”" in seen(app))
        app.chat.prompt.clear()
        await until(pilot, lambda: "sent: “good night”" in seen(app))
        app.chat.prompt.undo()
        await until(pilot, lambda: "typing: “good”" in seen(app))
