"""Writes Rasa's YAML: `nlu` with the patterns, `responses` with the replies."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from chatbot.common import N_
from chatbot.formats.annotations import is_annotated
from chatbot.formats.dialects import FALLBACK_RESPONSES, STRIPPED
from chatbot.formats.writers.writing import (
    OUT_OF_SCOPE,
    Written,
    losses,
    outsiders,
    parts_of,
    written,
)
from chatbot.intents import SLOTS, Intent, Intents, Slot, annotated

VERSION = "3.1"
"""The version of Rasa's training data format."""

_BRACKETS = N_("patterns contain [text](like this), which Rasa reads as an entity")
_SLOT = re.compile(r"\{(" + "|".join(sorted(SLOTS)) + r")\}")


def write(intents: Intents) -> Written:
    """Return the intents as one file for Rasa's `data/` folder; the fallback is utter_default.

    An intent without patterns is left out, unless it is the fallback.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """A dumper of our own: how it writes texts is changed below."""

    def represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))

    Dumper.add_representer(str, represent)
    notes = losses(intents, slots=False)
    data: dict[str, Any] = {"version": VERSION, "nlu": [], "responses": {}}
    for intent in intents.trainable:
        said = tuple(_marked(intent, text) for text in intent.patterns)
        plain = [text for text, own in zip(said, intent.patterns, strict=True) if text == own]
        notes[_BRACKETS] += sum(map(is_annotated, plain))
        data["nlu"].append({"intent": intent.tag, "examples": _examples(said, notes)})
        _respond(data, f"utter_{intent.tag}", intent.responses, notes)
    if examples := outsiders(intents, notes):
        notes[_BRACKETS] += sum(map(is_annotated, examples))
        data["nlu"].append({"intent": OUT_OF_SCOPE, "examples": _examples(examples, notes)})
    for slot in intents.slots:
        data["nlu"] += _about(slot, notes)
    tags = {intent.tag for intent in intents.trainable}
    free = next((name for name in FALLBACK_RESPONSES if name not in tags), None)
    for intent in intents.intents:
        if intent is intents.fallback and free is not None:
            _respond(data, f"utter_{free}", intent.responses, notes)
        elif not intent.patterns:
            notes["intents without patterns were left out"] += 1
    if not data["responses"]:
        del data["responses"]
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=2**31)
    return written(text, notes)


def _style(text: str) -> str | None:
    """Return the YAML style of a text: plain, a block for lines, quotes for invisible characters.

    In YAML 1.1 some invisible characters are line ends, and PyYAML would write them as such.
    """
    if text.isprintable():
        return None
    return "|" if all(line.isprintable() for line in text.split("\n")) else '"'


def _examples(patterns: tuple[str, ...], notes: Counter[str]) -> str | list[dict[str, str]]:
    """Return patterns as lines, or as a list of texts if one of them does not fit on a line."""
    stripped = sum(pattern != pattern.strip(STRIPPED) for pattern in patterns)
    notes["patterns lose leading and trailing blanks and line ends"] += stripped
    if all(pattern.isprintable() for pattern in patterns):
        return "".join(f"- {pattern.strip(STRIPPED)}\n" for pattern in patterns)
    return [{"text": pattern} for pattern in patterns]


def _marked(intent: Intent, pattern: str) -> str:
    """Return a pattern with the values of slots as Rasa marks them."""
    return "".join(
        text if span is None else annotated.marked(text, span.slot, span.value)
        for text, span in parts_of(intent, pattern)
    )


def _about(slot: Slot, notes: Counter[str]) -> list[dict[str, Any]]:
    """Return what Rasa's training data says of the values of a slot."""
    notes["slots of a kind, such as date, need an extractor like Duckling in Rasa"] += bool(
        slot.kind
    )
    found: list[dict[str, Any]] = []
    if slot.values:
        texts = tuple(text for each in slot.values for text in each.texts)
        found.append({"lookup": slot.name, "examples": _examples(texts, notes)})
    for each in slot.values:
        if each.synonyms:
            found.append({"synonym": each.value, "examples": _examples(each.synonyms, notes)})
    if slot.regex:
        found.append({"regex": slot.name, "examples": _examples((slot.regex,), notes)})
    return found


def _respond(
    data: dict[str, Any], action: str, replies: tuple[str, ...], notes: Counter[str]
) -> None:
    """Add the replies of an action, if it has any."""
    if not replies:
        return
    data["responses"][action] = [{"text": reply} for reply in replies]
    slots = sum(len(_SLOT.findall(reply)) for reply in replies)
    notes["slots in replies, such as {time}, need slots of the same name in Rasa"] += slots
