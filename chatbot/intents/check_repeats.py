"""The check of what is there twice: a tag of two intents, a pattern in one of them or in two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from chatbot.common import _
from chatbot.intents.contexts import contexts_needed
from chatbot.intents.findings import Fix
from chatbot.intents.json_intent import tag_of, texts_of
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, error, name_of, warning


def repeated_tag_problems(items: list[Any]) -> Iterator[Problem]:
    """Find intents with the same tag."""
    first: dict[str, int] = {}
    for i, item in enumerate(items):
        tag = tag_of(item)
        if tag is not None and (other := first.setdefault(tag, i)) != i:
            message = _("the tag “{tag}” is already that of intent {number}").format(
                tag=tag, number=other + 1
            )
            remedy = _("Rename one, or put the patterns of both into one")
            fix = Fix("merge_tags", tag, items[i]["tag"])
            yield error(("intents", i, "tag"), message, remedy, tag, ("intents", other, "tag"), fix)


def repeated_pattern_problems(items: list[Any]) -> Iterator[Problem]:
    """Find patterns that are there twice, in one intent or in two.

    The same words may mean two things in two contexts: "yes". Numbers alone are kept of all
    patterns, everything else of those that seem to be there twice.
    """
    seen, twice = set[int](), set[int]()
    for item in items:
        needed = frozenset(contexts_needed(item))
        for _k, pattern in texts_of(item, "patterns"):
            number = hash((_same(pattern), needed))
            (twice if number in seen else seen).add(number)
    # Its intent's tag, itself, its place.
    first: dict[tuple[str, frozenset[str]], tuple[str, str, JsonPath]] = {}
    for i, item in enumerate(items) if twice else ():
        name = name_of(item, i)
        needed = frozenset(contexts_needed(item))
        for k, pattern in texts_of(item, "patterns"):
            same = _same(pattern)
            if hash((same, needed)) not in twice:
                continue
            path: JsonPath = ("intents", i, "patterns", k)
            other_name, other, other_path = first.setdefault((same, needed), (name, pattern, path))
            if other_path == path:
                continue
            if other_path[1] == i:
                message = (
                    _("“{pattern}” is there twice in “{intent}”")
                    if pattern == other
                    else _("“{pattern}”, like “{other}”, is there twice in “{intent}”")
                )
                remedy = _("Delete one")
            else:
                message = (
                    _("“{pattern}” is a pattern of “{first}” and of “{intent}”")
                    if pattern == other
                    else _(
                        "“{pattern}”, like “{other}”, is a pattern of “{first}” and of “{intent}”"
                    )
                )
                remedy = _("No model can tell them apart: keep it in one of them")
            message = message.format(pattern=pattern, other=other, first=other_name, intent=name)
            tag = tag_of(item)
            fix = None if tag is None else Fix("remove_pattern", tag, pattern)
            yield warning(path, message, remedy, tag, other_path, fix)


def _same(pattern: str) -> str:
    """Return a pattern without what does not tell it from another: case, blanks, composition."""
    same = " ".join(pattern.split()).casefold()
    return same if same.isascii() else unicodedata.normalize("NFC", same)
