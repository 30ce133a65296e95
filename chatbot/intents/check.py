"""The check of an intents file: every problem in one pass, each with its place and remedy."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chatbot.common import printable
from chatbot.intents.check_reach import unreachable_problems
from chatbot.intents.check_slots import slot_problems
from chatbot.intents.check_tests import test_problems
from chatbot.intents.findings import Finding, Fix, FixAction, Severity
from chatbot.intents.json_positions import JsonPath, locate, repeated_keys
from chatbot.intents.json_text import BrokenJsonError, load
from chatbot.intents.other_kinds import is_alexa, kind_of_json
from chatbot.intents.problems import (
    HALF_CHARACTER,
    Problem,
    error,
    half_character,
    type_of,
    warning,
)
from chatbot.intents.storage import BOM
from chatbot.intents.types import FALLBACK_TAGS, Intent, Intents, IntentTest

LOOKALIKES = {
    "tag": ("intent", "intentId", "intent_display_name", "name", "title", "id"),
    "patterns": (
        "utterances", "examples", "phrases", "questions", "question", "text", "trainingData",
        "trainingPhrases", "training_phrases", "Training Phrases",
    ),
    "responses": ("response", "answers", "answer", "replies", "reply", "speechResponse"),
}  # fmt: skip
"""What others call our keys: such files are imported, and the editor's remedy is to rename."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of a text found."""

    intents: Intents | None
    """None if and only if there is an error."""
    findings: tuple[Finding, ...]
    """By position."""
    renamed: bool = False
    """Whether a key of another program stands where one of ours is missing."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that make the file unusable."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Those that never stop anybody."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)


def check_text(text: str) -> Report:
    """Check the text of an intents file; never raises, whatever the text."""
    text = text.removeprefix(BOM)
    try:
        data = load(text)
    except BrokenJsonError as broken:
        finding = Finding(Severity.ERROR, broken.message, broken.remedy, broken.position)
        return Report(None, (finding,))
    problems = [*_repeated_key_problems(data), *_problems(data)]
    has_error = any(problem.severity is Severity.ERROR for problem in problems)
    intents = None if has_error else _build(data)
    return Report(intents, _placed(text, problems) if problems else (), _is_renamed(data))


def _placed(text: str, problems: list[Problem]) -> tuple[Finding, ...]:
    """Turn paths into positions and sort by them."""
    paths = {p.path for p in problems} | {p.first for p in problems if p.first is not None}
    places = locate(text, paths)
    findings = []
    for problem in problems:
        message = printable(problem.message)
        if problem.first is not None:
            line, column = places[problem.first]
            message += f" (first at {line}:{column})"
        tag = None if problem.tag is None else printable(problem.tag)
        findings.append(
            Finding(
                problem.severity,
                message,
                printable(problem.remedy),
                places[problem.path],
                tag,
                fix=problem.fix,
            )
        )
    return tuple(sorted(findings, key=lambda finding: finding.position))


def _repeated_key_problems(data: Any) -> Iterator[Problem]:
    for path in repeated_keys(data):
        message = f"the key “{path[-1]}” is there twice, and only the last counts"
        ours = path in (("intents",), ("tests",)) or (
            len(path) == 3
            and (
                (path[0] == "intents" and path[2] in LOOKALIKES)
                or (path[0] == "tests" and path[2] in ("message", "intent"))
            )
        )
        yield (error if ours else warning)(path, message, "Put both into one")


def _problems(data: Any) -> Iterator[Problem]:
    if not isinstance(data, dict) or not isinstance(data.get("intents"), list):
        path: JsonPath = ("intents",) if isinstance(data, dict) and "intents" in data else ()
        yield error(path, _what_it_is(data), 'Write {"intents": [ … ]}')
        return
    items = data["intents"]
    if not items:
        yield error(("intents",), "there is no intent", "Add at least two, each with patterns")
        return
    if is_alexa(items):
        remedy = "Its intents have slots, not patterns to learn from: write those"
        yield error(("intents",), "this is an Alexa interaction model", remedy)
        return
    if all(isinstance(item, str) for item in items):
        message = "these are names alone, as in the settings of a Discord bot"
        remedy = 'Write {"tag": "…", "patterns": ["…"], "responses": ["…"]} for each'
        yield error(("intents",), message, remedy)
        return
    fallback = _fallback_index(items)
    for i, item in enumerate(items):
        if isinstance(item, dict):
            yield from _intent_problems(item, ("intents", i), is_fallback=i == fallback)
        else:
            remedy = 'Write {"tag": "…", "patterns": ["…"], "responses": ["…"]}'
            yield error(("intents", i), f"intent {i + 1} is {type_of(item)}", remedy)
    yield from _repeated_tag_problems(items)
    yield from _repeated_pattern_problems(items)
    yield from unreachable_problems(
        {
            i: (tag, [text for _, text in texts])
            for i, item in enumerate(items)
            if (tag := _tag(item)) is not None and (texts := _texts(item, "patterns"))
        }
    )
    yield from test_problems(data.get("tests", []), items)
    with_patterns = sum(bool(_texts(item, "patterns")) for item in items)
    if not with_patterns:
        yield error(("intents",), "no intent has a pattern", "Add patterns to at least two")
    elif with_patterns == 1:
        message = "only one intent has patterns"
        yield warning(("intents",), message, "A classifier needs two to choose between")


def _intent_problems(item: dict[str, Any], path: JsonPath, is_fallback: bool) -> Iterator[Problem]:
    """Check one intent by itself."""
    tag = _tag(item)
    if "tag" not in item:
        remedy = _rename(item, "tag") or 'Add "tag": "a_short_name"'
        yield error(path, f"intent {int(path[-1]) + 1} has no tag", remedy)
    elif not isinstance(item["tag"], str):
        remedy = 'Write it as text: "tag": "name"'
        yield error((*path, "tag"), f"the tag is {type_of(item['tag'])}", remedy)
    elif tag is None:
        yield error((*path, "tag"), "the tag is empty", "Give the intent a short name")
    elif HALF_CHARACTER.search(tag):
        yield half_character((*path, "tag"), "the tag", tag)
    for key in ("patterns", "responses"):
        yield from _list_problems(item.get(key, []), (*path, key), tag)
    what = f"“{tag}”" if tag else f"intent {int(path[-1]) + 1}"
    if _is_empty(item, "patterns") and not is_fallback:
        message = f"{what} has no patterns, so it is never the answer"
        remedy = _rename(item, "patterns") or "Add 12 to 25 varied examples"
        yield warning((*path, "patterns"), message, remedy, tag)
    if _is_empty(item, "responses"):
        remedy = _rename(item, "responses") or "Add one or more replies"
        yield warning((*path, "responses"), f"{what} has no responses", remedy, tag)


def _list_problems(values: Any, path: JsonPath, tag: str | None) -> Iterator[Problem]:
    """Check the patterns or the responses of an intent."""
    key = path[-1]
    if not isinstance(values, list):
        example = json.dumps(values, ensure_ascii=False) if isinstance(values, str) else '"…"'
        yield error(path, f"“{key}” is {type_of(values)}", f"Write a list: [{example}]", tag)
        return
    for k, value in enumerate(values):
        what = f"item {k + 1} of “{key}”"
        if not isinstance(value, str):
            yield error((*path, k), f"{what} is {type_of(value)}", 'Write it as text: "…"', tag)
        elif not value.strip():
            action: FixAction = "remove_pattern" if key == "patterns" else "remove_reply"
            fix = None if tag is None else Fix(action, tag, value)
            yield warning((*path, k), f"{what} is blank and not used", "Delete it", tag, fix=fix)
        elif HALF_CHARACTER.search(value):
            yield half_character((*path, k), what, tag)
        elif key == "responses":
            yield from slot_problems(value, (*path, k), tag)


def _repeated_tag_problems(items: list[Any]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for i, item in enumerate(items):
        tag = _tag(item)
        if tag is not None and (other := first.setdefault(tag, i)) != i:
            message = f"the tag “{tag}” is already that of intent {other + 1}"
            remedy = "Rename one, or put the patterns of both into one"
            yield error(("intents", i, "tag"), message, remedy, tag, ("intents", other, "tag"))


def _repeated_pattern_problems(items: list[Any]) -> Iterator[Problem]:
    """Find patterns that are there twice, in one intent or in two."""
    first: dict[str, tuple[str, str, JsonPath]] = {}  # its intent's tag, itself, its place
    for i, item in enumerate(items):
        name = _tag(item) or f"intent {i + 1}"
        for k, pattern in _texts(item, "patterns"):
            path: JsonPath = ("intents", i, "patterns", k)
            same = unicodedata.normalize("NFC", " ".join(pattern.split()).casefold())
            other_name, other, other_path = first.setdefault(same, (name, pattern, path))
            if other_path == path:
                continue
            written = f"“{pattern}”" if pattern == other else f"“{pattern}”, like “{other}”,"
            if other_path[1] == i:
                message, remedy = f"{written} is there twice in “{name}”", "Delete one"
            else:
                message = f"{written} is a pattern of “{other_name}” and of “{name}”"
                remedy = "No model can tell them apart: keep it in one"
            tag = _tag(item)
            fix = None if tag is None else Fix("remove_pattern", tag, pattern)
            yield warning(path, message, remedy, tag, other_path, fix)


def _build(data: dict[str, Any]) -> Intents:
    """Return the intents of data that passed the check; blank patterns and replies are left out."""
    items = data["intents"]
    intents = tuple(
        Intent(
            item["tag"].strip(),
            tuple(text for _, text in _texts(item, "patterns")),
            tuple(text for _, text in _texts(item, "responses")),
        )
        for item in items
    )
    fallback = _fallback_index(items)
    tests = tuple(
        IntentTest(test["message"], test["intent"] and test["intent"].strip())
        for test in data.get("tests", [])
    )
    return Intents(intents, None if fallback is None else intents[fallback], tests)


def _tag(item: Any) -> str | None:
    """Return the tag without blanks around it, None where there is none to speak of."""
    tag = item.get("tag") if isinstance(item, dict) else None
    return tag.strip() or None if isinstance(tag, str) else None


def _texts(item: Any, key: str) -> list[tuple[int, str]]:
    """Return the texts of a list that are not blank, each with its index."""
    values = item.get(key) if isinstance(item, dict) else None
    if not isinstance(values, list):
        return []
    return [(k, v) for k, v in enumerate(values) if isinstance(v, str) and v.strip()]


def _is_empty(item: dict[str, Any], key: str) -> bool:
    """Tell whether a list holds nothing but blanks; what is no list has an error of its own."""
    values = item.get(key, [])
    return isinstance(values, list) and all(isinstance(v, str) and not v.strip() for v in values)


def _fallback_index(items: list[Any]) -> int | None:
    """Return which intent holds the out-of-scope reply."""
    candidates = (
        i
        for i, item in enumerate(items)
        if (_tag(item) or "").casefold() in FALLBACK_TAGS and _is_empty(item, "patterns")
    )
    return next(candidates, None)


def _what_it_is(data: Any) -> str:
    """Say what a file is instead of an intents file."""
    if not isinstance(data, dict):
        return f"the file is {type_of(data)}"
    if (kind := kind_of_json(data)) is not None:
        return f"this is {kind}"
    return f"“intents” is {type_of(data['intents'])}" if "intents" in data else "no key “intents”"


def _is_renamed(data: Any) -> bool:
    items = data.get("intents") if isinstance(data, dict) else None
    objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return any(_rename(item, key) for item in objects for key in LOOKALIKES)


def _rename(item: dict[str, Any], key: str) -> str | None:
    """Return the remedy for a key that another program calls differently."""
    other = next((name for name in LOOKALIKES[key] if key not in item and name in item), None)
    return other and f"Rename “{other}” to “{key}”"
