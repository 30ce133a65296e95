"""Patterns and intents that a model may mix up: near duplicates, overlaps, suspicious labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from chatbot.common import _
from chatbot.intents import Fix
from chatbot.quality.alike import Neighbours, neighbours
from chatbot.quality.embedded_patterns import EmbeddedPatterns, Pattern
from chatbot.quality.problems import Kind, Problem
from chatbot.quality.suspicious_labels import suspicions_among

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


@dataclass(frozen=True)
class Alike:
    """The nearest neighbours of every pattern, and the pairs across intents that are near."""

    patterns: Sequence[Pattern]
    found: Neighbours

    @classmethod
    def of(cls, given: EmbeddedPatterns) -> Alike:
        """Compare the embeddings of all patterns, which are what intents are told by."""
        numbers: dict[str, int] = {}
        intents = [numbers.setdefault(p.tag, len(numbers)) for p in given.patterns]
        groups = np.array(intents, dtype=np.int64)
        return cls(given.patterns, neighbours(given.by_model(), groups, NEAR))

    def near_duplicates(self) -> Iterator[Problem]:
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
            yield Problem(
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

    def overlaps(self) -> Iterator[Problem]:
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
                yield Problem(
                    Kind.OVERLAP,
                    tag,
                    None,
                    message.format(near=count, count=sizes[tag], intent=tag, other=other),
                    _("Merge the two, or add patterns that show the difference"),
                )


def misplaced(given: EmbeddedPatterns) -> Iterator[Problem]:
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
        yield Problem(
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
