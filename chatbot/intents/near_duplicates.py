"""Questions that are almost the same, in different intents: they are offered for merging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chatbot.common import _
from chatbot.intents.findings import Fix
from chatbot.intents.function_words import ASKING_WORDS, FUNCTION_WORDS
from chatbot.intents.problems import Problem, warning
from chatbot.words import bare, spoken, words

MOST_PATTERNS = 3
"""Patterns of an intent up to which it counts as a question with its answer. Intents with more are
meant to differ, and what is near in them the model tells (`chatbot.quality`)."""

SHARED = 0.5
"""Share of the words of two questions that both must have (Jaccard), besides those that matter."""


MOST_COMPARED = 20
"""Questions of the same telling words that one is compared with."""


class NearDuplicate(NamedTuple):
    """Two questions that differ only in words that say little."""

    place: int
    """Of the later one's intent."""
    pattern: str
    number: int
    """Of the pattern in its intent."""
    other_place: int
    other: str
    other_number: int


def alike_questions(intents: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[NearDuplicate]:
    """Yield near-duplicates across intents, each later question once.

    `intents` holds the patterns of each intent with their indices, by its place in the file. Takes
    time in proportion to the patterns.
    """
    seen: dict[frozenset[str], list[tuple[frozenset[str], int, int, str]]] = {}
    for place, patterns in intents.items():
        if len(patterns) > MOST_PATTERNS:
            continue
        for index, text in patterns:
            said = spoken(words(text))
            every = frozenset(map(bare, said))
            telling = frozenset(bare(w) for w in said if _matters(w))
            if not any(word not in FUNCTION_WORDS for word in said):
                continue
            same = seen.setdefault(telling, [])
            for other_words, other_place, other_index, other in same[:MOST_COMPARED]:
                if other_place == place or other_words == every:
                    continue  # the same words in two intents are another finding
                if len(every & other_words) >= SHARED * len(every | other_words):
                    yield NearDuplicate(place, text, index, other_place, other, other_index)
                    break
            same.append((every, place, index, text))


def _matters(word: str) -> bool:
    return word in ASKING_WORDS or word not in FUNCTION_WORDS


def near_duplicate_problems(
    intents: Mapping[int, tuple[str, Sequence[tuple[int, str]]]],
) -> Iterator[Problem]:
    """Yield a warning for each, with the remedy to merge; `intents` as in `alike_questions`."""
    found = alike_questions({place: patterns for place, (_, patterns) in intents.items()})
    for near in found:
        tag, other = intents[near.place][0], intents[near.other_place][0]
        if tag == other:
            continue
        yield warning(
            ("intents", near.place, "patterns", near.number),
            _("“{one}” of “{tag}” and “{two}” of “{other}” are almost the same").format(
                one=near.pattern, tag=tag, two=near.other, other=other
            ),
            _("Merge “{tag}” into “{other}”, or say what is different").format(
                tag=tag, other=other
            ),
            tag,
            ("intents", near.other_place, "patterns", near.other_number),
            Fix("merge_intents", tag, near.pattern, other),
        )
