"""DeepPavlov's intent_catcher: `{"intent": ["regular expression", …]}`, or plain examples."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded

_OPTIONAL_GROUP = re.compile(r"\(([^()]*)\)\?")
_PLAIN = re.compile(r"[^\\*+\[\]{}^$]*")
"""An expression without regex syntax, once groups are expanded and `^` and `$` removed."""


def _recognises(document: Document) -> bool:
    # {"intents": ["GUILDS", …]} is the settings of a Discord bot, not an intent of that name.
    return (
        bool(document.object)
        and "intents" not in document.object
        and all(
            isinstance(texts, list) and texts and all(isinstance(text, str) for text in texts)
            for texts in document.object.values()
        )
    )


def _read(documents: Sequence[Document], into: Gathering) -> None:
    for document in documents:
        document.refuse_repeated_keys()
        for name, expressions in document.object.items():
            texts = [text for e in expressions for text in _texts(e, into)]
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
        into.note("regular expressions were left out")
        return []
    return expanded(_OPTIONAL_GROUP.sub(r"[\1]", simple), {}, into)


FORMAT = Format("DeepPavlov", _recognises, _read, is_project=False)
