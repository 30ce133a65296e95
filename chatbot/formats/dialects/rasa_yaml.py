"""Rasa's YAML: `nlu`, `responses`, and the actions that follow an intent in stories."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from chatbot.common import _
from chatbot.formats.documents import Document
from chatbot.formats.format import names_in, objects, size, string, yaml_texts
from chatbot.formats.gathering import Gathering
from chatbot.formats.yaml_text import YamlObject

if TYPE_CHECKING:
    from chatbot.formats.dialects.rasa import Project

_KEY = re.compile(r"^(nlu|responses|templates|stories|rules)[ \t]*:", re.MULTILINE)
_DOMAIN = re.compile(r"^intents[ \t]*:", re.MULTILINE)
_ACTIONS = re.compile(r"^(actions|session_config|slots|entities|forms)[ \t]*:", re.MULTILINE)
_NLU_KEYS = {"intent", "synonym", "regex", "lookup"}
_DOMAIN_KEYS = {"actions", "session_config", "slots", "entities", "forms", "responses"}
_ACTION = re.compile(r"utter_|respond_|action_")
_BROKEN_DATA = re.compile(
    r"^nlu[ \t]*:|^[ \t]*-[ \t]+intent[ \t]*:|^[ \t]*utter_[\w/]+[ \t]*:", re.MULTILINE
)
"""What a broken file must have to be Rasa's: `rules:` alone begins many kinds of files."""
STRIPPED = "\n\r "
"""What Rasa strips from both ends of an example."""

_ENTITY_KEYS = {"synonym", "regex", "lookup"}
_DOMAIN_NOT_CARRIED = {
    "stories": "stories were left out",
    "rules": "rules were left out",
    "slots": "slots were left out",
    "entities": "entities were left out",
    "forms": "forms were left out",
}
_RICH = {"buttons", "image", "attachment", "custom", "elements", "quick_replies"}


def recognises(document: Document) -> bool:
    """Tell whether this is Rasa's training data, stories or domain."""
    text = document.text
    if not (_KEY.search(text) or (_DOMAIN.search(text) and _ACTIONS.search(text))):
        return False
    if document.is_broken_yaml:
        return _BROKEN_DATA.search(text) is not None
    return any(isinstance(data, YamlObject) and _is_rasa(data) for data in document.yaml)


def _is_rasa(data: YamlObject) -> bool:
    """Tell whether the values of these common words are what Rasa has there."""
    nlu = data.get("nlu")
    if any(item.keys() & _NLU_KEYS for item in objects(nlu if isinstance(nlu, list) else [nlu])):
        return True
    if any("steps" in item for key in ("stories", "rules") for item in objects(data.get(key))):
        return True
    for key in ("responses", "templates"):
        if isinstance(data.get(key), dict) and any(map(_ACTION.match, data[key])):
            return True
    intents = data.get("intents")
    return (
        isinstance(intents, list)
        and bool(_DOMAIN_KEYS & data.keys())
        and not any(item.keys() & {"patterns", "examples"} for item in objects(intents))
    )


def read(document: Document, project: Project, into: Gathering) -> None:
    """Add the content of a file to a project."""
    for data in document.readable_yaml():
        if not isinstance(data, YamlObject):
            continue
        for item in _list(document, data, "nlu"):
            _read_nlu(document, item, project, into)
        for key in ("responses", "templates"):
            if isinstance(data.get(key), dict):
                for name, variants in data[key].items():
                    project.responses.setdefault(name, []).extend(_replies(variants, into))
        for key in ("stories", "rules"):
            for story in objects(data.get(key)):
                _follow(objects(story.get("steps")), project)
        for key, what in _DOMAIN_NOT_CARRIED.items():
            into.note(what, size(data.get(key)), names_in(data.get(key)))


def _list(document: Document, data: YamlObject, key: str) -> list[Any]:
    value = data.get(key) or []
    if not isinstance(value, list):
        remedy = _("Write a list: one line with a dash per intent")
        message = _("“{key}” is not a list").format(key=key)
        raise document.error(message, remedy, data.position)
    return value


def _read_nlu(document: Document, item: Any, project: Project, into: Gathering) -> None:
    """Read one item below nlu: an intent, or something about entities."""
    if not isinstance(item, YamlObject) or "intent" not in item:
        kind = next(iter(item.keys() & _ENTITY_KEYS), "") if isinstance(item, dict) else ""
        if not kind:
            into.note("other items below nlu were left out", 1, names_in([item]) or names_in(item))
            return
        about = {"synonym": project.synonyms, "regex": project.expressions}
        values = about.get(kind, project.lookups).setdefault(string(item[kind]).strip(), [])
        values += _examples(document, item, string(item[kind]), into)
        return
    name = string(item["intent"]).strip()
    if not name:
        message, remedy = _("an intent has no name"), _("Write one: - intent: greet")
        raise document.error(message, remedy, item.position)
    found = _examples(document, item, name, into)
    project.examples.setdefault(name, []).extend(found)


def _examples(document: Document, item: Any, name: str, into: Gathering) -> list[str]:
    """Return the examples of an item, as they are written."""
    examples = item.get("examples", "")
    if isinstance(examples, list):
        found = [text.strip(STRIPPED) for text in yaml_texts(examples)]
        noted = "metadata of examples was left out"
        about = [string(e.get("text")) for e in objects(examples) if "metadata" in e]
        into.note(noted, len(about), about)
    elif isinstance(examples, str):
        lines = [line.strip(STRIPPED) for line in examples.splitlines() if line.strip()]
        found = [line[1:].strip(STRIPPED) for line in lines if line.startswith("-")]
        others = [line for line in lines if not line.startswith("-")]
        into.note("lines without a dash among examples were left out", len(others), others)
    else:
        message = _("the examples of “{name}” are an object").format(name=name)
        remedy = _("Write `examples: |`, then one example per line")
        raise document.error(message, remedy, item.position)
    return found


def _replies(variants: Any, into: Gathering) -> list[str]:
    """Return the texts of a response; anything else in it is noted."""
    found = []
    for variant in variants if isinstance(variants, list) else [variants]:
        text = variant if isinstance(variant, str) else ""
        if isinstance(variant, dict):
            text = string(variant.get("text"))
            rich = len(variant.keys() & _RICH)
            into.note("buttons, images and the like in replies were left out", rich, [text])
            conditional = bool(variant.keys() & {"condition", "channel"})
            into.note("conditional replies are now always given", conditional, [text])
        found.append(text)
    return found


def _follow(steps: list[dict[str, Any]], project: Project) -> None:
    """Record which utter_… action comes right after each intent."""
    for step, after in pairwise(steps):
        intent, action = string(step.get("intent")), string(after.get("action"))
        if intent and action.startswith("utter_"):
            project.next_actions[intent].add(action)
