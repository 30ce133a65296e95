"""The bot as a whole: replies, fallbacks, changes of the file while it runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import chatbot
from chatbot.conversation.bot import Chatbot, user_name
from chatbot.conversation.known_patterns import Known, KnownPatterns
from chatbot.conversation.reader import Reader
from chatbot.conversation.replies import BUILT_IN_FALLBACK
from chatbot.insight.prefixes import answers_so_far, changes
from chatbot.insight.tracing import trace
from chatbot.intents.types import Intent, Intents
from chatbot.network.rows import Floats
from chatbot.words import words


@pytest.fixture
def bot(trained_folder: Path) -> Chatbot:
    return chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents", seed=0)


@pytest.mark.parametrize("message", ["", "   ", "\u200b", "!?…", "jdkjfkd skdjksd", "🦚"])
def test_a_message_of_nothing_known_gets_the_fallback_reply(bot: Chatbot, message: str) -> None:
    turn = bot.reply(message)
    assert turn.reply in ("Sorry, what?", "I do not know.")
    assert turn.reading.prediction.confidence == 0


@pytest.mark.parametrize("message", ["Hello bot", "HELLO BOT!!!", " hello  bot ?", "“hello, bot”"])
def test_a_pattern_but_for_case_spacing_and_punctuation_is_certain(
    bot: Chatbot, message: str
) -> None:
    prediction = bot.read(message).prediction
    assert prediction.is_pattern and prediction.in_scope
    assert prediction.ranking[0] == ("greeting", 1.0)
    assert sorted(r.intent for r in prediction.ranking) == ["goodbye", "greeting", "time"]
    assert not bot.read("hello robot").prediction.is_pattern


def test_a_pattern_of_two_intents_is_certain_of_neither(bot: Chatbot) -> None:
    also = tuple(
        replace(intent, patterns=(*intent.patterns, "Hello bot."))
        if intent.tag == "time"
        else intent
        for intent in bot.intents.intents
    )
    prediction = bot.with_intents(Intents(also, None)).read("hello bot").prediction
    assert not prediction.is_pattern and prediction.confidence < 1


def test_a_new_pattern_is_answered_before_any_retraining(bot: Chatbot) -> None:
    new = Intent("pizza", ("quattro stagioni per favore",), ("Coming!",))
    turn = bot.with_intents(Intents((*bot.intents.intents, new), None)).reply(
        "Quattro stagioni, per favore!"
    )
    assert turn.reply == "Coming!"


def test_punctuation_alone_is_never_a_pattern(bot: Chatbot) -> None:
    odd = Intent("odd", ("?!", "..."), ("r",))
    with_odd = bot.with_intents(Intents((*bot.intents.intents, odd), None))
    assert not with_odd.read("?").prediction.is_pattern


def test_a_file_without_a_fallback_gets_the_built_in_one(bot: Chatbot) -> None:
    without = bot.with_intents(Intents(bot.intents.trainable, None))
    assert without.reply("qqqq").reply in BUILT_IN_FALLBACK.responses


def test_an_intent_deleted_from_the_file_is_answered_like_the_unknown(bot: Chatbot) -> None:
    rest = tuple(intent for intent in bot.intents.intents if intent.tag != "time")
    turn = bot.with_intents(Intents(rest, bot.intents.fallback)).reply("What time is it?")
    assert turn.reading.prediction.intent == "time"
    assert not turn.reading.prediction.in_scope
    assert turn.reading.prediction.is_gone
    assert turn.reply in ("Sorry, what?", "I do not know.")
    assert not bot.reply("What time is it?").reading.prediction.is_gone


def test_a_changed_reply_is_given_without_training(bot: Chatbot) -> None:
    changed = tuple(replace(intent, responses=("New!",)) for intent in bot.intents.intents)
    assert bot.with_intents(Intents(changed, None)).reply("Hello").reply == "New!"


def test_what_looks_like_a_slot_in_a_message_is_not_filled(bot: Chatbot) -> None:
    reply = bot.reply("{user} {time}").reply
    assert "{user} {time}" not in reply


def test_reading_on_gives_the_same_as_reading_from_the_start(bot: Chatbot) -> None:
    begun = bot.read("tell me ")
    on = bot.read("tell me the time", after=begun)
    whole = bot.read("tell me the time")
    assert on.steps[0] is begun.steps[0], "what was read is not read again"
    np.testing.assert_array_equal(on.steps[-1].hidden, whole.steps[-1].hidden)
    other = bot.read("tell us", after=on)
    np.testing.assert_array_equal(other.steps[-1].hidden, bot.read("tell us").steps[-1].hidden)


def test_what_the_reader_takes_for_the_answer_is_what_the_bot_replies(bot: Chatbot) -> None:
    rest = tuple(intent for intent in bot.intents.intents if intent.tag != "time")
    without = bot.with_intents(Intents(rest, bot.intents.fallback))
    for message in ("", "hello", "Hi!", "hi there you", "zzz qqq", "?", "what time", "😀"):
        for asked in (bot, without):
            reply = asked.reply(message).reply
            tag = asked.reader.answer(message)
            intent = asked.intents.fallback if tag is None else asked.intents.by_tag(tag)
            assert intent is not None
            filled = [text.replace("{user}", user_name()) for text in intent.responses]
            assert tag == "time" or reply in filled, message


def test_a_reader_without_an_intents_file_leaves_everything_to_the_network(bot: Chatbot) -> None:
    alone = Reader(bot.reader.recurrent, bot.reader.classifier)
    assert bot.read("hello bot").prediction.is_pattern
    prediction = alone.read("hello bot").prediction
    assert not prediction.is_pattern
    assert (prediction.intent, prediction.in_scope) == ("greeting", True)


def test_the_pattern_of_each_prefix_is_what_is_looked_up_for_it_alone(bot: Chatbot) -> None:
    for message in ("hello bot", "? hello, bot! you", "what time is it? hi", "hi hi", "!?", ""):
        read = words(message)
        prefixes = [read[: count + 1] for count in range(len(read))]
        assert bot.reader.known_prefixes(read) == [
            bot.reader.known_pattern(prefix) for prefix in prefixes
        ]


def test_an_out_of_scope_example_gets_the_fallback_however_it_is_typed(bot: Chatbot) -> None:
    before = bot.reply("hello there bot").reading.prediction
    assert before.in_scope, "the network would answer"
    intents = replace(bot.intents, out_of_scope=("Hello there, bot!",))
    refusing = bot.with_intents(intents)
    for message in ("Hello there, bot!", "hello there bot", "HELLO THERE BOT ..."):
        turn = refusing.reply(message)
        assert turn.reply in ("Sorry, what?", "I do not know.")
        assert not turn.reading.prediction.in_scope and turn.reading.prediction.confidence == 0
        assert turn.reading.prediction.is_pattern
        assert refusing.reader.answer(message) is None
    assert refusing.reply("hello there bot, hello").reading.prediction.in_scope


def test_the_panel_shows_of_an_out_of_scope_example_what_the_bot_does(bot: Chatbot) -> None:
    intents = replace(bot.intents, out_of_scope=("hello there",))
    reader = bot.with_intents(intents).reader
    traced = trace(reader, reader.read("hello there bot hello"))
    for count, answer in enumerate(traced.answers, start=1):
        prediction = reader.read_words("", traced.words[:count]).prediction
        assert answer.in_scope == prediction.in_scope
        assert answer.confidence == pytest.approx(prediction.confidence, abs=1e-5)
        assert answer.is_pattern == prediction.is_pattern
    assert (traced.answers[1].confidence, traced.answers[1].in_scope) == (0.0, False)


def test_what_is_a_pattern_and_out_of_scope_is_left_to_the_network(bot: Chatbot) -> None:
    both = bot.with_intents(replace(bot.intents, out_of_scope=("Hello bot",)))
    prediction = both.read("hello bot").prediction
    assert not prediction.is_pattern and prediction.confidence > 0


def test_the_surest_intent_of_each_word_is_that_of_the_message_so_far(bot: Chatbot) -> None:
    reading = bot.read("what time is it and tell me a joke")
    states = np.stack([step.hidden for step in reading.steps])
    intents, found = bot.reader.classifier.surest(states)
    alone = [bot.reader.classifier.predict(state) for state in states]
    assert intents == [prediction.intent for prediction in alone]
    assert found.tolist() == pytest.approx([prediction.confidence for prediction in alone])


def test_a_long_message_needs_no_more_look_ups_than_its_longest_pattern(bot: Chatbot) -> None:
    class Counting(KnownPatterns):
        looked_up = 0

        def _known(self, read: tuple[str, ...], together: str) -> Known | None:
            self.looked_up += 1
            return super()._known(read, together)

    reader = bot.reader.with_intents(bot.intents)
    reader.patterns = counting = Counting(bot.intents)
    patterns = [pattern for intent in bot.intents.trainable for pattern in intent.patterns]
    longest = max(len("".join(words(pattern))) for pattern in patterns)
    reading = reader.read("what time is it , then ? " * 20)
    counting.looked_up = 0
    trace(reader, reading)
    assert 0 < counting.looked_up <= longest


def test_a_message_typed_word_by_word_is_traced_one_word_at_a_time(
    bot: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, classified = bot.reader, []
    confidences = reader.classifier.confidences

    def counting(states: Floats) -> NDArray[np.float64]:
        classified.append(len(states))
        return confidences(states)

    typed = ["!", "hello", "bot", ",", "what", "time", "is", "it", "?", "hello"]
    reading = traced = None
    with monkeypatch.context() as patch:
        patch.setattr(reader.classifier, "confidences", counting)
        for count in range(1, len(typed) + 1):
            reading = reader.read(" ".join(typed[:count]), reading)
            traced = trace(reader, reading, traced)
    assert classified == [1] * len(typed)
    assert traced is not None
    whole = trace(reader, reader.read(" ".join(typed)))
    assert [(a.intent, a.in_scope, a.is_pattern) for a in traced.answers] == [
        (a.intent, a.in_scope, a.is_pattern) for a in whole.answers
    ]
    for one, other in ((traced.changes, whole.changes), (traced.hidden, whole.hidden)):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)
    edited = trace(reader, reader.read("! hello you"), traced)
    assert edited.words == ("!", "hello", "you")
    np.testing.assert_array_equal(edited.hidden[-1], reader.read("! hello you").steps[-1].hidden)


def test_the_trace_says_so_where_the_intent_was_deleted_from_the_file(bot: Chatbot) -> None:
    rest = tuple(intent for intent in bot.intents.intents if intent.tag != "time")
    reader = bot.with_intents(Intents(rest, bot.intents.fallback)).reader
    answer = trace(reader, reader.read("what time is it now")).answers[-1]
    assert (answer.intent, answer.in_scope) == ("time", False)


def test_the_answer_so_far_is_what_the_bot_answers_to_that_prefix(bot: Chatbot) -> None:
    traced = trace(bot.reader, bot.read("? qqq hello what time is it"))
    for count, answer in enumerate(traced.answers, start=1):
        prediction = bot.read(" ".join(traced.words[:count])).prediction
        assert answer.in_scope == prediction.in_scope
        assert answer.confidence == pytest.approx(prediction.confidence, abs=1e-5)
        assert answer.is_pattern == prediction.is_pattern
        if answer.confidence:
            assert answer.intent == prediction.intent


def test_the_change_is_the_distance_between_the_states(bot: Chatbot) -> None:
    traced = trace(bot.reader, bot.read("hello what time"))
    before = np.zeros(384, np.float32)
    for step, change in zip(traced.steps, traced.changes, strict=True):
        slow = np.sqrt(sum((a - b) ** 2 for a, b in zip(step.hidden, before, strict=True)) / 384)
        assert change == pytest.approx(float(slow), rel=1e-4)
        before = step.hidden


def test_no_words_no_answers_and_no_changes(bot: Chatbot) -> None:
    nothing = np.zeros((0, 384), np.float32)
    assert answers_so_far(bot.reader.classifier, nothing, np.zeros(0, bool)) == ()
    assert changes(nothing) == ()
