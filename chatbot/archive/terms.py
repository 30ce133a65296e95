"""What is searched for: a text as the words of the index, and a query as FTS5 or as LIKE reads it.

Words come from `chatbot.words`, in their bare form: case, width and diacritics do not matter, and
"may gio" finds "mấy giờ". Scripts without spaces (Chinese, Japanese, Thai, …) are one word per
character there, so that 天气 is found as two words that stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.common import as_far_as_read
from chatbot.words import bare, is_punctuation, words

MOST_TERMS = 32
"""Terms of a query that count. FTS5 refuses expressions that are nested too deep, and nobody types
more; what follows only would have narrowed the search."""

MOST_CHARACTERS = 1000
"""Characters of a query that are read: a pasted page must not hold up the search."""

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co M* S*'"
"""How FTS5 splits our words again. Marks are part of a word (the vowel signs of Thai), and so are
symbols (emoji), which it would leave out otherwise."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that a turn must hold side by side."""

    words: tuple[str, ...]
    is_prefix: bool = False
    """Whether the last word may go on."""


def indexed(text: str) -> str:
    """Return a text as it is kept for searching: its words, each between two spaces."""
    return "".join(f" {word}" for word in _words(text)) + " "


def terms(query: str) -> tuple[Term, ...]:
    """Return what to look for; nothing for a query without words.

    What stands between spaces is one term: 天气 is two words in a row. The last word may go
    on in the text, unless a space after it says that it is finished.
    """
    query = query[:MOST_CHARACTERS]
    chunks = [read for chunk in query.split() if (read := _words(chunk))][:MOST_TERMS]
    found = [Term(read) for read in chunks]
    if found and not query[-1].isspace():
        found[-1] = Term(chunks[-1], is_prefix=True)
    return tuple(found)


def fts_expression(looked_for: tuple[Term, ...]) -> str:
    """Return terms in FTS5's language, each as a quoted string, in which nothing is syntax."""
    return " AND ".join(
        '"' + " ".join(term.words).replace('"', '""') + '"' + (" *" if term.is_prefix else "")
        for term in looked_for
    )


def like_patterns(looked_for: tuple[Term, ...]) -> tuple[str, ...]:
    r"""Return terms as patterns for LIKE with the escape \ on what `indexed` returned."""
    return tuple(
        "% " + _escaped(" ".join(term.words)) + ("%" if term.is_prefix else " %")
        for term in looked_for
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(bare(word) for word in words(as_far_as_read(text)) if not is_punctuation(word))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
