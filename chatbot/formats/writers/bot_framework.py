"""Writes a .lu file of Microsoft's Bot Framework: intents and utterances, without replies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from chatbot.formats.naming import unique
from chatbot.formats.writers.slots import entity_names, note_losses
from chatbot.formats.writers.writing import Written, losses, parts_of, written
from chatbot.intents import Intent, Intents, Slot, SlotKind

_NONE = "None"
"""LUIS's own intent of what is out of scope."""
_SYNTAX = re.compile(r"[\\{}()\[\]|@]")
_LINE_ENDS = re.compile(r"[\n\r]+")
_NO_ENTITY = re.compile(r"[^\w-]+")
_KINDS: dict[SlotKind, str] = {
    "number": "number", "date": "datetimeV2", "time": "datetimeV2", "duration": "datetimeV2",
    "money": "currency", "email": "email", "url": "url", "phone": "phonenumber",
}  # fmt: skip


def write(intents: Intents) -> Written:
    """Return the patterns as one file; brackets, which mark entities there, get a backslash."""
    notes = losses(intents, slots=False)
    entities = entity_names(intents.slots, _NO_ENTITY)
    note_losses(intents, entities, notes)
    lines = ["> !# @app.name = Chatbot"]
    names: set[str] = set()
    for intent in intents.intents:
        notes["replies were left out: a .lu file has no place for them"] += len(intent.responses)
        if not intent.patterns:
            notes["intents without patterns were left out"] += 1
            continue
        name = unique(_LINE_ENDS.sub(" ", intent.tag).replace("\0", "").strip("# ?\t"), names)
        names.add(name)
        notes["tags were changed: they are one line, and do not begin with # or ?"] += (
            name != intent.tag
        )
        lines += ["", f"# {name}", *_items(intent, entities, notes)]
    if intents.out_of_scope:
        lines += ["", f"# {_NONE}", *_items(Intent("", intents.out_of_scope), {}, notes)]
    for slot in intents.slots:
        lines += ["", *_entity(slot, entities[slot.name], notes)]
    return written("\n".join(lines) + "\n", notes)


def _items(intent: Intent, entities: Mapping[str, str], notes: Counter[str]) -> Iterable[str]:
    """Yield patterns as lines of a list, with their values labelled."""
    for pattern in intent.patterns:
        if "\0" in pattern:
            notes["patterns with a null character were left out"] += 1
            continue
        text = _LINE_ENDS.sub(" ", pattern).strip()
        notes["patterns are one line without blanks around it"] += text != pattern
        if text != pattern:
            yield "- " + _escaped(text)
            continue
        said = ""
        for part, span in parts_of(intent, pattern):
            fits = span is not None and not _SYNTAX.search(part)
            notes["marks of values with brackets were left out"] += span is not None and not fits
            said += f"{{@{entities[span.slot]}={part}}}" if span and fits else _escaped(part)
        yield "- " + said


def _escaped(text: str) -> str:
    return _SYNTAX.sub(lambda sign: "\\" + sign[0], text)


def _entity(slot: Slot, name: str, notes: Counter[str]) -> Iterable[str]:
    """Yield the lines that define an entity: a list, an expression, or one that is learned."""
    if slot.kind is not None:
        yield f"@ prebuilt {_KINDS[slot.kind]}"
        yield f"@ ml {name} usesFeature {_KINDS[slot.kind]}"
    elif slot.values:
        yield f"@ list {name} ="
        for each in slot.values:
            words = [_LINE_ENDS.sub(" ", text).strip() for text in each.texts]
            notes["values of slots are one line, without a colon at the end"] += (
                words[0].rstrip(": ") != each.value
            )
            yield f"\t- {words[0]} :"
            yield from (f"\t\t- {text}" for text in words[1:])
    elif slot.regex:
        yield f"@ regex {name} /{_LINE_ENDS.sub(' ', slot.regex)}/"
    else:
        yield f"@ ml {name}"
