"""The forgetting lab, as a person sees it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, ProgressBar

from chatbot.common.paths import lab_folder
from chatbot.common.text import percent
from chatbot.insight.deep import ACTIVATIONS
from chatbot.lab import LabReady, captions, files
from chatbot.lab.results import Lab, Sentence
from chatbot.opening import read_intents
from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.lab import ForgettingScreen
from tests.tui.helpers import answer, app_for, ready, say, seen, sees, type_text, until

SIZES = [(140, 40), (80, 24), (60, 24)]


@pytest.fixture
def kept(lab: Lab, trained_folder: Path) -> Path:
    """The folder of a bot whose lab has been trained."""
    files.save(lab, read_intents(trained_folder / "intents.json").intents.digest)
    return trained_folder


async def open_lab(pilot: Pilot[None], *, wait: bool = True) -> ForgettingScreen:
    app = await ready(pilot)
    await pilot.press("shift+f6")
    await until(pilot, lambda: isinstance(app.screen, ForgettingScreen))
    screen = app.screen
    assert isinstance(screen, ForgettingScreen)
    if wait:
        await until(pilot, lambda: screen.view.sentence is not None, seconds=120)
        await pilot.pause()
    return screen


def sentence_of(screen: ForgettingScreen) -> Sentence:
    assert screen.view.sentence is not None
    return screen.view.sentence


def words_on(app: ChatbotApp) -> str:
    return " ".join(seen(app).split())


def is_shown(app: ChatbotApp, text: str) -> bool:
    return text in words_on(app)


@pytest.mark.slow
async def test_i_open_it_wait_walk_through_the_views_and_type_a_sentence(small_file: Path) -> None:
    app = app_for(small_file.parent)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("shift+f6")
        await until(pilot, lambda: "Loading PyTorch" in seen(app))
        await until(pilot, lambda: "Training the plain RNN" in seen(app), seconds=60)
        assert (app.screen.query_one(ProgressBar).total or 0) > 600
        screen = app.screen
        assert isinstance(screen, ForgettingScreen)
        await until(pilot, lambda: screen.view.sentence is not None, seconds=180)
        await until(pilot, lambda: "“what time is it ?”" in seen(app))
        for heading in ("Gradient that arrives", "each of 8 layers", "Right answers", "gradient n"):
            await pilot.press("right")
            await sees(pilot, heading)
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await type_text(pilot, "good morning 1r")  # over the old one, which is selected
        await pilot.press("enter")
        await until(pilot, lambda: "“good morning 1r”" in seen(app))
    assert len(list(lab_folder().iterdir())) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_every_view_has_its_caption_and_its_figures(
    kept: Path, size: tuple[int, int], theme: str
) -> None:
    app = app_for(kept)
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        screen = await open_lab(pilot)
        lab, sentence = screen.view.lab, sentence_of(screen)
        assert lab is not None
        says = [
            captions.circles(sentence),
            captions.through_time(lab),
            captions.layers(lab),
            captions.chatter(lab),
            captions.training(lab),
        ]
        for number, caption in enumerate(says, start=1):
            await pilot.press(str(number))
            await until(pilot, partial(is_shown, app, caption))
        await pilot.press("1")
        await until(pilot, lambda: "Share of every word" in seen(app))
        await pilot.press("pagedown")
        await until(pilot, lambda: "5 ?" in seen(app))
        row = next(line for line in seen(app).splitlines() if " 5 ? " in line)
        for network in (*sentence.untrained, *sentence.trained):
            assert percent(network.shares[4]) in row


async def test_a_page_drawn_again_before_the_last_one_was_laid_out_is_shown_whole(
    kept: Path,
) -> None:
    app = app_for(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(pilot)
        await until(pilot, lambda: "Share of every word" in seen(app))
        tall = screen.view.size.height
        screen.view.update("short")
        screen.query_one("#lab-body")._clear_arrangement_cache()
        screen._refresh_layout()  # for another widget, before this one was idle
        assert "Share of every word" not in seen(app)
        screen.view.draw()
        await sees(pilot, "Share of every word")
        assert screen.view.size.height == tall


async def test_the_figures_are_those_of_the_networks_not_of_the_bot(kept: Path) -> None:
    app = app_for(kept)
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await open_lab(pilot)
        lab = screen.view.lab
        assert lab is not None
        await pilot.press("3")
        await until(pilot, lambda: "layers" in words_on(app))
        for activation, result in zip(ACTIVATIONS, lab.deep, strict=True):
            await sees(pilot, f"{activation} layers")
            assert captions.portion(result.layers_untrained[-1]) in seen(app)
        await pilot.press("4")
        right = lab.cells[2].measured_trained.learned_right[0]
        await until(pilot, lambda: percent(right / lab.learned_asked) in seen(app))


async def test_it_begins_with_what_i_said_last(kept: Path) -> None:
    app = app_for(kept)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "hello [b]there[/b]\nfriend")
        screen = await open_lab(pilot)
        assert sentence_of(screen).words[0] == "hello"
        await sees(pilot, "there")


@pytest.mark.parametrize("text", ["", "\u200b", "[/]", "hi", "what time is it " * 30])
async def test_no_sentence_does_any_harm(kept: Path, text: str) -> None:
    app = app_for(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(pilot)
        before = sentence_of(screen)
        await pilot.press("enter")
        app.screen.query_one(Input).value = text
        await pilot.press("enter")
        await until(pilot, lambda: sentence_of(screen) is not before)
        for number in "12345":
            await pilot.press(number)
        await pilot.press("1")
        await until(pilot, lambda: captions.circles(sentence_of(screen))[:40] in words_on(app))


@pytest.mark.slow
async def test_escape_while_it_trains_leaves_everything_as_it_was(small_bot: Path) -> None:
    app = app_for(small_bot)
    card = (small_bot / "models/intents/card.json").read_bytes()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(pilot, wait=False)
        await until(pilot, lambda: "Training the" in seen(app), seconds=60)
        job = screen._job
        assert job is not None and job._process is not None
        await pilot.press("escape")
        await sees(pilot, "The networks of the lab are still learning")
        await pilot.press("escape")  # the safe answer: it goes on
        await until(pilot, lambda: app.screen is screen)
        assert job._process.returncode is None
        await pilot.press("escape")
        await answer(pilot, "stop")
        await until(pilot, lambda: app.screen is app.chat)
        await until(pilot, lambda: job._process.returncode is not None)  # type: ignore[union-attr]
        await say(pilot, "hello")
    assert not lab_folder().exists()
    assert (small_bot / "models/intents/card.json").read_bytes() == card


@pytest.mark.slow
async def test_a_file_that_cannot_be_learned_says_why(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    one = {"tag": "only", "patterns": ["a", "b"], "responses": ["c"]}
    path.write_text(json.dumps({"intents": [one]}), encoding="utf-8")
    app = app_for(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("shift+f6")
        await until(pilot, lambda: "at least two intents" in words_on(app), seconds=60)
        path.write_text("{", encoding="utf-8")
        await pilot.press("r")
        await until(pilot, lambda: "intents.json:1" in words_on(app), seconds=60)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


@pytest.mark.slow
async def test_damaged_results_are_made_again(kept: Path, lab: Lab) -> None:
    folder = files.folder_of(read_intents(kept / "intents.json").intents.digest)
    (folder / "gru-trained.safetensors").write_bytes(b"nothing")
    app = app_for(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(pilot, wait=False)
        await until(pilot, lambda: "Training the" in seen(app), seconds=60)
        assert screen.view.lab is None


async def test_escape_leaves_the_sentence_first_and_then_the_lab(kept: Path) -> None:
    app = app_for(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.focused is None)
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("shift+f6")
        assert app.screen is screen, "it is open already"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)


async def test_without_colours_the_words_are_told_by_their_numbers(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(kept)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_lab(pilot)
        for name in ("plain RNN, untrained", "GRU, trained"):
            line = next(line for line in seen(app).splitlines() if name in line)
            assert "1" in line and "55" in line


async def test_a_network_that_was_never_trained_is_not_called_better(kept: Path) -> None:
    app = app_for(kept)
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await open_lab(pilot)
        lab = screen.view.lab
        assert lab is not None
        same = replace(
            lab,
            cells=tuple(replace(c, measured_trained=c.measured_untrained) for c in lab.cells),
        )
        screen.view.show(same, sentence_of(screen))
        await pilot.press("2")
        await until(pilot, lambda: "has not raised" in words_on(app))
        await pilot.press("4")
        await until(pilot, lambda: "no clear difference" in words_on(app))


async def test_what_it_learned_is_shown_though_the_file_has_changed_meanwhile(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(kept)
    file = kept / "intents.json"
    learned = read_intents(file).intents.digest
    content = json.loads(file.read_text(encoding="utf-8"))
    content["intents"][0]["patterns"].append("a pattern that nobody has learned")
    file.write_text(json.dumps(content), encoding="utf-8")

    def ready_at_once(screen: ForgettingScreen, **_: object) -> None:
        screen.post_message(ForgettingScreen.Recorded(LabReady(learned)))

    monkeypatch.setattr(ForgettingScreen, "_train", ready_at_once)
    async with app.run_test(size=(140, 40)) as pilot:
        await open_lab(pilot)
        await sees(pilot, "Share of every word", "intents.json has changed meanwhile")


async def test_results_that_are_gone_are_told_in_words(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_for(trained_folder)

    def ready_at_once(screen: ForgettingScreen, **_: object) -> None:
        screen.post_message(ForgettingScreen.Recorded(LabReady("0" * 64)))

    monkeypatch.setattr(ForgettingScreen, "_train", ready_at_once)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_lab(pilot, wait=False)
        await sees(pilot, "No results", "train it again", without=["Errno"])
