"""DeepPavlov's intent_catcher: `{"intent": ["regular expression", …]}`, or plain examples.

Where no text has what only expressions have, all are plain: `c++ course` and `[x] or $`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.formats.answers import answers_messages
from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded
from chatbot.intents import best

_OPTIONAL_GROUP = re.compile(r"\(([^()]*)\)\?")
_PLAIN = re.compile(r"[^\\*+\[\]{}^$]*")
"""An expression without regex syntax, once groups are expanded and `^` and `$` removed."""
_SIGNS = (
    r"\\[A-Za-z.?*+()\[\]]|\.[*+]|\(\?|\)[?*+]|\([^()|]*\||\[[\w-]{0,30}\w-\w[\w-]{0,30}\]"
    r"|\{\d{1,6},?\d{0,6}\}|^\^"
)
_CERTAIN = re.compile(_SIGNS)
"""What a phrase hardly has: `\\b`, `.*`, `(?:`, `)?`, `(a|`, `[a-z]`, `{2}`, `^` at the start."""
_EXPRESSION = re.compile(_SIGNS + r"|\S\$$")
"""The same, and a `$` at the end, which may be a price where nothing else is an expression."""


def _recognises(document: Document) -> bool:
    # {"intents": ["GUILDS", …]} is the settings of a Discord bot, not an intent of that name; and
    # {"questions": […], "answers": […]} are the two columns of a table.
    data = document.object
    if not data or "intents" in data or (best(data, "patterns") and best(data, "responses")):
        return False
    return all(
        isinstance(texts, list) and texts and all(isinstance(text, str) for text in texts)
        for texts in data.values()
    ) and not answers_messages(data)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        items = document.object.items()
        has_expressions = any(_CERTAIN.search(e.strip()) for _, texts in items for e in texts)
        for name, expressions in items:
            are = [has_expressions and _EXPRESSION.search(e.strip()) for e in expressions]
            texts = [
                text
                for e, is_one in zip(expressions, are, strict=True)
                for text in (_texts(e, into) if is_one else [e])
            ]
            into.add(name, texts)


def _texts(expression: str, into: Gathering) -> list[str]:
    """Return what an expression of words, groups and alternatives matches; others are left out."""
    simple = expression.strip().removeprefix("^").removesuffix("$")
    simple = (
        simple.replace("\\.?", "")
        .replace("\\??", "")
        .replace("\\?", "?")
        .replace("\\.", ".")
        .replace("(?:", "(")
    )
    if not _PLAIN.fullmatch(simple):
        into.note("regular expressions were left out", 1, [expression])
        return []
    return expanded(_OPTIONAL_GROUP.sub(r"[\1]", simple), {}, into)


FORMAT = Format("DeepPavlov", _recognises, _read, is_project=False)
