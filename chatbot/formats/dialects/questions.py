"""Questions and answers: JSON or YAML of any nesting, dialogs and FAQ as plain text.

The commonest file of hobby bots has no intents, only pairs. `questions_data` and `questions_text`
find the pairs; `rows` makes intents of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.formats.dialects import questions_data, questions_text
from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import Row, gather


def _recognises(document: Document) -> bool:
    return questions_text.recognises(document) or questions_data.recognises(document)


def _read(documents: Sequence[Document], into: Gathering) -> None:
    rows: list[Row] = []
    for document in documents:
        kind = questions_text if questions_text.recognises(document) else questions_data
        rows += kind.rows(document, into)
    gather(rows, into)


FORMAT = Format("Questions and answers", _recognises, _read, "Write an answer for each question")
