"""Rows of question and answer: each answer stays with its question, whatever else a row says.

Tables and lists of objects are read as rows. Rows of one intent with one answer are that intent.
Where they have answers of their own, each answer gets an intent: a question must never get the
answer of another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chatbot.formats import html_text
from chatbot.formats.gathering import Gathering
from chatbot.formats.naming import Namer
from chatbot.intents import alike_questions, names_fallback
from chatbot.words import spoken, words

MANY = 50
"""Rows per intent, on average, from which their replies are alternatives: a corpus that was made by
varying sentences, like Bitext's, not a list of questions."""

OWN_ANSWERS = "intents whose rows have answers of their own became an intent for each answer"
ALTERNATIVES = "intents have many rows, each with a reply: the replies became alternatives"
MERGED = "intents with the same name became one"
SAME_ANSWER = "questions with the same answer became one intent"
NEAR_DUPLICATES = "questions are almost the same and have other answers: the check offers to merge"
NO_ANSWER = "questions without an answer were left out"
NO_QUESTION = "answers without a question were left out"


@dataclass(frozen=True, slots=True)
class Row:
    """What people say, and what is answered."""

    patterns: tuple[str, ...]
    replies: tuple[str, ...]
    tag: str = ""
    """The name of its intent; empty where it has none."""
    is_whole: bool = False
    """Whether it is a whole intent, with lists of texts, rather than one question."""
    is_plain: bool = False
    """Whether its answers have been made plain text, so that `<b>` in them is meant."""


@dataclass(slots=True)
class _Answered:
    """Questions that get the same answers."""

    questions: list[str] = field(default_factory=list)
    replies: tuple[str, ...] = ()


def gather(rows: Sequence[Row], into: Gathering, *, name_is_given: bool = False) -> None:
    """Add rows as intents, in their order.

    `name_is_given` says that the rows were named as intents (not just put into a category).
    """
    rows = [row if row.is_whole or row.is_plain else _without_html(row, into) for row in rows]
    named: dict[str, list[Row]] = {}
    for row in rows:
        named.setdefault(row.tag.strip(), []).append(row)
    namer = Namer((text for row in rows for text in row.patterns), filter(None, named))
    intents = len(named) - ("" in named)
    are_variants = name_is_given and intents > 0 and len(rows) >= MANY * intents
    for tag, members in named.items():
        if not tag:
            _add_unnamed(members, into, namer)
        elif are_variants or _is_one(members):
            whole = sum(row.is_whole for row in members)
            into.note(MERGED, whole - 1 if whole > 1 else 0, [tag])
            into.note(ALTERNATIVES, are_variants and not _is_one(members), [tag])
            into.add(
                tag,
                (text for row in members for text in row.patterns),
                dict.fromkeys(text for row in members for text in row.replies),
            )
        else:
            into.note(OWN_ANSWERS, 1, [tag])
            for group in _by_answer(_with_answers_above(members)):
                into.add(namer.name(group.questions[0], tag), group.questions, group.replies)


def _without_html(row: Row, into: Gathering) -> Row:
    """Return a row whose answers have no HTML."""
    marked = [text for text in row.replies if html_text.has_html(text)]
    into.note("HTML in answers became plain text", len(marked), marked)
    replies = tuple(html_text.plain(text) if text in marked else text for text in row.replies)
    return Row(row.patterns, replies, row.tag) if marked else row


def _is_one(members: Iterable[Row]) -> bool:
    """Tell whether rows of the same name are one intent: with one answer, or written as such."""
    members = list(members)
    answers = {_answer_key(row.replies) for row in members if row.replies}
    return len(answers) <= 1 or any(row.is_whole for row in members)


def _with_answers_above(members: Iterable[Row]) -> Iterable[Row]:
    """Yield rows; one without an answer gets that of the row above, as in a spreadsheet."""
    replies: tuple[str, ...] = ()
    for row in members:
        replies = row.replies or replies
        yield Row(row.patterns, replies, row.tag)


def _add_unnamed(rows: Sequence[Row], into: Gathering, namer: Namer) -> None:
    """Add questions without an intent; those of the same answer become one."""
    usable = []
    for row in rows:
        if row.patterns and row.replies:
            if len(row.patterns) == 1 and names_fallback(row.patterns[0]):
                into.add_fallback(row.replies)
            else:
                usable.append(row)
        elif row.patterns:
            into.note(NO_ANSWER, len(row.patterns), row.patterns)
        elif row.replies:
            into.note(NO_QUESTION, len(row.replies), row.replies)
    groups = _by_answer(usable)
    near = alike_questions({i: list(enumerate(g.questions)) for i, g in enumerate(groups)})
    pairs = [f"{found.other} / {found.pattern}" for found in near]
    into.note(NEAR_DUPLICATES, len(pairs), pairs)
    for group in groups:
        kinds = len(set(map(_question_key, group.questions)))
        into.note(SAME_ANSWER, kinds if kinds > 1 else 0, group.questions)
        into.add(namer.name(group.questions[0]), group.questions, group.replies)


def _by_answer(rows: Iterable[Row]) -> list[_Answered]:
    """Return the questions of rows by their answers.

    A question that is there several times has several answers, and no other question gets them.
    """
    questions: dict[str, _Answered] = {}
    for row in rows:
        for text in row.patterns:
            entry = questions.setdefault(_question_key(text), _Answered())
            if text not in entry.questions:
                entry.questions.append(text)
            entry.replies = tuple(dict.fromkeys((*entry.replies, *row.replies)))
    answers: dict[tuple[str, ...], _Answered] = {}
    for entry in questions.values():
        group = answers.setdefault(_answer_key(entry.replies), _Answered([], entry.replies))
        group.questions += entry.questions
    return list(answers.values())


def _question_key(text: str) -> str:
    """Return a question as it is compared: without case, blanks and punctuation."""
    return " ".join(spoken(words(text))) or text.strip()


def _answer_key(replies: Sequence[str]) -> tuple[str, ...]:
    """Return answers as they are compared: in any order, whatever the blanks in them."""
    return tuple(sorted(" ".join(text.split()) for text in replies))
