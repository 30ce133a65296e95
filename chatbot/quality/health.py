"""The health check of patterns: by their counts, the model's states and a cross-validation.

`chatbot.intents.check` finds what is wrong with the file; this check finds what makes the bot
answer worse than it could. All findings are warnings: people decide if two intents are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from chatbot.common import _, ngettext
from chatbot.intents import (
    Finding,
    Intents,
    JsonDocument,
    count_of,
    sampled,
)
from chatbot.quality import intent_tests
from chatbot.quality.embedded_patterns import EmbeddedPatterns, Pattern, patterns_of
from chatbot.quality.mixed_up import Alike, misplaced
from chatbot.quality.problems import Kind, Problem, placed
from chatbot.words import letters

if TYPE_CHECKING:
    from chatbot.conversation import Reader
    from chatbot.quality.results import Evaluated

TOO_FEW = 5
"""Patterns below which an intent is reported: with 5 per intent the base is wrong half as often
again as with 10 (accuracy .835 against .89, docs/benchmarks.md)."""

UNBALANCED = 4
"""An intent with so many times more, or fewer, patterns than the median is reported. A convention,
not a measurement."""

COMPARED = 40_000
"""Patterns up to which all are compared by a model; of a larger file a sample of as many."""

JUDGED = 10_000
"""The same without a model, where labels alone are judged."""


def examine(
    document: JsonDocument | None,
    intents: Intents,
    reader: Reader | None = None,
    evaluated: Evaluated | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a valid intents file, by position; None is an imported file.

    `intents` is what the file says. `reader` brings the model whose states are compared, patterns
    that it has not learned among them. `evaluated` is the cross-validation of these intents.
    Without either: the counts, and what the pretrained base says.
    """
    some = sampled(intents, JUDGED if reader is None else COMPARED)
    given = EmbeddedPatterns(patterns_of(some), reader)
    problems = [*_counts(intents, given.patterns), *misplaced(given)]
    if reader is not None:
        reader = reader.with_intents(intents)
        alike = Alike.of(given)
        problems += alike.near_duplicates()
        problems += alike.overlaps()
    if evaluated is not None:
        problems += _mistakes(evaluated)
    failed = () if reader is None else intent_tests.findings(document, reader)
    return tuple(sorted([*placed(document, problems), *failed], key=lambda found: found.position))


def compared(intents: Intents, *, with_model: bool) -> int:
    """Return how many of the patterns `examine` compares with each other: of many a sample."""
    return count_of(sampled(intents, COMPARED if with_model else JUDGED))


def _counts(intents: Intents, read: Sequence[Pattern]) -> Iterator[Problem]:
    """Yield intents with few patterns, or with far fewer or more than the others.

    Of a large file, of which a sample was `read`, those of the same letters count as one.
    """
    if count_of(intents) > JUDGED:
        counts = {i.tag: len(set(letters(i.patterns)) - {""}) for i in intents.trainable}
    else:
        lines: dict[tuple[str, tuple[str, ...]], str] = {}
        for each in read:  # a line with a slot is one pattern, though it is learned as several
            lines.setdefault((each.tag, each.words), each.text)
        different = Counter(tag for tag, _line in {(key[0], line) for key, line in lines.items()})
        counts = {intent.tag: different[intent.tag] for intent in intents.trainable}
    middle = median(counts.values()) if counts else 0
    for tag, count in counts.items():
        if count < TOO_FEW:
            yield Problem(
                Kind.FEW_PATTERNS,
                tag,
                None,
                ngettext(
                    "“{intent}” has {count} different pattern",
                    "“{intent}” has {count} different patterns",
                    count,
                ).format(intent=tag, count=count),
                _("Add varied ones: 12 to 25 are good"),
            )
        elif count * UNBALANCED < middle or count > UNBALANCED * middle:
            yield Problem(
                Kind.UNBALANCED,
                tag,
                None,
                _("“{intent}” has {count} patterns where the median is {median:g}").format(
                    intent=tag, count=count, median=middle
                ),
                _("Add some") if count < middle else _("Add to the others, or split it"),
            )


def _mistakes(evaluated: Evaluated) -> Iterator[Problem]:
    """Yield what cross-validation gets wrong."""
    for answer in evaluated.wrong:
        message = (
            _(
                "a model that has not learned “{pattern}” takes it for “{other}” "
                "(confidence {confidence:.2f})"
            )
            if answer.in_scope
            else _(
                "a model that has not learned “{pattern}” takes it for “{other}” "
                "(confidence {confidence:.2f}, out of scope)"
            )
        )
        remedy = _("Add patterns like it to “{intent}”, or move it if it means the other")
        yield Problem(
            Kind.WRONG,
            answer.intent,
            answer.text,
            message.format(
                pattern=answer.text, other=answer.predicted, confidence=answer.confidence
            ),
            remedy.format(intent=answer.intent),
        )
    for intent in evaluated.intents:
        if intent.support and not intent.recall:
            message = _(
                "none of the {count} patterns of “{intent}” is recognised by a model that has not "
                "learned it, so only these exact words get its replies"
            )
            yield Problem(
                Kind.NEVER_RIGHT,
                intent.intent,
                None,
                message.format(count=intent.support, intent=intent.intent),
                _("Add patterns that say it in other words, or merge it into another intent"),
            )
