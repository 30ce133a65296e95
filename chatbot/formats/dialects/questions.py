"""Questions and answers: JSON or YAML of any nesting, dialogs and FAQ as plain text.

The commonest file of hobby bots has no intents, only pairs. `questions_data` and `questions_text`
find the pairs; `rows` makes intents of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.formats.dialects import questions_data, questions_text
from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import Row, gather

_ITEM = re.compile(r"^[ \t]*-[ \t]+(?:-[ \t]+)?\S", re.MULTILINE)
"""An item of YAML: then `question: …` is a key rather than a mark before a line."""


def _recognises(document: Document) -> bool:
    return questions_text.recognises(document) or questions_data.recognises(document)


def _is_text(document: Document) -> bool:
    """Tell whether to read a document as text: it is no YAML that merely looks like it."""
    return questions_text.recognises(document) and not (
        _ITEM.search(document.text) is not None and questions_data.recognises(document)
    )


def _read(documents: Sequence[Document], into: Gathering) -> None:
    rows: list[Row] = []
    for document in documents:
        kind = questions_text if _is_text(document) else questions_data
        rows += kind.rows(document, into)
    gather(rows, into)


FORMAT = Format("Questions and answers", _recognises, _read, "Write an answer for each question")
