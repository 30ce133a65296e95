"""Rasa 1's Markdown: `## intent:greet` and `- hello`, and its stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chatbot.formats.annotations import plain
from chatbot.formats.documents import Document
from chatbot.formats.imported import Gathering

if TYPE_CHECKING:
    from chatbot.formats.rasa import Project

_SECTION = re.compile(r"##\s*(intent|synonym|regex|lookup)\s*:\s*(.*?)\s*$", re.MULTILINE)
_ITEM = re.compile(r"\s*[-*+]\s+(.*?)\s*$")
_STORY_INTENT = re.compile(r"\*\s+(?!utter_)([\w/+-]+)\s*(?:\{.*\})?\s*$")
_STORY_ACTION = re.compile(r"\s+-\s+(utter_[\w/]+)\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_NOT_CARRIED = {
    "synonym": "entity synonyms were left out",
    "regex": "regular expressions were left out",
    "lookup": "lookup tables were left out",
}


def recognises(document: Document) -> bool:
    """Tell whether this is training data or a story in Rasa's Markdown."""
    if document.looks_like_json:
        return False
    text = document.text
    return _SECTION.search(text) is not None or (
        document.path.suffix == ".md"
        and any(_STORY_INTENT.match(line) for line in text.split("\n"))
        and any(_STORY_ACTION.match(line) for line in text.split("\n"))
    )


def read(document: Document, project: Project, into: Gathering) -> None:
    """Add examples, and what follows an intent in stories, to a project."""
    text = _COMMENT.sub("", document.text)
    section = name = intent = ""
    for line in text.split("\n"):
        if line.lstrip().startswith("#"):
            found = _SECTION.match(line.lstrip())
            section, name = (found[1], found[2]) if found else ("story", "")
            intent = ""
            if section == "story" and line.lstrip().startswith("## "):
                into.note("stories were left out")
        elif section == "story" and (found := _STORY_INTENT.match(line)):
            intent = found[1]
        elif section == "story" and (found := _STORY_ACTION.match(line)):
            if intent:
                project.next_actions[intent].add(found[1])
            intent = ""
        elif found := _ITEM.match(line):
            if section == "intent":
                project.examples.setdefault(name, []).append(plain(found[1], into))
            else:
                into.note(_NOT_CARRIED.get(section, "other lines were left out"))
