"""Expands examples written as templates, and notes what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chatbot.formats.gathering import Gathering
from chatbot.formats.templates import (
    MOST_TEXTS,
    Row,
    TemplateError,
    expand,
    fill,
    has_slot,
    is_only_slots,
)

MOST_EXPANDED = 200_000
"""Texts that all templates of an import give before each gives one: a page of them is enough for
millions."""

_MOST_SHOWN = 60
"""Characters of a template in a note."""


def expanded(
    template: str | Row, values: Mapping[str, Sequence[str]], into: Gathering
) -> list[str]:
    """Return the texts of a template; a {slot} gets its values in turn, else its own name."""
    most = MOST_TEXTS if into.expanded < MOST_EXPANDED else 1
    try:
        expansion = expand(template, most)
    except TemplateError as error:
        unreadable(template if isinstance(template, str) else "", error, into)
        return []
    if most == 1:
        what = "templates beyond {most} texts: one text of each was taken"
        limit = MOST_EXPANDED
    else:
        what = "templates with more than {most} texts: {most} of each were taken"
        limit = MOST_TEXTS
    into.note(what, expansion.count > most, expansion.texts[:1], most=f"{limit:,}")
    into.expanded += len(expansion.texts)
    return filled(expansion.texts, values, into)


def unreadable(template: str, error: TemplateError, into: Gathering) -> None:
    """Note a template that cannot be read."""
    what = "templates that cannot be read were left out: {reason}"
    into.note(what, 1, [template[:_MOST_SHOWN]] if template else (), reason=error)


def filled(texts: Iterable[str], values: Mapping[str, Sequence[str]], into: Gathering) -> list[str]:
    """Return texts with each {slot} filled by its values in turn, which are marked.

    One without values gets its own name.
    """
    for name, some in values.items():
        into.entities.declare(name, some)
    found = []
    for turn, text in enumerate(texts):
        if is_only_slots(text):
            into.note("patterns that are only a placeholder were left out", 1, [text])
            continue
        into.note(
            "placeholders in patterns were filled with a value or their name",
            has_slot(text),
            [text],
        )
        found.append(fill(text, values, turn, into.entities.mark))
    return found
