"""The conversation, as a person at the keyboard sees it; ugly messages first."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from textual import events

from chatbot.common import KEPT_WORDS, paths
from chatbot.conversation import history
from tests.conftest import long_to_train
from tests.tui.helpers import (
    app_for,
    ready,
    say,
    seen,
    sees,
    type_text,
    until,
)

UGLY = [
    "[bold red]not markup[/bold red] [/] [@click=app.quit]x[/]",
    "{time} {intent} {0} {user!r}",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07\x07 \x9b2J",
    "\u200b\u200e\ufeff invisible",
    "؟كيف حالك مرحبا",
    "👨\u200d👩\u200d👧 🇻🇳 👍🏽",
    "?!... — ,,",
    "line one\nline two\nline three",
    "$text-error $primary \\[x] \\",
    "x" * 5_000,
]


@pytest.mark.parametrize("message", UGLY)
@pytest.mark.parametrize("size", [pytest.param((40, 12), marks=pytest.mark.slow), (140, 40)])
async def test_ugly_messages_are_shown_as_they_are_and_answered(
    trained_folder: Path, message: str, size: tuple[int, int]
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        view = await say(pilot, message)
        assert view.turn is not None and view.turn.reply
        assert not any(ord(character) < 32 and character != "\n" for character in seen(app))
        if message.startswith("[bold"):
            await pilot.press("pageup")  # its first line may be above a small screen
            await sees(pilot, "[bold")


@pytest.mark.slow
async def test_a_message_of_eight_thousand_words_is_read_whole(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        view = await say(pilot, "hello time " * 4_000)
        assert view.turn is not None and len(view.turn.reading.words) == 8_000
        assert app.chat.panel.current.virtual_size.height == 2 * KEPT_WORDS + 1
        app.chat.panel.current.focus()
        await pilot.press("home")
        await until(pilot, lambda: "unit 0 after “hello”" in seen(app))


async def test_blanks_alone_are_not_sent(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        await type_text(pilot, "   ")
        await pilot.press("enter")
        assert app.chat.conversation.views == []


async def test_a_storm_of_resizes_leaves_everything_in_place(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(120, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "What time is it?")
        for width, height in [(40, 10), (200, 60), (20, 5), (81, 24), (71, 17), (1, 1), (140, 40)]:
            await pilot.resize_terminal(width, height)
        await pilot.pause()
        await sees(pilot, "What time is it?")
        await sees(pilot, "Hidden state")


async def test_a_message_sent_before_the_bot_is_loaded_waits_and_is_answered(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(trained_folder)
    monkeypatch.setattr(app.flows.loading, "read_bot", lambda: None)  # a load that takes for ever
    async with app.run_test() as pilot:
        await type_text(pilot, "hello")
        await pilot.press("enter")
        (view,) = app.chat.conversation.views
        assert view.turn is None
        monkeypatch.undo()
        app.flows.loading.read_bot()
        await until(pilot, lambda: view.turn is not None)
        assert view.turn is not None and view.turn.reading.prediction.intent == "greeting"


@pytest.mark.smoke
async def test_i_type_and_the_reply_comes_with_its_intent_and_confidence(
    trained_folder: Path,
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await type_text(pilot, "what time is it")
        await pilot.press("enter")
        await until(pilot, lambda: "time " in seen(app) and " %" in seen(app))
        await sees(pilot, "you  what time is it")
        assert app.chat.prompt.text == ""


async def test_letters_and_enter_that_arrive_in_one_burst_are_sent(trained_folder: Path) -> None:
    from textual import events

    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        for key in [*"hello", "enter"]:
            character = "\r" if key == "enter" else key
            app.post_message(events.Key(key, character))  # none waits for the one before
        await until(pilot, lambda: len(app.chat.conversation.views) == 1)
        assert app.chat.conversation.views[0].message == "hello"


async def test_a_short_message_right_behind_a_long_one_is_shown(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        for text in ("one two three four five six seven", "hello"):
            app.chat.prompt.load_text(text)
            app.chat.prompt.action_send()
        await until(pilot, lambda: "unit 0 after “hello”" in seen(app))


@pytest.mark.smoke
async def test_nonsense_is_marked_out_of_scope(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        view = await say(pilot, "jdkjfkd skjdksjd")
        assert view.turn is not None
        assert view.turn.reply in ("Sorry, what?", "I do not know.")
        await sees(pilot, "out of scope")
        assert re.search(r"jdkjfkd +∅", seen(app)), "unknown words are marked"


async def test_typing_anywhere_reaches_the_prompt(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("f8")
        assert app.focused is app.chat.panel.current
        await type_text(pilot, "hi?")
        await until(pilot, lambda: app.focused is app.chat.prompt)
        assert app.chat.prompt.text == "hi?"
        await pilot.click("#view-state", offset=(4, 1))
        await type_text(pilot, " x")
        assert app.chat.prompt.text == "hi? x", "who clicks a word and types on, talks"


async def test_letters_that_set_out_before_the_prompt_had_the_keys_are_not_lost(bot: Path) -> None:
    app = app_for(bot)
    async with app.run_test() as pilot:
        await ready(pilot)
        for letter in "hello":  # of a burst, all set out for the screen while nothing has the keys
            app.chat._forward_event(events.Key(letter, letter))
        await pilot.pause()
        assert app.focused is app.chat.prompt and app.chat.prompt.text == "hello"
        await type_text(pilot, "!")
        assert app.chat.prompt.text == "hello!"


async def test_up_and_down_bring_earlier_messages_and_keep_my_draft(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "first")
        await say(pilot, "second\nwith two lines")
        await type_text(pilot, "draft")
        await pilot.press("up")
        assert app.chat.prompt.text == "second\nwith two lines"
        await pilot.press("up", "up")
        assert app.chat.prompt.text == "first", "one Up walked through the lines"
        await pilot.press("down", "down", "down")
        assert app.chat.prompt.text == "draft"


async def test_the_history_comes_back_in_the_next_session(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        await say(pilot, "remember me")
        await app.workers.wait_for_complete()
    assert history.load(paths.history_file(trained_folder / "intents.json")) == ["remember me"]
    again = app_for(trained_folder)
    async with again.run_test() as pilot:
        await ready(pilot)
        await until(pilot, lambda: again.chat.prompt.sent.entries)
        await pilot.press("up")
        assert again.chat.prompt.text == "remember me"


async def test_a_new_line_is_a_key_of_its_own(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test() as pilot:
        await ready(pilot)
        await type_text(pilot, "a\nb")
        assert app.chat.prompt.text == "a\nb"


async def test_a_new_conversation_is_empty_and_the_bot_still_there(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await say(pilot, "hello")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "For example" in seen(app))
        assert app.chat.conversation.views == []
        assert app.chat.panel.trace is None
        await say(pilot, "hello")


async def test_an_example_can_be_clicked(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await pilot.click(".example")
        await until(pilot, lambda: len(app.chat.conversation.views) == 1)
        assert app.chat.conversation.views[0].message == "Hi"


async def test_the_examples_are_what_the_bot_knows(trained_folder: Path) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "› What time is it?" in seen(app))
        assert "› Hi" in seen(app) and "hidden state?" not in seen(app)


async def test_the_default_bot_offers_to_speak_about_its_network(default_intents: Path) -> None:
    app = app_for(default_intents.parent)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        await sees(pilot, "› What is a hidden state?")


async def test_a_file_without_a_model_is_trained_at_once_and_messages_wait(
    small_file: Path,
) -> None:
    long_to_train(small_file)
    app = app_for(small_file.parent)
    async with app.run_test(size=(100, 30)) as pilot:
        await sees(pilot, "No model for intents.json yet: it is in training, F5 shows it")
        await sees(pilot, "› Hi", "› Bye", without=["hidden state?"])
        await type_text(pilot, "hello")
        await pilot.press("enter")
        assert app.chat.conversation.views[0].turn is None


async def test_a_broken_intents_file_is_named_and_the_app_stays_open(tmp_path: Path) -> None:
    (tmp_path / "intents.json").write_text('{"intents": [\n {"tag": [bold]}]}')
    app = app_for(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "intents.json:2" in seen(app))


async def test_replies_changed_by_another_program_work_at_once(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await ready(pilot)
        data = json.loads(path.read_text(encoding="utf-8"))
        data["intents"][0]["responses"] = ["Brand new reply."]
        path.write_text(json.dumps(data), encoding="utf-8")
        os.utime(path, (1, 1))
        await until(pilot, lambda: "changed on disk" in seen(app))
        view = await say(pilot, "hello")
        assert view.turn is not None and view.turn.reply == "Brand new reply."
        await until(pilot, lambda: "older than" not in seen(app))


async def test_patterns_changed_on_disk_ask_for_a_training(small_bot: Path) -> None:
    path = small_bot / "intents.json"
    app = app_for(small_bot)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await ready(pilot)
        data = json.loads(path.read_text(encoding="utf-8"))
        data["intents"][0]["patterns"].append("Ahoy sailor")
        path.write_text(json.dumps(data), encoding="utf-8")
        await until(pilot, lambda: "The model is older than intents.json: F5" in seen(app))
        path.write_text("{broken", encoding="utf-8")
        await until(pilot, lambda: "The bot answers as before" in seen(app))
        await say(pilot, "hello")
