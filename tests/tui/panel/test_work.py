"""The panel's work: started at once, and going on from what was worked out before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.network.step import Step
from chatbot.tui.panel.unit_line import unit_line
from chatbot.tui.panel.work import Explained, PanelWork


class Watched:
    """Stands for the panel: keeps what it is given, and runs work when it is told to."""

    def __init__(self) -> None:
        self.work: Callable[[], None] = lambda: None
        self.messages: list[Explained] = []

    def run_worker(self, work: Callable[[], None], **_: Any) -> None:
        self.work = work

    def post_message(self, message: Explained) -> None:
        self.messages.append(message)


@pytest.fixture
def bot(trained_folder: Path) -> Chatbot:
    return Chatbot.load(trained_folder / "intents.json", trained_folder / "models" / "intents")


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch) -> Watched:
    class Current:
        is_cancelled = False

    monkeypatch.setattr("chatbot.tui.panel.work.get_current_worker", Current)
    return Watched()


def explain(work: PanelWork, panel: Watched, bot: Chatbot, message: str) -> Explained:
    work.explain(bot, bot.read(message))
    panel.work()
    return panel.messages[-1]


def test_starting_does_not_write_out_the_numbers_of_the_reading(
    bot: Chatbot, panel: Watched
) -> None:
    PanelWork(panel).explain(bot, bot.read("what time is it"))  # type: ignore[arg-type]
    assert "what time is it" not in repr(panel.work)
    assert "array(" not in repr(panel.work)


def test_a_word_more_is_a_step_from_the_subsets_there_were(
    bot: Chatbot, panel: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = PanelWork(panel)  # type: ignore[arg-type]
    explain(work, panel, bot, "what time is")
    taken: list[str] = []
    recurrent = bot.reader.recurrent
    step = recurrent.step_columns

    def noted(word: str, before: Step) -> Step:
        taken.append(word)
        return step(word, before)

    monkeypatch.setattr(recurrent, "step_columns", noted)
    found = explain(work, panel, bot, "what time is it").explanation
    assert taken == ["it"]
    assert found.game is not None and found.game.words == ("what", "time", "is", "it")


def test_another_bot_begins_anew(bot: Chatbot, panel: Watched) -> None:
    work = PanelWork(panel)  # type: ignore[arg-type]
    first = explain(work, panel, bot, "what time is").explanation.game
    weights = bot.model.weights
    half = replace(weights, recurrent_weight=weights.recurrent_weight * np.float32(0.5))
    other = Chatbot(bot.intents, replace(bot.model, weights=half), bot.replier)
    second = explain(work, panel, other, "what time is it").explanation.game
    assert first is not None and second is not None
    state = other.read("what time is").steps[-1].hidden
    assert second.states[7] == pytest.approx(state, abs=1e-6)
    assert first.states[7] != pytest.approx(state, abs=1e-3)


def test_a_line_of_units_is_drawn_once_for_the_same_values(bot: Chatbot) -> None:
    from rich.style import Style

    values = bot.read("hello").steps[0].hidden[:64].tobytes()
    style = Style(color="red")

    def draw(marked: int, look: str) -> Any:
        return unit_line(values, marked, look, style, Style(), 2, 70)

    assert draw(-1, "dark") is draw(-1, "dark")
    assert draw(3, "dark") is not draw(-1, "dark")
    looks = ("dark", "light", "dark row", "light row", "glyphs")
    assert len({id(draw(-1, look)) for look in looks}) == len(looks)
    for look in looks:
        assert draw(-1, look).cell_length == 70
