"""Pairs of question and answer in JSON and YAML, under whatever keys and however deeply nested.

Objects with a question and an answer; conversations as lists of lines (ChatterBot) or of roles;
objects from question to answer; tables by column, as pandas writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from chatbot.formats.answers import answers_messages, are_answers, are_messages, is_asked
from chatbot.formats.dialects.questions_columns import columns, parallel
from chatbot.formats.documents import Document
from chatbot.formats.fine_tuning import without_marks
from chatbot.formats.format import string
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import NO_ANSWER, NO_QUESTION, Row
from chatbot.formats.turns import pairs_in
from chatbot.formats.values import (
    StrangeError,
    is_by_language,
    is_text_like,
    languages_in,
    says_something,
    shown,
    texts_in,
)
from chatbot.intents import (
    Role,
    best,
    fallback_keys,
    is_group,
    kind_of_json,
    names_fallback,
    names_intent,
    plain_name,
    role_of,
)

_HALVES: tuple[tuple[Role, str], ...] = (("patterns", NO_ANSWER), ("responses", NO_QUESTION))
"""What to say of a pair that has only one of the two."""
_TALKS = "conversations"
"""ChatterBot's key."""
_BODIES = ("content", "body", "description", "text", "details")
"""What a heading that is a question may be followed by."""

_PROBLEMS = frozenset({"context", "problem", "issue", "situation", "concern"})
"""What an answer may stand beside where nothing is called a question."""
_INSTRUCTIONS = frozenset({"instruction", "instructions"})
_INPUT = "input"
"""What an instruction is about: the two make up the question."""

_QUESTIONS = "parts of questions other than their text were left out"
_ANSWERS = "parts of answers other than their text were left out"

Found = tuple[Row, dict[str, Any]]
"""A row, and the keys beside it that say something else."""


def recognises(document: Document) -> bool:
    """Tell whether a document holds questions with answers as data, and no intents."""
    if document.object and kind_of_json(document.object) is not None:
        return False
    data = _data(document)
    if _has_intents(data):
        return False
    fewest = 1 if document.looks_like_json else 2  # a line of prose with a colon is YAML as well
    return len(list(islice(_found(data), fewest))) == fewest


def rows(document: Document, into: Gathering) -> list[Row]:
    """Return the questions and answers of a document. Raises FormatError."""
    document.refuse_repeated_keys()
    data = _data(document)
    texts = languages_in(data)
    language = into.language(texts) if texts else None
    found: list[Row] = []
    for row, others in _found(data, language, into):
        found.append(row)
        for key, value in others.items():
            if says_something(value):
                into.note("the key “{key}” was left out", 1, shown(value), key=key)
    if isinstance(data, dict):
        _read_root(data, found, into)
    return _without_repeated_headings(without_marks(found, into), into)


def _read_root(data: dict[str, Any], found: list[Row], into: Gathering) -> None:
    """Add the fallback that stands beside the questions; note the other texts there."""
    fallback = fallback_keys(data)
    for key in fallback:
        into.add_fallback(texts_in(data[key]))
    questions = {text for row in found for text in row.patterns}
    for key, value in data.items():
        is_read = isinstance(value, str) and (key in questions or value in questions)
        is_about = key.startswith("@")  # of JSON-LD: what the file is
        if key not in fallback and not isinstance(value, list | dict) and not is_about:
            what = "the key “{key}” at the top of the file was left out"
            into.note(what, says_something(value) and not is_read, shown(value), key=key)


def _without_repeated_headings(found: list[Row], into: Gathering) -> list[Row]:
    """Return rows whose heading is theirs alone: one over several questions names none of them."""
    counts = Counter(row.tag for row in found if row.tag)
    again = {tag for tag, count in counts.items() if count > 1}
    into.note("headings of several questions were left out", len(again), sorted(again))
    return [Row(row.patterns, row.replies, "" if row.tag in again else row.tag) for row in found]


def _data(document: Document) -> Any:
    """Return the data of JSON, or a list of that of YAML; None where it is neither."""
    if document.looks_like_json:
        return document.json
    # A list around them: an object of a few words and texts is a letter or settings, not answers.
    return [
        part
        for part in document.yaml
        if isinstance(part, list) or (isinstance(part, dict) and not _is_prose(part))
    ]


def _is_prose(value: dict[str, Any]) -> bool:
    """Tell whether an object is text with colons: not one text of it is a question or a list."""
    return all(isinstance(text, str) for text in value.values()) and not any(map(is_asked, value))


def _has_intents(data: Any) -> bool:
    """Tell whether objects with the name of an intent hold examples: those are no mere pairs."""
    pending: list[Any] = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict) and best(value, "patterns") and any(map(names_intent, value)):
            return True
        if isinstance(value, dict | list):
            pending += value.values() if isinstance(value, dict) else value
    return False


def _found(
    data: Any, language: str | None = None, into: Gathering | None = None
) -> Iterator[Found]:
    """Yield the pairs in a value, in the order of the file."""
    pending: list[tuple[Any, int, bool]] = [(data, 0, False)]  # not recursion: data may be deep
    while pending:
        value, level, are_answers_below = pending.pop()
        inner: list[Any] = []
        if isinstance(value, list):
            yield from _in_talks(value, into, is_talk=False)
            if into is not None:
                _note_halves(value, language, into)
            inner = value
        elif isinstance(value, dict):
            by_column = columns(value) or (parallel(value) if level == 0 else [])
            if by_column:
                inner = by_column
            elif (found := _pair(value, language, into)) is not None:
                yield found
                inner = [item for key, item in value.items() if role_of(key) is None]
            else:
                yield from _by_question(value, level, into, are_answers_below)
                talks = value.get(_TALKS)
                lists = talks if isinstance(talks, list) else []
                if lists and all(isinstance(talk, list) for talk in lists):
                    yield from _in_talks(lists, into, is_talk=True)
                    inner = [item for item in value.values() if item is not talks]
                else:
                    inner = list(value.values())
        answers = value.get(best(value, "responses") or "") if isinstance(value, dict) else None
        pending += [
            (item, level + 1, item is answers and isinstance(item, dict))
            for item in reversed(inner)
            if isinstance(item, list) or (isinstance(item, dict) and not is_by_language(item))
        ]


def _in_talks(items: list[Any], into: Gathering | None, *, is_talk: bool) -> Iterator[Found]:
    """Yield the pairs of a list that is a conversation, or holds some."""
    for question, answer in pairs_in(items, into, is_talk=is_talk):
        yield Row((question,), (answer,)), {}


def _pair(value: dict[str, Any], language: str | None, into: Gathering | None) -> Found | None:
    """Return an object's question and answer."""
    textual = [key for key in value if is_text_like(value[key])]
    textual = [key for key in textual if value[key] != ""] or textual
    asked, answered = best(textual, "patterns"), best(textual, "responses")
    if asked is None and answered is not None:
        asked = next((key for key in textual if plain_name(key) in _PROBLEMS), None)
    heading = best([k for k in value if isinstance(value[k], str)], "tag")
    if heading is not None and (asked is None or answered is None) and _asks(value, heading):
        said = answered or next((key for key in _BODIES if key in textual), None)
        asked, answered, heading = heading, said, None
    if asked is None or answered is None:
        return None
    try:
        patterns = texts_in(value[asked], _QUESTIONS, into, language)
        replies = texts_in(value[answered], _ANSWERS, into, language)
    except StrangeError:
        return None
    named = heading is not None and _is_name(heading, value[heading])
    tag = string(value[heading]) if named and heading is not None else ""
    used = {asked, answered, heading if named else None, "type", "@type"}
    about = string(value.get(_INPUT)).strip() if plain_name(asked) in _INSTRUCTIONS else ""
    if about:
        patterns = [f"{text.strip()} {about}" for text in patterns]
        used.add(_INPUT)
    others = {key: item for key, item in value.items() if key not in used}
    return Row(_stripped(patterns), _stripped(replies), tag), others


def _asks(value: dict[str, Any], heading: str) -> bool:
    """Tell whether the heading of an object is a question: schema.org says so of any words."""
    return is_asked(value[heading]) or value.get("@type") == "Question"


def _stripped(texts: list[str]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text.strip())


def _note_halves(items: list[Any], language: str | None, into: Gathering) -> None:
    """Note questions without an answer, and answers without a question, beside whole pairs."""
    halves = [i for i in items if isinstance(i, dict) and _pair(i, language, None) is None]
    if len(halves) == sum(isinstance(item, dict) for item in items):
        return
    for item in halves:
        for role, what in _HALVES:
            said = [item[key] for key in [best(item, role)] if key is not None]
            into.note(what, sum(map(says_something, said)), shown(said))


def _is_name(heading: str, value: str) -> bool:
    """Tell whether a heading names its question: a category does not, nor a number or a hash."""
    if is_group(heading):
        return False
    if plain_name(heading) == "id":
        return value.replace("_", "").replace("-", "").isalpha() and len(value) <= 40
    return bool(value.strip())


def _by_question(
    value: dict[str, Any], level: int, into: Gathering | None, are_answers_below: bool
) -> Iterator[Found]:
    """Yield the pairs of an object from question to answer, or to a list of answers.

    `are_answers_below` says that it stands under a key for answers.
    """
    answers = {key: texts for key, item in value.items() if (texts := _texts(item)) is not None}
    if not any(map(says_something, answers.values())) or len(answers) * 2 < len(value):
        return
    questions = [key for key in answers if not names_fallback(key)]
    if any(" " not in key and role_of(key) is not None for key in questions):
        return  # {"name": "…", "description": "…"} is about something
    is_all = level == 0 and len(answers) == len(value)
    if not (
        are_messages(questions)
        or (are_answers_below and len(answers) == len(value))
        or (is_all and _answers_names(value, answers))
    ):
        return
    for key, texts in answers.items():
        if level > 0 or not names_fallback(key):  # at the root the fallback is read by itself
            if into is not None and not says_something(texts):
                into.note(NO_ANSWER, 1, [key])
            else:
                yield Row((key.strip(),), _stripped(texts)), {}


def _texts(item: Any) -> list[str] | None:
    """Return the texts of an answer: one, a list, an object with nothing else; None of no answer.

    An empty one has none.
    """
    if item is None:
        return []
    if isinstance(item, str) or (isinstance(item, list) and all(isinstance(t, str) for t in item)):
        return [item] if isinstance(item, str) else item
    key = best(item, "responses") if isinstance(item, dict) else None
    if key is None or best(item, "patterns") is not None:
        return None
    return _texts(item[key])


def _answers_names(value: dict[str, Any], answers: dict[str, list[str]]) -> bool:
    """Tell whether an object that is the whole file answers short messages: `{"hello": "Hi!"}`."""
    if all(isinstance(item, dict) for item in value.values()):
        return not any("_" in key for key in value)
    if all(isinstance(item, str) for item in value.values()):
        return len(answers) > 1 and are_answers(list(value.items()))
    return answers_messages(answers)
