"""The health check of patterns: by their counts, the model's states and a cross-validation.

`chatbot.intents.check` finds what is wrong with the file; this check finds what makes the bot
answer worse than it could. All findings are warnings: people decide if two intents are the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from chatbot.common import _, ngettext, printable
from chatbot.intents import (
    START,
    Finding,
    Fix,
    Intents,
    JsonDocument,
    JsonPath,
    Position,
    Severity,
    count_of,
    sampled,
    tag_of,
)
from chatbot.quality import intent_tests
from chatbot.quality.alike import Neighbours, neighbours
from chatbot.quality.embedded_patterns import EmbeddedPatterns, Pattern, patterns_of
from chatbot.quality.suspicious_labels import suspicions_among
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

NEAR = 0.9
"""Cosine of embeddings from which two patterns of different intents are reported: in the default
file one pair, "What is short-term memory?" and "Explain long short-term memory". From .85 on there
are pairs that nobody would confuse ("Are you a machine?", "what machine are you on")."""

SURE = 0.55
"""Cosine by which another intent must be nearer for a pattern to be reported as out of place. From
.4 on `suspicions` names it, but a short pattern ("Why not" among those of "yes") is then often
right where it is. Counted in the default file with 5 % of the patterns moved, 12 times: of 261
reported 260 had been moved; of its own patterns none is reported."""

HOW_SURE = ((0.6, 0.99, 0.97), (-1.0, 0.99, 0.78))
"""From which cosine to the other intent on (first that applies): in what share of such findings
the pattern was in the wrong intent, and in what share the intent named was the right one."""

MOST_PAIRS = 50
"""Near-duplicates reported, the nearest first."""

OVERLAP = 0.4
"""Share of an intent's patterns whose nearest neighbour is of one other intent. In the default
file, where nobody would merge two, the largest is .32 ("What is my name?", "What's your name?")."""

LEAST_OVERLAP = 3
"""Patterns from which on it is an overlap: one of four may be chance."""

COMPARED = 40_000
"""Patterns up to which all are compared by a model; of a larger file a sample of as many."""

JUDGED = 10_000
"""The same without a model, where labels alone are judged."""


class Kind(StrEnum):
    """What a finding is about."""

    FEW_PATTERNS = "few_patterns"
    UNBALANCED = "unbalanced"
    NEAR_DUPLICATE = "near_duplicate"
    OVERLAP = "overlap"
    SUSPICIOUS_LABEL = "suspicious_label"
    WRONG = "wrong_in_cross_validation"
    NEVER_RIGHT = "never_right_in_cross_validation"


class _Problem(NamedTuple):
    """A finding whose place is still a tag and a pattern."""

    kind: Kind
    tag: str
    pattern: str | None
    """None for a finding about the whole intent."""
    message: str
    remedy: str
    fix: Fix | None = None


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
    problems = [*_counts(intents, given.patterns), *_suspicious_labels(given)]
    if reader is not None:
        reader = reader.with_intents(intents)
        alike = _Alike.of(given)
        problems += alike.near_duplicates()
        problems += alike.overlaps()
    if evaluated is not None:
        problems += _mistakes(evaluated)
    failed = () if reader is None else intent_tests.findings(document, reader)
    return tuple(sorted([*_placed(document, problems), *failed], key=lambda found: found.position))


def compared(intents: Intents, *, with_model: bool) -> int:
    """Return how many of the patterns `examine` compares with each other: of many a sample."""
    return count_of(sampled(intents, COMPARED if with_model else JUDGED))


def _counts(intents: Intents, read: Sequence[Pattern]) -> Iterator[_Problem]:
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
            yield _Problem(
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
            yield _Problem(
                Kind.UNBALANCED,
                tag,
                None,
                _("“{intent}” has {count} patterns where the median is {median:g}").format(
                    intent=tag, count=count, median=middle
                ),
                _("Add some") if count < middle else _("Add to the others, or split it"),
            )


def _mistakes(evaluated: Evaluated) -> Iterator[_Problem]:
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
        yield _Problem(
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
            yield _Problem(
                Kind.NEVER_RIGHT,
                intent.intent,
                None,
                message.format(count=intent.support, intent=intent.intent),
                _("Add patterns that say it in other words, or merge it into another intent"),
            )


@dataclass(frozen=True)
class _Alike:
    """The nearest neighbours of every pattern, and the pairs across intents that are near."""

    patterns: Sequence[Pattern]
    found: Neighbours

    @classmethod
    def of(cls, given: EmbeddedPatterns) -> _Alike:
        """Compare the embeddings of all patterns, which are what intents are told by."""
        numbers: dict[str, int] = {}
        intents = [numbers.setdefault(p.tag, len(numbers)) for p in given.patterns]
        groups = np.array(intents, dtype=np.int64)
        return cls(given.patterns, neighbours(given.by_model(), groups, NEAR))

    def near_duplicates(self) -> Iterator[_Problem]:
        """Yield patterns of different intents that have nearly the same embedding."""
        different = (
            pair
            for pair in self.found.pairs
            # The same words in two intents are found by the check of the file.
            if self.patterns[pair[1]].words != self.patterns[pair[2]].words
        )
        for cosine, i, j in islice(different, MOST_PAIRS):
            first, second = self.patterns[i], self.patterns[j]
            message = _(
                "“{pattern}” of “{intent}” and “{other_pattern}” of “{other}” are nearly the same "
                "to the model (cosine {cosine:.2f})"
            )
            yield _Problem(
                Kind.NEAR_DUPLICATE,
                second.tag,
                second.text,
                message.format(
                    pattern=second.text,
                    intent=second.tag,
                    other_pattern=first.text,
                    other=first.tag,
                    cosine=cosine,
                ),
                _("Reword one, or add patterns to both that show the difference"),
            )

    def overlaps(self) -> Iterator[_Problem]:
        """Yield pairs of intents where one's patterns are often nearest to the other's."""
        tags = [pattern.tag for pattern in self.patterns]
        sizes = Counter(tags)
        crossing = Counter(
            (tag, tags[first])
            for tag, first in zip(tags, self.found.nearest.tolist(), strict=False)
            if tag != tags[first]
        )
        for (tag, other), count in crossing.items():
            share = count / sizes[tag]
            back = crossing[other, tag] / sizes[other]
            # If two intents overlap both ways, only the one that overlaps more is reported.
            if back >= OVERLAP and crossing[other, tag] >= LEAST_OVERLAP:
                first = next(each for each in tags if each in (tag, other))
                if back > share or (back == share and first == other):
                    continue
            if share >= OVERLAP and count >= LEAST_OVERLAP:
                message = _(
                    "{near} of the {count} patterns of “{intent}” are nearest to one of “{other}”"
                )
                yield _Problem(
                    Kind.OVERLAP,
                    tag,
                    None,
                    message.format(near=count, count=sizes[tag], intent=tag, other=other),
                    _("Merge the two, or add patterns that show the difference"),
                )


def _suspicious_labels(given: EmbeddedPatterns) -> Iterator[_Problem]:
    """Yield patterns that all but certainly belong to another intent, and how sure that is."""
    for found in suspicions_among(given):
        if found.cosine - found.own_cosine < SURE:
            continue
        wrong, there = next((w, t) for least, w, t in HOW_SURE if found.cosine >= least)
        message = _(
            "“{pattern}” is in “{intent}”, but looks more like “{other}” (cosine {cosine:.2f} to "
            "its patterns, {own_cosine:.2f} to the others of “{intent}”)"
        )
        remedy = _(
            "Move it to “{other}” if that is what it means: of 100 such patterns in a trial "
            "{wrong:.0f} were misplaced, and {there:.0f} belonged there"
        )
        yield _Problem(
            Kind.SUSPICIOUS_LABEL,
            found.intent,
            found.pattern,
            message.format(
                pattern=found.pattern,
                intent=found.intent,
                other=found.other,
                cosine=found.cosine,
                own_cosine=found.own_cosine,
            ),
            remedy.format(other=found.other, wrong=wrong * 100, there=there * 100),
            Fix("move_pattern", found.intent, found.pattern, found.other),
        )


def _placed(document: JsonDocument | None, problems: list[_Problem]) -> tuple[Finding, ...]:
    """Turn names into positions and sort by them; an imported file has no text to point into."""
    if not problems:
        return ()
    places = {} if document is None else _paths(document.text)
    paths = [places.get((p.tag, p.pattern), ()) for p in problems]
    nowhere: dict[JsonPath, Position] = {(): START}
    positions = nowhere if document is None else document.locate(set(paths))
    findings = [
        Finding(
            Severity.WARNING,
            printable(problem.message),
            printable(problem.remedy),
            positions[path],
            printable(problem.tag),
            problem.kind.value,
            problem.fix,
        )
        for problem, path in zip(problems, paths, strict=True)
    ]
    return tuple(sorted(findings, key=lambda finding: finding.position))


def _paths(text: str) -> dict[tuple[str | None, str | None], JsonPath]:
    """Return where each intent's tag and each of its patterns stands in a valid file."""
    paths: dict[tuple[str | None, str | None], JsonPath] = {}
    for i, item in enumerate(json.loads(text)["intents"]):
        tag = tag_of(item)
        paths[tag, None] = ("intents", i, "tag")
        for k, pattern in enumerate(item.get("patterns", [])):
            paths[tag, pattern] = ("intents", i, "patterns", k)
    return paths
