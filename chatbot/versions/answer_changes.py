"""What a new model changes: the answers to patterns, to messages once typed, and to the tests.

Asked is the whole bot, as people ask it: patterns of its file are certain, the rest is up to the
network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal, TypeVar

from chatbot.intents import Difference, Intents, difference_between
from chatbot.words import words

if TYPE_CHECKING:
    from chatbot.conversation import Reader

Source = Literal["pattern", "typed", "test"]
Verdict = Literal["better", "worse", "changed"]

ORDER: tuple[Verdict, ...] = ("worse", "changed", "better")

MOST_PATTERNS = 2_000
"""Patterns asked, a fixed sample of more: those that need the network take 0.2 ms each."""

ASKED_ALONE = 400
"""Patterns that the networks are asked alone, for the report: a tenth of a second for both."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """A message with another answer than before."""

    message: str
    source: Source
    before: str | None
    """The tag of the answer, by its name of today; None for the fallback."""
    after: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A message that does not get the answer that must always hold."""

    message: str
    intent: str | None
    said: str | None
    place: int
    """Index in the file's `tests`."""


@dataclass(frozen=True, slots=True)
class AnswerChanges:
    """What became better and what worse."""

    patterns: int
    """Asked of both models; 0 where there was none before, and so for typed."""
    typed: int
    tests: int
    """Asked of the new model."""
    changes: tuple[Change, ...]
    """Worse ones first."""
    failed: tuple[FailedTest, ...]
    asked_alone: int
    """Patterns, a sample of many, that the networks were asked alone."""
    network_right_before: float | None
    """Share of these that the network before gets right, asked alone: of the bot a pattern
    is certain, whatever the network makes of it."""
    network_right: float
    """The same of the new one."""

    def count(self, verdict: Verdict) -> int:
        """Return how many changes are of a kind."""
        return sum(change.verdict == verdict for change in self.changes)

    @property
    def is_worse(self) -> bool:
        """Whether any answer got worse."""
        return self.count("worse") > 0


def failed_tests(reader: Reader) -> tuple[FailedTest, ...]:
    """Return the tests of the reader's own file that do not hold."""
    answers = [(test, reader.answer(test.message)) for test in reader.intents.tests]
    return tuple(
        FailedTest(test.message, test.intent, answer, place)
        for place, (test, answer) in enumerate(answers)
        if answer != test.intent
    )


def compare_answers(old: Reader | None, new: Reader, typed: Iterable[str] = ()) -> AnswerChanges:
    """Compare a bot with the one before it: another model, another file, or both.

    Patterns and tests of the new file say themselves what is right. Of the other messages nobody
    has said it: what got an answer and now gets the fallback is worse, the other way round better.
    Another answer than before is worse too, unless it is an intent that is new or has been given
    patterns, or the old one is gone: then somebody wanted a change.
    """
    labels = _labels(new.intents)
    must = {test.message: test.intent for test in new.intents.tests}
    patterns = _sample(
        [p for intent in new.intents.trainable for p in intent.patterns], MOST_PATTERNS
    )
    asked: dict[str, Source] = dict.fromkeys(must, "test")
    for message in patterns:
        asked.setdefault(message, "pattern")
    if old is not None:
        for message in typed:
            asked.setdefault(message, "typed")
    right: dict[str, str | None] = {**labels, **must}
    edit = difference_between(new.intents if old is None else old.intents, new.intents)
    changes = [] if old is None else list(_changes(old, new, edit, asked, right))
    changes.sort(key=lambda change: ORDER.index(change.verdict))
    alone = _sample(list(labels.items()), ASKED_ALONE)
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


def _changes(
    old: Reader,
    new: Reader,
    edit: Difference,
    asked: Mapping[str, Source],
    right: Mapping[str, str | None],
) -> Iterator[Change]:
    """Yield the messages that are answered otherwise than before."""
    for message, source in asked.items():
        answer = old.answer(message)
        before, after = (None if answer is None else edit.now(answer)), new.answer(message)
        if before == after:
            continue
        verdict = (
            _judged(before, after, right[message])
            if message in right
            else _guessed(before, after, edit, new.intents)
        )
        yield Change(message, source, before, after, verdict)


def _right_alone(
    reader: Reader, labelled: Sequence[tuple[str, str | None]], names: Mapping[str, str]
) -> float:
    """Return the share of labelled messages that the network alone gets right.

    `names` are today's tags of intents that it knows by another one.
    """
    right = 0
    for message, tag in labelled:
        steps = reader.recurrent.read(words(message))
        if steps:
            intent = reader.classifier.predict(steps[-1].hidden).intent
            right += names.get(intent, intent) == tag
    return round(right / len(labelled), 4) if labelled else 1.0


def _labels(intents: Intents) -> dict[str, str | None]:
    """Return the tag of every pattern; one that stands in two intents is no label."""
    found: dict[str, str | None] = {}
    twice = set()
    for intent in intents.trainable:
        for pattern in intent.patterns:
            if found.setdefault(pattern, intent.tag) != intent.tag:
                twice.add(pattern)
    return {pattern: tag for pattern, tag in found.items() if pattern not in twice}


def _judged(before: str | None, after: str | None, right: str | None) -> Verdict:
    """Judge a change where it is known what is right."""
    if after == right:
        return "better"
    return "worse" if before == right else "changed"


def _guessed(before: str | None, after: str | None, edit: Difference, now: Intents) -> Verdict:
    """Judge a change of a message that nobody has labelled."""
    if before is not None and now.by_tag(before) is None:
        return "changed"  # its intent was deleted: any answer is another one
    if after is None:
        return "worse"
    if before is None:
        return "better"
    taught = {tag for tag, _ in edit.patterns_added} | set(edit.added)
    return "changed" if after in taught else "worse"


def _sample(values: list[T], most: int) -> list[T]:
    """Return the values, or the same sample of many each time."""
    return values if len(values) <= most else Random(0).sample(values, most)
