"""Rasa 1's Markdown: `## intent:greet` and `- hello`, and its stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chatbot.formats.annotations import plain
from chatbot.formats.documents import Document
from chatbot.formats.gathering import Gathering

if TYPE_CHECKING:
    from chatbot.formats.dialects.rasa import Project

# All expect lines without trailing blanks: matching those too could take exponential time.
_SECTION = re.compile(r"^##[ \t]*(intent|synonym|regex|lookup)[ \t]*:(.*)", re.MULTILINE)
_ITEM = re.compile(r"[-*+]\s+(.*)")
_STORY_INTENT = re.compile(r"\*\s+(?!utter_)([\w/+-]+)\s*(?:\{.*\})?$")
_STORY_ACTION = re.compile(r"\s+-\s+(utter_[\w/]+)$")
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
        and any(_STORY_INTENT.match(line.rstrip()) for line in text.split("\n"))
        and any(_STORY_ACTION.match(line.rstrip()) for line in text.split("\n"))
    )


def read(document: Document, project: Project, into: Gathering) -> None:
    """Add examples, and the actions that follow an intent in stories, to a project."""
    text = _COMMENT.sub("", document.text)
    section = name = intent = ""
    for line in map(str.rstrip, text.split("\n")):
        if line.lstrip().startswith("#"):
            found = _SECTION.match(line.lstrip())
            section, name = (found[1], found[2].strip()) if found else ("story", "")
            intent = ""
            if section == "story" and line.lstrip().startswith("## "):
                into.note("stories were left out")
        elif section == "story" and (found := _STORY_INTENT.match(line)):
            intent = found[1]
        elif section == "story" and (found := _STORY_ACTION.match(line)):
            if intent:
                project.next_actions[intent].add(found[1])
            intent = ""
        elif found := _ITEM.match(line.lstrip()):
            if section == "intent":
                project.examples.setdefault(name, []).append(plain(found[1], into))
            else:
                into.note(_NOT_CARRIED.get(section, "other lines were left out"))
