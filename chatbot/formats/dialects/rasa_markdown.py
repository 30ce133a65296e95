"""Rasa 1's Markdown: `## intent:greet` and `- hello`, and its stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chatbot.formats.documents import Document
from chatbot.formats.gathering import Gathering

if TYPE_CHECKING:
    from chatbot.formats.dialects.rasa import Project

# All expect lines without trailing blanks: matching those too could take exponential time.
_SECTION = re.compile(r"^##[ \t]*(intent|synonym|regex|lookup)[ \t]*:(.*)", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*+]\s+|-(?=[^\s-]))(.*)")
_FENCED = re.compile(r"^```.*?(?:^```[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
"""A block of code: a README shows there what training data looks like."""
_STORY_INTENT = re.compile(r"\*\s+(?!utter_)([\w/+-]+)\s*(?:\{.*\})?$")
_STORY_ACTION = re.compile(r"\s+-\s+(utter_[\w/]+)$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_RETRIEVAL = re.compile(r"\*\s+([\w+-]+/[\w/+-]+)$")
_RESPONSE = re.compile(r"\s*-\s*(.*)")
_RESPONSE_LINE = re.compile(r"##\s|\*\s+[\w+-]+/[\w/+-]+$|\s+\S|-")
_STORY_STEP = re.compile(r"(?:utter|respond|action)_\w+$|\w+\{|\w+_form$")


def recognises(document: Document) -> bool:
    """Tell whether this is training data or a story in Rasa's Markdown."""
    text = _FENCED.sub("", document.text)
    lines = [line.rstrip() for line in text.split("\n")]
    return (
        _SECTION.search(text) is not None
        or (
            document.path.suffix == ".md"
            and any(map(_STORY_INTENT.match, lines))
            and any(map(_STORY_ACTION.match, lines))
        )
        or _are_responses(_COMMENT.sub("", text))
    )


def _are_responses(text: str) -> bool:
    """Tell whether this is the responses.md of Rasa 1: nothing but heads, `* faq/hours` and items.

    A README has other lines too; in a story, the items are names of actions.
    """
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if not all(map(_RESPONSE_LINE.match, lines)):
        return False
    items = [found[1] for line in lines if (found := _RESPONSE.match(line))]
    return (
        any(map(_RETRIEVAL.match, lines)) and bool(items) and not any(map(_STORY_STEP.match, items))
    )


def read(document: Document, project: Project, into: Gathering) -> None:
    """Add examples, and the actions that follow an intent in stories, to a project."""
    text = _COMMENT.sub("", _FENCED.sub("", document.text))
    if _SECTION.search(text) is None and _are_responses(text):
        _read_responses(text, project)
        return
    section = name = intent = ""
    about = {
        "synonym": project.synonyms,
        "regex": project.expressions,
        "lookup": project.lookups,
    }
    for line in map(str.rstrip, text.split("\n")):
        if line.lstrip().startswith("#"):
            found = _SECTION.match(line.lstrip())
            section, name = (found[1], found[2].strip()) if found else ("story", "")
            intent = ""
            if section == "story" and line.lstrip().startswith("## "):
                into.note("stories were left out", 1, [line.strip("# ")])
        elif section == "story" and (found := _STORY_INTENT.match(line)):
            intent = found[1]
        elif section == "story" and (found := _STORY_ACTION.match(line)):
            if intent:
                project.next_actions[intent].add(found[1])
            intent = ""
        elif found := _ITEM.match(line.lstrip()):
            if section == "intent":
                project.examples.setdefault(name, []).append(found[1])
            elif section in about:
                about[section].setdefault(name, []).append(found[1].strip())
            else:
                into.note("other lines were left out", 1, [found[1]])


def _read_responses(text: str, project: Project) -> None:
    """Add the replies of retrieval intents; an indented line goes on with the one before."""
    replies: list[str] = []
    for line in map(str.rstrip, text.split("\n")):
        if found := _RETRIEVAL.match(line):
            replies = project.responses.setdefault(f"utter_{found[1]}", [])
        elif line.startswith("#"):
            replies = []
        elif found := _RESPONSE.match(line):
            replies.append(found[1])
        elif line.strip() and replies:
            replies[-1] += f"\n{line.strip()}"
