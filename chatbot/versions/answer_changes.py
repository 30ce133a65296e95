"""What a new model changes: the answers to patterns, to messages typed before, and to the tests.

The whole bot is asked, as people ask it: patterns of its file are certain, the network decides the
rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal, TypeVar

from chatbot.common import as_far_as_read
from chatbot.intents import Difference, Intents, IntentTest, difference_between
from chatbot.words import words

if TYPE_CHECKING:
    from chatbot.conversation import Reader

Source = Literal["pattern", "typed", "test"]
Verdict = Literal["better", "worse", "changed"]

ORDER: tuple[Verdict, ...] = ("worse", "changed", "better")

MOST_PATTERNS = 2_000
"""Patterns asked, of more a fixed sample: those that need the network take 0.2 ms each."""

ASKED_ALONE = 400
"""Patterns for which the network alone is asked, for the report: 0.1 s for two networks."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """A message whose answer has changed."""

    message: str
    source: Source
    before: str | None
    """The tag of the answer, under its present name; None for the fallback."""
    after: str | None
    verdict: Verdict
    is_guess: bool = False
    """Whether the verdict is one: the file does not say what is right for the message."""


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A test of the intents file whose message gets another answer."""

    message: str
    intent: str | None
    said: str | None
    place: int
    """Index in the file's `tests`."""


@dataclass(frozen=True, slots=True)
class AnswerChanges:
    """Which answers became better and which worse."""

    patterns: int
    """Asked of both models; 0 where there was no model before, as for `typed`."""
    typed: int
    tests: int
    """Asked of the new model."""
    changes: tuple[Change, ...]
    """The worse ones first."""
    failed: tuple[FailedTest, ...]
    asked_alone: int
    """Patterns (of many a sample) for which the network alone was asked."""
    network_right_before: float | None
    """Share of these that the earlier network gets right. The bot gets every pattern right,
    whatever the network says."""
    network_right: float
    """The same for the new network."""

    def count(self, verdict: Verdict) -> int:
        """Return how many changes have this verdict."""
        return sum(change.verdict == verdict for change in self.changes)

    @property
    def is_worse(self) -> bool:
        """Whether any answer got worse."""
        return self.count("worse") > 0


def failed_tests(reader: Reader) -> tuple[FailedTest, ...]:
    """Return the tests of the reader's own file that do not hold."""
    answers = [(test, _answer(reader, test)) for test in reader.intents.tests]
    return tuple(
        FailedTest(test.asked, test.intent, answer, place)
        for place, (test, answer) in enumerate(answers)
        if answer != test.intent
    )


def compare_answers(old: Reader | None, new: Reader, typed: Iterable[str] = ()) -> AnswerChanges:
    """Compare a reader with the one before it: another model, another file, or both.

    Patterns and tests of the new file say what is right. For the other messages it is not known:
    one that was answered and now gets the fallback is worse, the opposite is better. A different
    answer is worse too, unless its intent is new or was given patterns, or the old intent was
    removed: then the change was wanted. So is a new fallback where out-of-scope examples are new.
    """
    labels = _labels(new.intents)
    alone_tests = [test for test in new.intents.tests if not test.is_in_conversation]
    must = {test.message: test.intent for test in alone_tests}
    patterns = _sample(
        [p for intent in new.intents.trainable for p in intent.patterns], MOST_PATTERNS
    )
    asked: dict[str, Source] = dict.fromkeys(must, "test")
    for message in patterns:
        asked.setdefault(message, "pattern")
    right: dict[str, str | None] = {**labels, **must}
    for message in typed if old is not None else ():
        # What somebody was corrected to is a pattern, typed with other capitals or signs too.
        known = new.known_pattern(words(message))
        asked.setdefault(message, "typed")
        if known is not None:
            right.setdefault(message, known.intent)
    edit = difference_between(new.intents if old is None else old.intents, new.intents)
    changes = [] if old is None else list(_changes(old, new, edit, asked, right))
    changes.sort(key=lambda change: ORDER.index(change.verdict))
    of_intents = [(text, tag) for text, tag in labels.items() if tag is not None]
    alone = _sample(of_intents, ASKED_ALONE)
    sources = list(asked.values())
    return AnswerChanges(
        patterns=0 if old is None else sources.count("pattern"),
        typed=sources.count("typed"),
        tests=len(new.intents.tests),
        changes=tuple(changes),
        failed=failed_tests(new),
        asked_alone=len(alone),
        network_right_before=None if old is None else _right_alone(old, alone, dict(edit.renamed)),
        network_right=_right_alone(new, alone, {}),
    )


def _answer(reader: Reader, test: IntentTest) -> str | None:
    """Return the tag of the intent that a test gets; None for the fallback.

    By itself a message gets what it gets at the beginning of a conversation: nothing is active.
    """
    if not test.is_in_conversation:
        return reader.within(()).answer(test.message)
    from chatbot.conversation import answer_after  # start-up: it needs NumPy

    return answer_after(reader, test.message, test.after, test.context)


def _changes(
    old: Reader,
    new: Reader,
    edit: Difference,
    asked: Mapping[str, Source],
    right: Mapping[str, str | None],
) -> Iterator[Change]:
    """Yield the messages whose answer has changed."""
    for message, source in asked.items():
        if source == "test":
            continue
        before, after = _now(old.answer(message), edit), new.answer(message)
        if before == after:
            continue
        if message in right:
            yield Change(message, source, before, after, _judged(before, after, right[message]))
        else:
            verdict = _guessed(before, after, edit, new.intents)
            yield Change(message, source, before, after, verdict, verdict != "changed")
    for test in dict.fromkeys(new.intents.tests):
        before, after = _now(_answer(old, test), edit), _answer(new, test)
        if before != after:
            verdict = _judged(before, after, test.intent)
            yield Change(test.asked, "test", before, after, verdict)


def _now(tag: str | None, edit: Difference) -> str | None:
    """Return an earlier answer under its present name."""
    return None if tag is None else edit.now(tag)


def _right_alone(
    reader: Reader, labelled: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> float:
    """Return the share of labelled messages that the network alone gets right.

    `names` are the present tags of intents that it knows by an older one.
    """
    read = [(words(as_far_as_read(message)), tag) for message, tag in labelled]
    known = [(message, tag) for message, tag in read if message]
    if not known:
        return 0.0 if labelled else 1.0
    states = reader.recurrent.final_states([message for message, _ in known])
    answers, _ = reader.classifier.surest(states)
    right = sum(names.get(a, a) == tag for a, (_, tag) in zip(answers, known, strict=True))
    return round(right / len(labelled), 4)


def _labels(intents: Intents) -> dict[str, str | None]:
    """Return the tag of every pattern, None for an out-of-scope example.

    A text of two intents, or of one and out of scope, has no label.
    """
    found: dict[str, str | None] = {}
    twice = set()
    texts = [(pattern, intent.tag) for intent in intents.trainable for pattern in intent.patterns]
    for text, tag in [*texts, *((text, None) for text in intents.out_of_scope)]:
        if found.setdefault(text, tag) != tag:
            twice.add(text)
    return {pattern: tag for pattern, tag in found.items() if pattern not in twice}


def _judged(before: str | None, after: str | None, right: str | None) -> Verdict:
    """Judge a change where it is known what is right."""
    if after == right:
        return "better"
    return "worse" if before == right else "changed"


def _guessed(before: str | None, after: str | None, edit: Difference, now: Intents) -> Verdict:
    """Judge a change where it is not known what is right."""
    if before is not None and now.by_tag(before) is None:
        return "changed"  # its intent was deleted, so the answer had to change
    if after is None:
        return "changed" if edit.out_of_scope_added else "worse"
    if before is None:
        return "better"
    taught = {tag for tag, _ in edit.patterns_added} | set(edit.added)
    return "changed" if after in taught else "worse"


def _sample(values: list[T], most: int) -> list[T]:
    """Return the values, or of many a sample, the same one each time."""
    return values if len(values) <= most else Random(0).sample(values, most)
