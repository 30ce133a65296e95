"""Expands examples written as templates, and notes what was done: Padatious, LUIS, DeepPavlov."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatbot.formats.gathering import Gathering
from chatbot.formats.templates import (
    MOST_TEXTS,
    TemplateError,
    expand,
    fill,
    has_slot,
    is_only_slots,
)


def expanded(template: str, values: Mapping[str, Sequence[str]], into: Gathering) -> list[str]:
    """Return the texts of a template; a {slot} gets its values in turn, else its own name."""
    try:
        expansion = expand(template)
    except TemplateError as error:
        into.note(f"templates that cannot be read were left out: {error}")
        return []
    more = f"templates with more than {MOST_TEXTS} texts: {MOST_TEXTS} of each were taken"
    into.note(more, expansion.count > MOST_TEXTS)
    texts = []
    for turn, text in enumerate(expansion.texts):
        if is_only_slots(text):
            into.note("patterns that are only a placeholder were left out")
            continue
        into.note("placeholders in patterns were filled with a value or their name", has_slot(text))
        texts.append(fill(text, values, turn))
    return texts
