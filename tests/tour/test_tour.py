"""The tour: every figure is the network's, every sentence true of it, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import chatbot
from chatbot.common import LANGUAGES, use_language
from chatbot.common.text import percent
from chatbot.conversation.bot import Chatbot
from chatbot.insight.explanation import explain
from chatbot.insight.neighbours import PatternStates
from chatbot.insight.shares import EXACT_WORDS
from chatbot.insight.untrained import untrained_weights
from chatbot.network.cells import CELLS
from chatbot.network.recurrent import Recurrent
from chatbot.tour.figures import EXAMPLE, TourFigures, figures_of
from chatbot.tour.sentences import SENTENCES
from chatbot.tour.texts import STEPS, pages
from chatbot.tui.widgets.tour_pictures import picture


@pytest.fixture(scope="module")
def bot(trained_folder: Path) -> Chatbot:
    return chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents", seed=0)


@pytest.fixture(scope="module")
def patterns(bot: Chatbot) -> PatternStates:
    return PatternStates(bot.reader)


def figures(bot: Chatbot, patterns: PatternStates, message: str) -> TourFigures:
    found = figures_of(bot.reader, message, patterns)
    assert found is not None
    return found


def test_every_step_has_its_sentences() -> None:
    assert list(SENTENCES) == list(STEPS)
    assert all({"heading", "text"} <= set(said) for said in SENTENCES.values())


@pytest.mark.parametrize("message", ["", "  ", "\u200b"])
def test_a_message_without_words_has_no_tour(
    bot: Chatbot, patterns: PatternStates, message: str
) -> None:
    assert figures_of(bot.reader, message, patterns) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "message",
    [EXAMPLE, "?", "jdkjfkd skjdksjd", "time", "{share} [bold] {0} %s", "what time is it " * 10],
)
@pytest.mark.slow
@pytest.mark.usefixtures("any_language")
def test_any_message_has_its_tour(
    bot: Chatbot, patterns: PatternStates, message: str, language: str
) -> None:
    use_language(language)
    found = figures(bot, patterns, message)
    assert len(found.words) <= EXACT_WORDS
    assert sum(found.shares) == pytest.approx(1)
    assert sum(found.untrained_shares) == pytest.approx(1)
    assert found.gradient[-1] == found.untrained_gradient[-1] == 1
    shown = pages(found)
    assert [page.name for page in shown] == list(STEPS)
    for page in shown:
        for width, height in ((100, 30), (40, 8), (20, 5)):
            for glyphs in (True, False):
                lines = picture(page.name, found, width, height, glyphs=glyphs, dark=True)
                assert lines
    if "{share}" in message:
        assert any("{" in page.text for page in shown), "what was typed stays as it is"


def test_the_sentences_say_the_figures_of_the_explanation(
    bot: Chatbot, patterns: PatternStates
) -> None:
    found = figures(bot, patterns, EXAMPLE)
    explained = explain(bot.reader, bot.read(EXAMPLE), patterns)
    assert explained.shares is not None and explained.decided_at is not None
    by_name = {page.name: page.text for page in pages(found)}
    answer = explained.trace.answers[-1]
    assert answer.intent in by_name["feed_forward"]
    assert percent(answer.confidence) in by_name["feed_forward"]
    assert percent(max(explained.shares.of_memory)) in by_name["circle"]
    assert percent(explained.shares.of_memory[0]) in by_name["forgetting"]
    assert f"word {explained.decided_at + 1} of 5" in by_name["words"]


def test_a_sentence_is_chosen_by_the_figures(bot: Chatbot, patterns: PatternStates) -> None:
    found = figures(bot, patterns, EXAMPLE)
    by_name = {page.name: page.text for page in pages(found)}
    lost = found.untrained_shares[0] < 0.7 / 5
    assert ("has nearly forgotten" in by_name["forgetting"]) == lost
    sure = found.explanation.trace.answers[-1].in_scope
    assert ("its reply is the answer" in by_name["feed_forward"]) == sure
    strange = figures(bot, patterns, "jdkjfkd skjdksjd")
    assert "did not understand" in pages(strange)[3].text


@pytest.mark.parametrize("cell", CELLS)
def test_an_untrained_network_is_drawn_as_torch_draws_one(bot: Chatbot, cell: str) -> None:
    weights = untrained_weights(bot.model.weights, cell, seed=3)
    bound = weights.hidden_size**-0.5
    for drawn in (weights.input_weight, weights.recurrent_weight, weights.recurrent_bias):
        assert abs(drawn).max() <= bound
        assert drawn.std() == pytest.approx(bound / 3**0.5, rel=0.1)
    assert Recurrent(weights).read(["what", "time"])[-1].hidden.shape == (weights.hidden_size,)
