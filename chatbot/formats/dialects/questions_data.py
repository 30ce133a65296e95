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
from chatbot.formats.documents import Document
from chatbot.formats.format import string, strings
from chatbot.formats.gathering import Gathering
from chatbot.formats.rows import Row
from chatbot.formats.turns import Turn, pairs_of
from chatbot.formats.values import (
    StrangeError,
    is_by_language,
    is_text_like,
    languages_in,
    shown,
    texts_in,
)
from chatbot.intents import (
    best,
    fallback_keys,
    is_group,
    kind_of_json,
    names_fallback,
    names_intent,
    plain_name,
    role_of,
)

_ROLES = ("role", "from", "speaker", "author", "sender", "user")
_LINES = ("content", "value", "text", "message", "utterance")
_TALKS = "conversations"
"""ChatterBot's key."""
_BODIES = ("content", "body", "description", "text", "details")
"""What a heading that is a question may be followed by."""

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
            if value not in (None, "", [], {}):
                into.note(f"the key “{key}” was left out", 1, shown(value))
    if isinstance(data, dict):
        _read_root(data, found, into)
    return _without_repeated_headings(found, into)


def _read_root(data: dict[str, Any], found: list[Row], into: Gathering) -> None:
    """Add the fallback that stands beside the questions; note the other texts there."""
    fallback = fallback_keys(data)
    for key in fallback:
        into.add_fallback(texts_in(data[key]))
    questions = {text for row in found for text in row.patterns}
    for key, value in data.items():
        if key not in fallback and not isinstance(value, list | dict) and key not in questions:
            read = isinstance(value, str) and value in questions
            said = shown(value)
            into.note(
                f"the key “{key}” at the top of the file was left out",
                bool(said) and not read,
                said,
            )


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
    pending: list[tuple[Any, int]] = [(data, 0)]  # not recursion: data may be deep
    while pending:
        value, level = pending.pop()
        inner: list[Any] = []
        if isinstance(value, list):
            yield from _in_list(value, into, is_talk=False)
            inner = value
        elif isinstance(value, dict):
            columns = _columns(value) or (_parallel(value) if level == 0 else [])
            if columns:
                inner = columns
            elif (found := _pair(value, language, into)) is not None:
                yield found
                inner = [item for key, item in value.items() if role_of(key) is None]
            else:
                yield from _by_question(value, level)
                talks = value.get(_TALKS)
                lists = talks if isinstance(talks, list) else []
                if lists and all(isinstance(talk, list) for talk in lists):
                    yield from _in_list(lists, into, is_talk=True)
                    inner = [item for item in value.values() if item is not talks]
                else:
                    inner = list(value.values())
        pending += [
            (item, level + 1)
            for item in reversed(inner)
            if isinstance(item, list) or (isinstance(item, dict) and not is_by_language(item))
        ]


def _pair(value: dict[str, Any], language: str | None, into: Gathering | None) -> Found | None:
    """Return an object's question and answer."""
    textual = [key for key in value if is_text_like(value[key])]
    textual = [key for key in textual if value[key] != ""] or textual
    asked, answered = best(textual, "patterns"), best(textual, "responses")
    heading = best([k for k in value if isinstance(value[k], str)], "tag")
    if heading is not None and (asked is None or answered is None) and is_asked(value[heading]):
        said = answered or next((key for key in _BODIES if key in textual), None)
        asked, answered, heading = heading, said, None
    if asked is None or answered is None:
        if into is not None and answered is None and asked is not None and "answer" in value:
            into.note("questions without an answer were left out", 1, shown(value[asked]))
        return None
    try:
        patterns = texts_in(value[asked], _QUESTIONS, into, language)
        replies = texts_in(value[answered], _ANSWERS, into, language)
    except StrangeError:
        return None
    named = heading is not None and _is_name(heading, value[heading])
    tag = string(value[heading]) if named and heading is not None else ""
    used = {asked, answered, heading if named else None, "type", "@type"}
    others = {key: item for key, item in value.items() if key not in used}
    row = Row(tuple(filter(str.strip, patterns)), tuple(filter(str.strip, replies)), tag)
    return row, others


def _is_name(heading: str, value: str) -> bool:
    """Tell whether a heading names its question: a category does not, nor a number or a hash."""
    if is_group(heading):
        return False
    if plain_name(heading) == "id":
        return value.replace("_", "").replace("-", "").isalpha() and len(value) <= 40
    return bool(value.strip())


def _in_list(items: list[Any], into: Gathering | None, *, is_talk: bool) -> Iterator[Found]:
    """Yield pairs that are lists of lines, or the lines of people in their turn.

    `is_talk` says that lists in it are conversations, whatever their lines look like.
    """
    lines = [line for item in items if (line := _line(item)) is not None]
    if len(items) > 1 and len(lines) == len(items):
        for question, answer in pairs_of(lines, into):
            yield Row((question,), (answer,)), {}
        return
    lists = [item for item in items if _are_lines(item)]
    if not lists or (len(lists) < len(items) and not is_talk):
        return
    if is_talk or are_answers([(item[0], item[1]) for item in lists]):
        for item in lists:
            said = [Turn(text, is_bot=place % 2 == 1) for place, text in enumerate(item)]
            for question, answer in pairs_of(said, into):
                yield Row((question,), (answer,)), {}


def _are_lines(item: Any) -> bool:
    return isinstance(item, list) and len(item) > 1 and all(isinstance(t, str) for t in item)


def _line(item: Any) -> Turn | None:
    """Return a line of a conversation: an object with a role and a text."""
    if not isinstance(item, dict) or best(item, "responses") is not None:
        return None
    role = next((item[key] for key in _ROLES if isinstance(item.get(key), str)), None)
    text = next((item[key] for key in _LINES if isinstance(item.get(key), str)), None)
    return None if role is None or text is None else Turn.by(role, text)


def _by_question(value: dict[str, Any], level: int) -> Iterator[Found]:
    """Yield the pairs of an object from question to answer, or to a list of answers."""
    answers = {
        key: item
        for key, item in value.items()
        if isinstance(item, str)
        or (isinstance(item, list) and item and all(isinstance(text, str) for text in item))
    }
    if not answers or len(answers) * 2 < len(value):
        return
    questions = [key for key in answers if not names_fallback(key)]
    if any(" " not in key and role_of(key) is not None for key in questions):
        return  # {"name": "…", "description": "…"} is about something
    is_all = level == 0 and len(answers) == len(value)
    if are_messages(questions) or (is_all and _answers_names(answers)):
        for key, item in answers.items():
            if level > 0 or not names_fallback(key):  # at the root the fallback is read by itself
                yield Row((key,), tuple(texts_in(item))), {}


def _answers_names(answers: dict[str, Any]) -> bool:
    """Tell whether an object that is the whole file answers short messages: `{"hello": "Hi!"}`."""
    if all(isinstance(item, str) for item in answers.values()):
        return len(answers) > 1 and are_answers(list(answers.items()))
    return answers_messages({key: texts_in(item) for key, item in answers.items()})


def _columns(value: dict[str, Any]) -> list[Any]:
    """Return the rows of a table by columns: pandas' `to_json`, by column or split."""
    names, data = value.get("columns"), value.get("data")
    if strings(names) == names and isinstance(data, list):
        return [dict(zip(names, row, strict=False)) for row in data if isinstance(row, list)]
    asked, answered = best(value, "patterns"), best(value, "responses")
    columns = [item for item in value.values() if isinstance(item, dict)]
    if asked is None or answered is None or len(columns) < len(value):
        return []
    if not all(key.isdigit() for item in columns for key in item):
        return []
    return [
        {name: column[key] for name, column in value.items() if key in column}
        for key in value[asked]
    ]


def _parallel(value: dict[str, Any]) -> list[Any]:
    """Return the pairs of two lists of the same length, of questions and of answers."""
    questions, answers = (value.get(best(value, r) or "") for r in ("patterns", "responses"))
    if not isinstance(questions, list) or not isinstance(answers, list):
        return []
    if len(questions) != len(answers) or len(questions) < 2:
        return []
    pairs = zip(questions, answers, strict=True)
    return [{"question": question, "answer": answer} for question, answer in pairs]
