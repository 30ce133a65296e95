"""fastText's training data: a line per text, with `__label__greet` before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering

_LABEL = "__label__"
_LINE = re.compile(r"__label__(\S+)[ \t]*(.*)")
_MORE = re.compile(r"__label__\S+")


def _recognises(document: Document) -> bool:
    lines = [line for line in document.text.split("\n") if line.strip()]
    return bool(lines) and all(line.startswith(_LABEL) for line in lines)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        for line in filter(str.strip, document.text.split("\n")):
            found = _LINE.fullmatch(line.strip())
            if found is None:
                into.note("lines without a label were left out", 1, [line])
                continue
            others = _MORE.findall(found[2])
            into.note("labels after the first were left out", len(others), others)
            into.add(found[1], [_MORE.sub("", found[2]).strip()])


FORMAT = Format("fastText", _recognises, _read)
