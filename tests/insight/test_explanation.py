"""Explanations: every figure is what it says, and the sentences and the JSON say the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import chatbot
from chatbot.cli import main
from chatbot.conversation.bot import Chatbot
from chatbot.insight.explanation import Explanation, as_json, as_sentences, explain
from chatbot.insight.gates import MOVED, gate_use
from chatbot.insight.neighbours import PatternStates, disagree
from chatbot.network.step import Step


@pytest.fixture(scope="module")
def bot(trained_folder: Path) -> Chatbot:
    return chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents", seed=0)


@pytest.fixture(scope="module")
def patterns(bot: Chatbot) -> PatternStates:
    return PatternStates(bot.reader)


def explained(bot: Chatbot, patterns: PatternStates, message: str) -> Explanation:
    return explain(bot.reader, bot.read(message), patterns)


@pytest.mark.parametrize("message", ["", "   ", "\u200b"])
def test_no_words_are_explained_without_making_anything_up(
    bot: Chatbot, patterns: PatternStates, message: str
) -> None:
    found = explained(bot, patterns, message)
    assert as_sentences(found) == ["No words in this message: the hidden state stays zero."]
    values = as_json(found)
    assert values["shares"] == () and values["for_against"] == [] and values["nearest"] == []
    assert values["decided_at"] is None
    json.dumps(values)


@pytest.mark.parametrize("message", ["?", "jdkjfkd", "time", "what time is it please " * 3])
def test_any_message_is_explained(bot: Chatbot, patterns: PatternStates, message: str) -> None:
    found = explained(bot, patterns, message)
    assert found.shares is not None
    assert sum(found.shares.of_memory) == pytest.approx(1)
    state = found.trace.hidden[-1]
    logits = bot.reader.classifier.logits(state)
    centred = logits - logits.mean()
    for k, intent in enumerate(found.intents):
        assert sum(found.for_against(intent)) == pytest.approx(centred[k], abs=1e-3)
    assert found.answer == found.intents[int(logits.argmax())]


def test_the_word_at_which_it_decided_is_the_first_whose_answer_stays(
    bot: Chatbot, patterns: PatternStates
) -> None:
    words = ["hello", "bot", "what", "time", "is", "it", "goodbye", "see", "you", "later"]
    best = [explained(bot, patterns, " ".join(words[: t + 1])).answer for t in range(len(words))]
    decided = explained(bot, patterns, " ".join(words)).decided_at
    assert decided is not None
    assert set(best[decided:]) == {best[-1]}
    assert decided == 0 or best[decided - 1] != best[-1]


def test_gates_are_means_over_the_units_and_what_is_left_is_their_product(bot: Chatbot) -> None:
    steps = bot.reader.recurrent.read(["what", "time", "is", "it"])
    uses = gate_use("gru", steps)
    assert uses is not None
    for t, use in enumerate(uses):
        keep_gate = steps[t].update_gate
        assert keep_gate is not None
        assert use.keep == pytest.approx(float(np.mean(keep_gate)), rel=1e-5)
        assert use.keep + use.write == pytest.approx(1)
        product = np.ones(len(keep_gate))
        for later in steps[t + 1 :]:
            assert later.update_gate is not None
            product = product * later.update_gate
        assert use.left == pytest.approx(float(product.mean()), rel=1e-4)
        before = steps[t - 1].hidden if t else np.zeros_like(steps[0].hidden)
        assert use.moved == sum(abs(a - b) >= MOVED for a, b in zip(steps[t].hidden, before))  # noqa: B905
    assert uses[-1].left == 1


def test_an_lstm_keeps_with_its_forget_gate_and_writes_with_its_input_gate() -> None:
    values = np.array([0.25, 0.75], np.float32)
    step = Step(
        values, values, input_gate=values, forget_gate=values * np.float32(0.5), output_gate=values
    )
    first, last = gate_use("lstm", [step, step]) or ()
    assert (first.keep, first.write, first.look_back) == (0.25, 0.5, None)
    assert (first.left, last.left) == (0.25, 1.0)


def test_a_cell_without_gates_has_no_gate_figures(bot: Chatbot) -> None:
    steps = bot.reader.recurrent.read(["what", "time"])
    assert gate_use("rnn", [Step(step.hidden, step.candidate) for step in steps]) is None


def test_the_pattern_most_alike_to_a_pattern_is_itself(
    bot: Chatbot, patterns: PatternStates
) -> None:
    for intent in bot.intents.trainable:
        for pattern in intent.patterns:
            first, *others = patterns.nearest(bot.read(pattern).steps[-1].hidden)
            assert first.pattern == pattern and first.intent == intent.tag
            assert first.cosine == pytest.approx(1, abs=1e-5)
            assert all(near.cosine <= first.cosine for near in others)


def test_cosines_are_of_the_final_states(bot: Chatbot, patterns: PatternStates) -> None:
    state = bot.read("could you tell me the time").steps[-1].hidden
    for near in patterns.nearest(state, 3):
        other = bot.read(near.pattern).steps[-1].hidden
        cosine = state @ other / np.linalg.norm(state) / np.linalg.norm(other)
        assert near.cosine == pytest.approx(float(cosine), abs=1e-5)


def test_disagreement_is_noticed(bot: Chatbot, patterns: PatternStates) -> None:
    alike = patterns.nearest(bot.read("what time is it").steps[-1].hidden, 3)
    assert not disagree(alike)
    assert disagree(patterns.nearest(bot.read("zebra").steps[-1].hidden, 30))


def test_the_sentences_say_what_the_json_says(trained_folder: Path) -> None:
    options = ["--intents", str(trained_folder / "intents.json")]
    message = "please what time is it"
    values = json.loads(
        CliRunner()
        .invoke(main, ["trace", message, "--json", *options], catch_exceptions=False)
        .output
    )
    text = CliRunner().invoke(main, ["trace", message, "--explain", *options]).output
    assert len(text.splitlines()) == len(values["words"]) + 4
    for word, share in zip(values["words"], values["shares"], strict=True):
        assert f"“{word}” {round(share * 100)} %" in text
    for word, value in zip(values["words"], values["for_against"], strict=True):
        assert f"“{word}” {value:+.2f}" in text
    assert f"together {sum(values['for_against']):+.2f}" in text
    assert (
        f"“{values['words'][values['decided_at']]}”, word {values['decided_at'] + 1} of 5" in text
    )
    for near in values["nearest"]:
        assert f"“{near['pattern']}” ({near['intent']}, {near['cosine']:.2f})" in text
    for word, use, answer in zip(values["words"], values["gates"], values["answers"], strict=True):
        assert f"Reading “{word}”" in text and f"moves {use['moved']} of 384 units" in text
        assert answer["intent"] in text


def test_why_not_says_what_makes_the_lead(trained_folder: Path, bot: Chatbot) -> None:
    options = ["--intents", str(trained_folder / "intents.json")]
    message = "please what time is it"
    asked = CliRunner().invoke(main, ["trace", message, "--why-not", "goodbye", *options])
    logits = bot.reader.classifier.logits(bot.read(message).steps[-1].hidden)
    intents = bot.reader.classifier.intents
    lead = logits[intents.index("time")] - logits[intents.index("goodbye")]
    sentence = next(line for line in asked.output.splitlines() if "not goodbye" in line)
    assert sentence.endswith(f"together {lead:+.2f}.")
    wrong = CliRunner().invoke(main, ["trace", message, "--why-not", "nonsense", *options])
    assert wrong.exit_code == 2 and "greeting, time, goodbye" in wrong.output


def test_a_message_that_is_clear_from_its_first_word_was_decided_there() -> None:
    from chatbot.insight.explanation import _decided_at

    assert _decided_at(["time", "time", "time"]) == 0
    assert _decided_at(["joke", "time", "joke", "time", "time"]) == 3
    assert _decided_at(["time"]) == 0
    assert _decided_at([]) is None
