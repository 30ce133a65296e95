"""Entities listed beside a text, by their places in it: as most JSON formats have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatbot.formats.entities import Marked
from chatbot.formats.format import objects, string
from chatbot.formats.gathering import Gathering

NAMES = ("entity", "category", "slot", "name")
MEANINGS = ("value", "resolution")


def marks_in(
    entities: Any, start: str, end: str, into: Gathering, text: str, *, inclusive: bool = False
) -> list[Marked]:
    """Return the values of a text in a list of objects; those that do not fit it are noted.

    `start` and `end` are the keys of their places, `inclusive` says whether the end is the last
    character; "length" in place of an end is how long a value is.
    """
    found: list[Marked] = []
    strange: list[str] = []
    for each in objects(entities):
        name = next((string(each[key]) for key in NAMES if string(each.get(key))), "")
        begun, ended = each.get(start), each.get(end)
        if isinstance(begun, int) and isinstance(ended, int):
            ended = begun + ended if end == "length" else ended + inclusive
            means = next((string(each[k]) for k in MEANINGS if string(each.get(k))), "").strip('"')
            mark = Marked(begun, ended, name, means)
            if name and 0 <= begun < ended <= len(text) and text[begun:ended].strip():
                found.append(mark)
                continue
        strange.append(name)
    found = _apart(found)
    into.note(
        "entity annotations became plain text",
        len(objects(entities)) - len(found),
        strange or [text],
    )
    return found


def _apart(marks: Sequence[Marked]) -> list[Marked]:
    """Return marks that do not overlap: of an entity in another the longer one."""
    kept: list[Marked] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return kept
