"""Replies that no message can reach: intents none of whose patterns can be recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from chatbot.common import _
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, warning
from chatbot.words import spoken, words

Patterns = tuple[str, Sequence[str], Sequence[str]]
"""The tag of an intent, its patterns, and the contexts that it needs."""


def unreachable_problems(intents: Mapping[int, Patterns]) -> Iterator[Problem]:
    """Yield intents that are never the answer, or only by chance.

    `intents` holds each intent that has patterns, by its index in the file. Punctuation alone is no
    evidence for an intent, and a pattern of two intents in the same context is certain of neither.
    Of two intents with the same patterns the later one is reported.
    """
    keys = {
        place: {
            (read, frozenset(needed)) for pattern in patterns if (read := spoken(words(pattern)))
        }
        for place, (_, patterns, needed) in intents.items()
    }
    holders = Counter(key for own in keys.values() for key in own)
    for place in sorted(intents, reverse=True):
        tag, own = intents[place][0], keys[place]
        if not own:
            message = _("no pattern of “{intent}” has a word, so it is never the answer")
            remedy = _("Add 12 to 25 varied ones")
            path: JsonPath = ("intents", place, "patterns")
            yield warning(path, message.format(intent=tag), remedy, tag)
        elif all(holders[key] > 1 for key in own):
            holders.subtract(own)
            message = _(
                "every pattern of “{intent}” is also one of another intent, so its replies come "
                "by chance, if at all"
            )
            remedy = _("Give it patterns of its own, or merge it into the other")
            yield warning(("intents", place, "tag"), message.format(intent=tag), remedy, tag)
