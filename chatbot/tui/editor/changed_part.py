"""Which part of a text changed: what an edit of the document replaces, and where undo leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Location = tuple[int, int]
"""Row and column, from 0, as a TextArea counts them."""


class ChangedPart(NamedTuple):
    """Replacing what stands from `start` to `end` of the old text by `insert` gives the new one."""

    start: Location
    end: Location
    insert: str


def changed_part(old: Sequence[str], new: Sequence[str]) -> ChangedPart | None:
    """Compare the lines of two texts, neither of which is without any; None if they are equal."""
    if list(old) == list(new):
        return None
    shorter = min(len(old), len(new))
    # At least one line of each is left over: a part begins and ends within lines.
    above = _alike(old, new, shorter - 1)
    below = _alike(old[::-1], new[::-1], shorter - 1 - above)
    removed, added = old[above : len(old) - below], new[above : len(new) - below]
    room = min(len(removed[0]), len(added[0]))
    left = _alike(removed[0], added[0], room)
    one_line = len(removed) == 1 or len(added) == 1
    room = min(len(removed[-1]), len(added[-1])) - (left if one_line else 0)
    right = _alike(removed[-1][::-1], added[-1][::-1], room)
    last = above + len(removed) - 1
    inserted = list(added)
    inserted[-1] = inserted[-1][: len(inserted[-1]) - right]
    inserted[0] = inserted[0][left:]
    return ChangedPart((above, left), (last, len(removed[-1]) - right), "\n".join(inserted))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as a TextArea has them: there is always one."""
    behind_break = not text or text.endswith(("\n", "\r"))
    return [*text.splitlines(), ""] if behind_break else text.splitlines()


def _alike(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Return how many items, `most` at the most, two sequences have in common at their start."""
    count = 0
    while count < most and one[count] == other[count]:
        count += 1
    return count
