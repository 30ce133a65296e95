"""The check of an intents file: every problem in one pass, each with its place and remedy."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from chatbot.intents import FALLBACK_TAGS, SLOTS, Finding, Intent, Intents, Severity
from chatbot.json_positions import START, JsonPath, Position, locate

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of a text found."""

    intents: Intents | None
    """None if and only if there is an error."""
    findings: tuple[Finding, ...]
    """By position."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that make the file unusable."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Those that never stop anybody."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)


class _Problem(NamedTuple):
    """A finding whose place is still a path."""

    severity: Severity
    path: JsonPath
    message: str
    remedy: str
    tag: str | None = None


class _RepeatedKeys(dict[str, Any]):
    """A JSON object that remembers which keys it had twice: json silently keeps the last."""

    repeated: tuple[str, ...] = ()


def check(text: str) -> Report:
    """Check the text of an intents file; never raises, whatever the text."""
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        message, remedy = _explain(text, error)
        place = Position(error.lineno, error.colno)
        return Report(None, (Finding(Severity.ERROR, message, remedy, place),))
    except RecursionError:
        message = "brackets are nested too deeply"
        return Report(
            None, (Finding(Severity.ERROR, message, "An intents file needs four levels", START),)
        )
    except ValueError as error:  # a number of more digits than Python converts
        return Report(None, (Finding(Severity.ERROR, str(error), "Write a shorter number", START),))
    problems = list(_root_problems(data))
    intents = None
    if not any(problem.severity is Severity.ERROR for problem in problems):
        intents = _build(data)
        problems += _pattern_problems(intents)
    if not problems:
        return Report(intents, ())
    places = locate(text, {problem.path for problem in problems})
    findings = [Finding(p.severity, p.message, p.remedy, places[p.path], p.tag) for p in problems]
    return Report(intents, tuple(sorted(findings, key=lambda finding: finding.position)))


def _object(pairs: list[tuple[str, Any]]) -> _RepeatedKeys:
    result = _RepeatedKeys(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        result.repeated = tuple(key for key in result if keys.count(key) > 1)
    return result


def _root_problems(data: Any) -> Iterator[_Problem]:
    if not isinstance(data, dict) or not isinstance(data.get("intents"), list):
        yield _error((), _what_it_is(data), 'Write {"intents": [ … ]}')
        return
    if not data["intents"]:
        yield _error(("intents",), "there is no intent", "Add at least two, each with patterns")
    first_with: dict[str, int] = {}
    for i, item in enumerate(data["intents"]):
        if not isinstance(item, dict):
            remedy = 'Write {"tag": …, "patterns": […], "responses": […]}'
            yield _error(("intents", i), f"intent {i + 1} is {_type(item)}", remedy)
            continue
        yield from _intent_problems(item, i)
        tag = item.get("tag")
        if isinstance(tag, str) and tag.strip() and first_with.setdefault(tag.strip(), i) != i:
            first = first_with[tag.strip()] + 1
            yield _error(
                ("intents", i, "tag"),
                f"the tag “{tag.strip()}” is already that of intent {first}",
                "Rename one, or put the patterns of both into one",
                tag.strip(),
            )
    if data["intents"] and not any(_strings(i, "patterns") for i in data["intents"]):
        yield _error(("intents",), "no intent has a pattern", "Add patterns to at least two")


def _intent_problems(item: dict[str, Any], i: int) -> Iterator[_Problem]:
    """Check one intent by itself."""
    tag = item.get("tag")
    name = tag.strip() if isinstance(tag, str) else None
    path: JsonPath = ("intents", i)
    if tag is None and {"intent", "slots"} <= item.keys():
        yield _error(path, "this is an Alexa interaction model", "It has no patterns to learn from")
    elif "tag" not in item:
        yield _error(path, f"intent {i + 1} has no tag", 'Add "tag": "a_short_name"')
    elif not isinstance(tag, str):
        yield _error((*path, "tag"), f"the tag is {_type(tag)}", 'Write it as text: "tag": "name"')
    elif not name:
        yield _error((*path, "tag"), "the tag is empty", "Give the intent a short name")
    for key in item.repeated if isinstance(item, _RepeatedKeys) else ():
        severity = Severity.ERROR if key in ("tag", "patterns", "responses") else Severity.WARNING
        yield _Problem(
            severity, (*path, key), f"the key “{key}” is there twice, and only the last counts",
            "Put both into one", name,
        )  # fmt: skip
    for key in ("patterns", "responses"):
        yield from _list_problems(item, (*path, key), key, name)
    if name is None:
        return
    if not _strings(item, "patterns") and name.lower() not in FALLBACK_TAGS:
        yield _warning(
            (*path, "patterns"), f"“{name}” has no patterns, so it is never the answer",
            "Add 12 to 25 varied examples", name,
        )  # fmt: skip
    if not _strings(item, "responses"):
        yield _warning(
            (*path, "responses"), f"“{name}” has no responses", "Add one or more replies", name
        )


def _list_problems(
    item: dict[str, Any], path: JsonPath, key: str, name: str | None
) -> Iterator[_Problem]:
    """Check a list of texts."""
    values = item.get(key, [])
    if not isinstance(values, list):
        example = json.dumps(values, ensure_ascii=False) if isinstance(values, str) else '"…"'
        yield _error(path, f"“{key}” is {_type(values)}", f'Write a list: "{key}": [{example}]')
        return
    for k, value in enumerate(values):
        if not isinstance(value, str):
            remedy = 'Write each one as text: "…"'
            yield _error((*path, k), f"item {k + 1} of “{key}” is {_type(value)}", remedy, name)
        elif not value.strip():
            yield _warning((*path, k), f"item {k + 1} of “{key}” is blank", "Delete it", name)
        elif key == "responses":
            for slot in dict.fromkeys(PLACEHOLDER.findall(value)):
                if slot not in SLOTS:
                    known = ", ".join(f"{{{s}}}" for s in sorted(SLOTS))
                    yield _warning(
                        (*path, k), f"{{{slot}}} is no slot and stays as written",
                        f"The slots are {known}", name,
                    )  # fmt: skip


def _pattern_problems(intents: Intents) -> Iterator[_Problem]:
    """Find patterns that are there twice, in one intent or in two."""
    seen: dict[str, tuple[str, int]] = {}
    for i, intent in enumerate(intents.intents):
        for k, pattern in enumerate(intent.patterns):
            same = " ".join(unicodedata.normalize("NFC", pattern).casefold().split())
            if not same:
                continue
            other = seen.setdefault(same, (intent.tag, k))
            if other == (intent.tag, k):
                continue
            if other[0] == intent.tag:
                what, remedy = f"“{pattern}” is there twice in “{intent.tag}”", "Delete one"
            else:
                what = f"“{pattern}” is a pattern of “{other[0]}” and of “{intent.tag}”"
                remedy = "No model can tell them apart: keep it in one"
            yield _warning(("intents", i, "patterns", k), what, remedy, intent.tag)
    if len(intents.trainable) == 1:
        yield _warning(
            ("intents",), "only one intent has patterns", "A classifier needs two to choose between"
        )


def _build(data: dict[str, Any]) -> Intents:
    """Return the intents of data that passed the check."""
    intents = tuple(
        Intent(
            item["tag"].strip(), tuple(item.get("patterns", ())), tuple(item.get("responses", ()))
        )
        for item in data["intents"]
    )
    fallbacks = (i for i in intents if i.tag.lower() in FALLBACK_TAGS and not i.patterns)
    return Intents(intents, next(fallbacks, None))


def _strings(item: Any, key: str) -> list[str]:
    """Return the texts of a list that hold anything."""
    values = item.get(key) if isinstance(item, dict) else None
    if not isinstance(values, list):
        return []
    return [value for value in values if isinstance(value, str) and value.strip()]


def _explain(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    """Return what broke the JSON, in words, and the remedy."""
    rest = text[error.pos :].lstrip()
    before = text[: error.pos].rstrip()
    if not text.strip():
        return "the file is empty", 'Begin with {"intents": []}'
    if not rest:
        return "the file ends too soon", "A bracket or a quote is not closed"
    if rest.startswith(("//", "/*", "#")):
        return "JSON has no comments", "Delete it"
    if rest.startswith("'"):
        return "single quotes", 'Use double quotes: "…"'
    if (rest[0] in "]}" and before.endswith(",")) or "trailing comma" in error.msg:
        return "a comma before a closing bracket", "Delete the comma"
    if "',' delimiter" in error.msg:
        return "a comma is missing", "Put one between this and what stands before it"
    if "':' delimiter" in error.msg:
        return "a colon is missing", 'Write "key": value'
    if "control character" in error.msg:
        return "a line break or tab within quotes", "Write \\n or \\t, or close the quotes"
    if "Extra data" in error.msg:
        return "something follows the end of the JSON", "Delete it, or check the brackets before"
    return f"broken JSON ({error.msg})", "Look at what stands just before"


def _what_it_is(data: Any) -> str:
    """Say what a file is instead of an intents file."""
    if isinstance(data, dict) and "rasa_nlu_data" in data:
        return "this is Rasa training data"
    if isinstance(data, dict) and "intents" in data:
        return f"“intents” is {_type(data['intents'])}"
    if isinstance(data, dict):
        return "there is no key “intents”"
    return f"the file is {_type(data)}"


def _type(value: Any) -> str:
    """Name a JSON type with its article."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false",
             int: "a number", float: "a number", type(None): "null"}  # fmt: skip
    return next(name for type_, name in names.items() if isinstance(value, type_))


def _error(path: JsonPath, message: str, remedy: str, tag: str | None = None) -> _Problem:
    return _Problem(Severity.ERROR, path, message, remedy, tag)


def _warning(path: JsonPath, message: str, remedy: str, tag: str | None = None) -> _Problem:
    return _Problem(Severity.WARNING, path, message, remedy, tag)
