"""Pairs of question and answer in plain text: lines with a tab, `Q:` and `A:`, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chatbot.formats.answers import are_answers, is_asked
from chatbot.formats.documents import Document
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import Row
from chatbot.intents import plain_name, role_of

_LABELS = {
    "en": "q:a question:answer user:bot human:assistant human:ai you:bot me:bot customer:agent "
    "client:agent user:assistant user:ai user:chatbot human:bot customer:support",
    "es pt": "p:r pregunta:respuesta pergunta:resposta usuario:bot usuário:bot cliente:bot",
    "fr": "q:r question:réponse utilisateur:bot",
    "de nl": "f:a frage:antwort v:a vraag:antwoord nutzer:bot kunde:bot",
    "it": "d:r domanda:risposta utente:bot",
    "pl ru": "p:o pytanie:odpowiedź в:о вопрос:ответ пользователь:бот",
    "tr id": "s:c s:y soru:cevap soru:yanıt t:j tanya:jawab pertanyaan:jawaban",
    "vi": "h:đ hỏi:đáp câuhỏi:trảlời câuhỏi:câutrảlời hỏi:trảlời",
    "ar hi": "س:ج سؤال:جواب السؤال:الجواب السؤال:الإجابة प्र:उ प्रश्न:उत्तर सवाल:जवाब",
    "ja zh ko": "質問:回答 質問:答え 問:答 问:答 问题:答案 问题:回答 问:回答 질문:답변 질문:답 "
    "질문:대답 문:답",
}
"""What stands before a question and its answer, by language."""

_PAIRS = [tuple(pair.split(":")) for pairs in _LABELS.values() for pair in pairs.split()]
_LABELLED = re.compile(
    r"""[ \t>\#*_-]{0,12}
        (?P<label> [^\W\d_\u0900-\u0dff]{0,12} [\u0900-\u0dff]{0,12}
                   (?:\ [^\W\d_]{1,8}){0,2} )
        \ ?\d{0,4} [*_]{0,3} (?: [:：] | [.)](?=\s) ) [*_]{0,3} \s*
        (?P<text>.*?) [*_]{0,3}\s*""",
    re.VERBOSE,
)
"""`Q: …`, `**Question 3:** …`, `Hỏi. …`"""
_HEADING = re.compile(r"(#{1,6})\s+(?:\d+[.)]\s*)?(?P<text>.*?)\s*#*\s*")
_NUMBERED = re.compile(r"\d{1,4}[.)][ \t]+(?P<text>\S.*)")
"""`12. When do you open?`"""
_BOLD = re.compile(r"\*\*(?:\d+[.)]\s*)?(?P<text>[^*]+)\*\*\s*")

MOST_RAGGED = 0.1
"""Share of lines that may be no pairs in a file of pairs."""

_LONGEST_HEADING = 500
_LONGEST_LINE = 2_000


class _Pair(NamedTuple):
    """A question and its answer; one of the two may be missing."""

    question: str
    answer: str


def recognises(document: Document) -> bool:
    """Tell whether a text holds pairs."""
    text = document.text
    return not document.looks_like_json and (
        _tabbed(text) is not None or _labels(text) is not None or _has_question_headings(text)
    )


def rows(document: Document, into: Gathering) -> list[Row]:
    """Return the questions and answers of a document."""
    text = document.text
    pairs: Iterator[_Pair]
    if (lines := _tabbed(text)) is not None:
        pairs = _pairs_in(lines, into)
    elif (labels := _labels(text)) is not None:
        pairs = _labelled_pairs(text, *labels, into)
    else:
        pairs = _headed_pairs(text, into)
    return [
        Row(tuple(filter(None, [pair.question])), tuple(filter(None, [pair.answer])))
        for pair in pairs
    ]


def _tabbed(text: str) -> list[tuple[int, list[str]]] | None:
    """Return the lines of a file of pairs with a tab between, with their numbers; else None."""
    if "\t" not in text:
        return None
    lines = [(n, line.split("\t")) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    pairs = [(cells[0], cells[1]) for _, cells in lines if len(cells) == 2 and all(cells)]
    if not pairs or len(pairs) < (1 - MOST_RAGGED) * len(lines):
        return None
    if all(role_of(name) is not None for name in pairs[0]):  # the header of a table
        return None
    return lines if are_answers(pairs) else None


def _pairs_in(lines: list[tuple[int, list[str]]], into: Gathering) -> Iterator[_Pair]:
    for number, cells in lines:
        if len(cells) == 2:
            yield _Pair(cells[0].strip(), cells[1].strip())
        else:
            said = [f"line {number}: {' '.join(cells)}"]
            into.note("lines that are not two texts with a tab between were left out", 1, said)


def _labels(text: str) -> tuple[str, str] | None:
    """Return what stands before the questions and the answers, if lines are marked so."""
    said = [plain_name(found["label"]) for line in text.split("\n") if (found := _marked(line))]
    seen = set(said)
    for pair in _PAIRS:
        question, answer = map(plain_name, pair)
        if question in seen and answer in seen:
            first = next(name for name in said if name in (question, answer))
            ours = sum(name in (question, answer) for name in said)
            if first == question and ours * 2 > len(said):
                return question, answer
    return None


def _marked(line: str) -> re.Match[str] | None:
    """Return the mark before a line; of a very long one its text is not looked at."""
    return _LABELLED.fullmatch(line) if len(line) <= _LONGEST_LINE else _LABELLED.match(line)


def _labelled_pairs(text: str, question: str, answer: str, into: Gathering) -> Iterator[_Pair]:
    """Yield the pairs of marked lines; lines without a mark go on with what comes before."""
    asked: list[str] = []
    answered: list[str] = []
    current: list[str] | None = None
    for line in text.split("\n"):
        found = _marked(line)
        label = plain_name(found["label"]) if found is not None else ""
        if found is not None and label == question:
            if asked or answered:
                yield _Pair(_text(asked), _text(answered))
            asked, answered = [line[found.start("text") :]], []
            current = asked
        elif found is not None and label == answer:
            answered.append(line[found.start("text") :])
            current = answered
        elif current is None or _HEADING.fullmatch(line[:_LONGEST_HEADING]):
            _note_outside([line], into)
        else:
            current.append(line)
    if asked or answered:
        yield _Pair(_text(asked), _text(answered))


def _headings(text: str) -> list[tuple[int, str]]:
    """Return the lines that are headings, and their texts: Markdown's, bold, or numbered ones.

    A numbered line is a heading where it is a question and no other heading is there.
    """
    found, numbered = [], []
    for place, line in enumerate(text.split("\n")):
        short = line[:_LONGEST_HEADING]
        heading = _HEADING.fullmatch(short) or _BOLD.fullmatch(short)
        if heading is not None:
            found.append((place, heading["text"].strip()))
        elif (item := _NUMBERED.fullmatch(short.strip())) is not None and is_asked(item["text"]):
            numbered.append((place, item["text"].strip()))
    return found or numbered


def _has_question_headings(text: str) -> bool:
    headings = [heading for _, heading in _headings(text)]
    asked = sum(map(is_asked, headings))
    return asked >= 2 and asked * 2 >= len(headings)


def _headed_pairs(text: str, into: Gathering) -> Iterator[_Pair]:
    lines = text.split("\n")
    headings = _headings(text)
    ends = [place for place, _ in headings[1:]] + [len(lines)]
    _note_outside(lines[: headings[0][0]], into)
    for (place, heading), end in zip(headings, ends, strict=True):
        below = _text(lines[place + 1 : end])
        if is_asked(heading):
            yield _Pair(heading, below)
        else:
            into.note("sections whose heading is no question were left out", bool(below), [heading])


def _note_outside(lines: list[str], into: Gathering) -> None:
    """Note the lines that belong to no question."""
    said = [line for line in lines if line.strip()]
    into.note("lines that belong to no question were left out", len(said), said)


def _text(lines: list[str]) -> str:
    """Return lines as a text, without the marks of bold around it and blank lines at the ends."""
    return "\n".join(line.rstrip() for line in lines).strip().strip("*").strip()
