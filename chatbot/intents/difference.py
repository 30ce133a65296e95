"""What an edit of the intents changed: tags, patterns and out-of-scope examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from chatbot.intents.types import Intents

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two states of an intents file."""

    added: tuple[str, ...]
    """Tags of intents that are new."""
    removed: tuple[str, ...]
    """Tags of intents that were removed."""
    renamed: tuple[tuple[str, str], ...]
    """Old and new tags of intents whose patterns mostly stayed."""
    patterns_added: tuple[tuple[str, str], ...]
    """Tags and patterns added to intents that existed before."""
    patterns_removed: tuple[tuple[str, str], ...]
    """Today's tags, and patterns removed from intents that still exist."""
    replies_changed: tuple[str, ...]
    """Tags of intents with other replies."""
    out_of_scope_added: tuple[str, ...] = ()
    """Out-of-scope examples that are new."""
    out_of_scope_removed: tuple[str, ...] = ()

    def now(self, tag: str) -> str:
        """Return today's name of an old tag."""
        return dict(self.renamed).get(tag, tag)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def difference_between(before: Intents, after: Intents) -> Difference:
    """Return what changed from `before` to `after`; ignoring the order."""
    old = {intent.tag: intent for intent in before.intents}
    new = {intent.tag: intent for intent in after.intents}
    names = renamed(
        {tag: intent.patterns for tag, intent in old.items()},
        {tag: intent.patterns for tag, intent in new.items()},
    )
    origin = {tag: names.get(tag, tag) for tag in new}
    kept = {tag: (old[origin[tag]], new[tag]) for tag in new if origin[tag] in old}
    stayed = {origin[tag] for tag in kept}
    return Difference(
        added=tuple(tag for tag in new if tag not in kept),
        removed=tuple(tag for tag in old if tag not in stayed),
        renamed=tuple((was, tag) for tag, was in names.items()),
        patterns_added=tuple(
            (tag, pattern)
            for tag, (was, is_) in kept.items()
            for pattern in _only_in(is_.patterns, was.patterns)
        ),
        patterns_removed=tuple(
            (tag, pattern)
            for tag, (was, is_) in kept.items()
            for pattern in _only_in(was.patterns, is_.patterns)
        ),
        replies_changed=tuple(
            tag
            for tag, (was, is_) in kept.items()
            if (was.responses, was.conditional, was.action, was.entries)
            != (is_.responses, is_.conditional, is_.action, is_.entries)
        ),
        out_of_scope_added=_only_in(after.out_of_scope, before.out_of_scope),
        out_of_scope_removed=_only_in(before.out_of_scope, after.out_of_scope),
    )


def _only_in(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    if these == those:
        return ()
    there = set(those)
    return tuple(text for text in these if text not in there)


def renamed(
    before: Mapping[str, Collection[K]], after: Mapping[str, Collection[K]]
) -> dict[str, str]:
    """Return the old tags of renamed intents by their new ones.

    A new intent counts as a renamed one if more than half of its patterns belonged to one that was
    removed; if two do, the one with more of these patterns.
    """
    origin = {
        pattern: tag for tag, patterns in before.items() if tag not in after for pattern in patterns
    }
    claims: list[tuple[int, str, str]] = []
    for tag, patterns in after.items():
        if tag in before:
            continue
        shared = Counter(origin[pattern] for pattern in patterns if pattern in origin)
        claims += [(n, tag, was) for was, n in shared.items() if 2 * n > len(patterns)]
    found: dict[str, str] = {}
    for _, tag, was in sorted(claims, key=lambda claim: -claim[0]):
        if was not in found.values():
            found[tag] = was
    return found
