"""Long messages: what is read, what is kept, and that a message of n words costs n steps."""

from __future__ import annotations

import numpy as np
import pytest

from chatbot.common import KEPT_WORDS, READ_CHARACTERS, as_far_as_read
from chatbot.conversation.known_patterns import Known
from chatbot.conversation.reader import Reader
from chatbot.insight.comparison import SWAPPED_WORDS, compare
from chatbot.insight.explanation import as_json, as_sentences, explain
from chatbot.insight.neighbours import PatternStates
from chatbot.insight.tracing import as_lines, trace
from chatbot.intents import Intent, Intents
from chatbot.network.step import Step
from chatbot.words import LONGEST_WORD, words
from tests.random_network import INTENTS, Network

MANY = [f"word{n % 700}" for n in range(1_777)]
LONG = " ".join(MANY)


@pytest.fixture
def reader(network: Network) -> Reader:
    return Reader(*network, INTENTS)


def counted(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that every word is put into that the cell reads from now on."""
    read: list[str] = []
    step = reader.recurrent.step

    def counting(word: str, before: Step) -> Step:
        read.append(word)
        return step(word, before)

    monkeypatch.setattr(reader.recurrent, "step", counting)
    return read


def test_of_a_long_message_the_first_states_are_kept_and_all_words_are_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = counted(reader, monkeypatch)
    reading = reader.read(LONG)
    assert reading.words == tuple(MANY) and len(reading.known) == len(MANY)
    assert len(read) == len(MANY), "a step for each word, and no more"
    assert len(reading.steps) == KEPT_WORDS and not reading.is_kept_whole
    steps = reader.recurrent.read(MANY)
    np.testing.assert_allclose(reading.last.hidden, steps[-1].hidden, atol=1e-4)
    expected = reader.classifier.predict(steps[-1].hidden)
    assert reading.prediction.intent == expected.intent


@pytest.mark.parametrize("same", [0, 1, 30, 499, 500, 501, 740, 750, 760, 1_249, 1_250, 1_776])
def test_a_changed_end_is_read_again_from_the_nearest_state(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, same: int
) -> None:
    before = reader.read(LONG)
    read = counted(reader, monkeypatch)
    changed = [*MANY[:same], "another", "end"]
    after = reader.read(" ".join(changed), before)
    assert len(read) <= 2 + 250, "what was read is not read again"
    alone = reader.read(" ".join(changed))
    assert after.words == alone.words and after.known == alone.known
    assert len(after.steps) == len(alone.steps) and len(after.marks) == len(alone.marks)
    np.testing.assert_allclose(after.last.hidden, alone.last.hidden, atol=1e-4)


def test_slices_are_parts_of_one_reading(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    read = counted(reader, monkeypatch)
    pauses: list[int] = []
    parts = list(reader.slices(LONG, pause=lambda: pauses.append(len(read))))
    assert len(read) == len(MANY)
    assert [len(part.words) for part, _ in parts] == [500, 1_000, 1_500, 1_777]
    assert {total for _, total in parts} == {1_777}
    assert max(np.diff(pauses)) <= 32, "others have their turn every few words"
    assert parts[-1][0].prediction == reader.read(LONG, parts[-1][0]).prediction


def test_a_reading_that_nobody_waits_for_ends(reader: Reader) -> None:
    def abandon() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        next(reader.slices(LONG, pause=abandon))


@pytest.mark.parametrize("message", ["", "   ", "?!", "\ud800", "\x00"])
def test_slices_of_a_message_of_hardly_anything(reader: Reader, message: str) -> None:
    ((reading, total),) = reader.slices(message)
    assert len(reading.words) == total == len(words(message))


def test_a_very_long_message_is_read_as_far_as_is_said() -> None:
    assert as_far_as_read("short") == "short"
    english = "hello world " * 10_000
    read = as_far_as_read(english)
    assert READ_CHARACTERS - 100 < len(read) <= READ_CHARACTERS
    assert set(words(read)) == {"hello", "world"}, "no word is cut"
    assert len(as_far_as_read("天" * 60_000)) == READ_CHARACTERS
    assert len(as_far_as_read("a" * 60_000)) == READ_CHARACTERS


def test_it_is_known_how_much_was_not_read(reader: Reader) -> None:
    assert reader.read("hello " * 10).unread == 0
    message = "a " * 30_000
    assert reader.read(message).unread == len(message) - len(as_far_as_read(message))


def test_a_word_of_a_megabyte_is_a_word_of_bounded_length() -> None:
    assert [len(word) for word in words("a" * 1_000_000)] == [LONGEST_WORD]
    assert [len(word) for word in words("e" + "\u0301" * 100_000)] == [LONGEST_WORD]


def test_prefixes_are_looked_up_only_as_far_as_the_longest_pattern(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = " ".join(f"w{n}" for n in range(400))
    intents = Intents((Intent("a", ("hi you", longest), ("r",)), Intent("b", ("x",), ("r",))), None)
    reader = Reader(*network, intents)
    asked: list[int] = []
    known = reader.patterns._known

    def asking(read: tuple[str, ...], together: str) -> Known | None:
        asked.append(len(read))
        return known(read, together)

    monkeypatch.setattr(reader.patterns, "_known", asking)
    found = reader.known_prefixes(words(longest + " and more" * 1_000))
    assert asked == list(range(1, 401)) and len(found) == 2_400
    assert [place for place, one in enumerate(found) if one is not None] == [399]


def test_a_trace_of_a_long_message_says_what_the_answer_rests_on(reader: Reader) -> None:
    reading = reader.read(LONG)
    traced = trace(reader, reading)
    assert len(traced.words) == len(traced.answers) == len(traced.hidden) == KEPT_WORDS
    assert traced.further == len(MANY) - KEPT_WORDS and not traced.is_whole
    assert traced.final_answer is not None
    assert traced.final_answer.intent == reading.prediction.intent
    assert f"and {traced.further:,} more words" in as_lines(traced)[-1]
    assert traced.final_answer.intent in as_lines(traced)[-1]


def test_a_trace_of_a_short_message_ends_with_its_answer(reader: Reader) -> None:
    traced = trace(reader, reader.read("tell me something"))
    assert traced.is_whole and traced.final_answer is not None
    assert traced.final_answer.intent == traced.answers[-1].intent
    assert traced.final_answer.confidence == pytest.approx(traced.answers[-1].confidence, abs=1e-5)
    assert "more words" not in as_lines(traced)[-1]
    nothing = trace(reader, reader.read(""))
    assert nothing.final_answer is None and nothing.is_whole


def test_an_explanation_of_a_long_message_is_of_its_last_state(reader: Reader) -> None:
    reading, patterns = reader.read(LONG), PatternStates(reader)
    explained = explain(reader, reading, patterns)
    logits = reader.classifier.logits(reading.last.hidden)
    assert explained.answer == reader.classifier.intents[int(logits.argmax())]
    assert explained.shares is None and explained.decided_at is None
    assert explained.nearest == patterns.nearest(reading.last.hidden)
    if explained.gates is not None:
        assert {use.left for use in explained.gates} == {None}
    sentences = as_sentences(explained)
    assert len(sentences) < KEPT_WORDS + 10
    assert any(f"{len(MANY) - KEPT_WORDS:,} more words" in sentence for sentence in sentences)
    assert as_json(explained)["words_read"] == len(MANY)


def test_single_swaps_are_tried_only_in_short_messages(reader: Reader) -> None:
    patterns = PatternStates(reader)
    short = explain(reader, reader.read("tell me a joke"), patterns)
    middle = explain(reader, reader.read(" ".join(MANY[: SWAPPED_WORDS + 1])), patterns)
    assert compare(reader, short, short).swaps_tried
    assert not compare(reader, short, middle).swaps_tried
