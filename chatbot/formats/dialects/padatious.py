"""Padatious (Mycroft, OVOS): a folder with one `name.intent` per intent, one example per line.

A `.dialog` file of the same name holds the replies. Folders may be named after languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from chatbot.formats.documents import Document
from chatbot.formats.format import Copies, Format
from chatbot.formats.gathering import MOST_EXAMPLES, Gathering
from chatbot.formats.slotted import expanded
from chatbot.formats.templates import TemplateError, expand

_REGION = re.compile(r"[a-z]{2,3}[-_][A-Za-z]{2,4}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ABOVE_LANGUAGES = {"locale", "locales", "vocab", "dialog", "regex", "res", "text"}
"""Folders whose subfolders are named after languages; elsewhere `ui` is no language."""
_ANYTHING = re.compile(r"(?<!\S):0(?!\S)")
"""Padatious's placeholder for any words."""
_KINDS = {".intent", ".entity", ".dialog"}
_VOCABULARY = ".voc"
"""Words of Adapt, the other engine, in which code puts intents together."""


def _recognises(document: Document) -> bool:
    # The file's name is the intent's; outside of a folder such lines could be anything.
    return bool(document.inside) and document.path.suffix in _KINDS | {_VOCABULARY}


def _read(documents: Sequence[Document], into: Gathering) -> None:
    texts: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for document in documents:
        if document.path.suffix == ".intent" and (name := _language(document)):
            texts[name] += len(_lines(document))
            examples.setdefault(name, _lines(document)[:MOST_EXAMPLES])
    language = into.language(texts, None, examples) if texts else None
    chosen = [d for d in documents if _language(d) in (language, "")]
    words = [d.path.name for d in chosen if d.path.suffix == _VOCABULARY]
    into.note("words of keyword intents (.voc) were left out", len(words), words)
    chosen = [document for document in chosen if document.path.suffix in _KINDS]
    by_kind: dict[str, dict[str, list[str]]] = {kind: {} for kind in _KINDS}
    for document in chosen:  # two skills may both have a stop.intent
        lines = by_kind[document.path.suffix].setdefault(document.path.stem, [])
        lines += _lines(document)
    values = by_kind[".entity"]
    for name, lines in by_kind[".intent"].items():
        patterns = [text for line in lines for text in expanded(line, values, into)]
        replies = [r for line in by_kind[".dialog"].get(name, []) for r in _reply(line, into)]
        into.add(name, patterns, replies)
    without = by_kind[".dialog"].keys() - by_kind[".intent"].keys()
    into.note("dialogs without an intent were left out", len(without), sorted(without))


def _reply(line: str, into: Gathering) -> list[str]:
    """Return the texts of a line of dialog. Its {slots} stay: a reply is not an example."""
    try:
        return list(expand(line).texts)
    except TemplateError as error:
        into.note("templates that cannot be read were left out: {reason}", 1, [line], reason=error)
        return []


def _language(document: Document) -> str:
    """Return the innermost folder that is named like a language, else the empty text."""
    folders = document.path.parts[:-1]
    for name in reversed(folders):
        if _REGION.fullmatch(name):
            return name
    for above, name in pairwise(("locale", *folders)):
        if above.casefold() in _ABOVE_LANGUAGES and _LANGUAGE.fullmatch(name):
            return name if name not in _ABOVE_LANGUAGES else ""
    return ""


def _lines(document: Document) -> list[str]:
    lines = [_ANYTHING.sub("", line).strip() for line in document.text.split("\n")]
    return [line for line in lines if line and not line.startswith(("//", "#"))]


FORMAT = Format("Padatious", _recognises, _read, copies=Copies.BY_NAME)
