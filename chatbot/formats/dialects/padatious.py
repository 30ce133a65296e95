"""Padatious (Mycroft, OVOS): a folder with one `name.intent` per intent, one example per line.

A `.dialog` file of the same name holds the replies. Folders may be named after languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded
from chatbot.formats.templates import TemplateError, expand

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$")
_ANYTHING = re.compile(r"(?<!\S):0(?!\S)")
"""Padatious's placeholder for any words."""
_KINDS = {".intent", ".entity", ".dialog"}


def _recognises(document: Document) -> bool:
    # The file's name is the intent's; outside of a folder such lines could be anything.
    return bool(document.inside) and document.path.suffix in _KINDS


def _read(documents: Sequence[Document], into: Gathering) -> None:
    texts: Counter[str] = Counter()
    for document in documents:
        if document.path.suffix == ".intent" and (name := _language(document)):
            texts[name] += len(_lines(document))
    language = into.language(texts) if texts else None
    chosen = [d for d in documents if _language(d) in (language, "")]
    by_kind = {
        kind: {d.path.stem: _lines(d) for d in chosen if d.path.suffix == kind} for kind in _KINDS
    }
    values = by_kind[".entity"]
    for name, lines in by_kind[".intent"].items():
        patterns = [text for line in lines for text in expanded(line, values, into)]
        replies = [r for line in by_kind[".dialog"].get(name, []) for r in _reply(line, into)]
        into.add(name, patterns, replies)
    into.note("entities were left out", len(values))
    without = by_kind[".dialog"].keys() - by_kind[".intent"].keys()
    into.note("dialogs of no intent were left out", len(without))


def _reply(line: str, into: Gathering) -> list[str]:
    """Return the texts of a line of dialog. Its {slots} stay: a reply is not an example."""
    try:
        return list(expand(line).texts)
    except TemplateError as error:
        into.note(f"templates that cannot be read were left out: {error}")
        return []


def _language(document: Document) -> str:
    """Return the innermost folder name that looks like a language, else the empty text."""
    folders = reversed(document.path.parts[:-1])
    return next((name for name in folders if _LANGUAGE.match(name)), "")


def _lines(document: Document) -> list[str]:
    lines = [_ANYTHING.sub("", line).strip() for line in document.text.split("\n")]
    return [line for line in lines if line and not line.startswith(("//", "#"))]


FORMAT = Format("Padatious", _recognises, _read)
