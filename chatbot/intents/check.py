"""The check of an intents file: every problem in one pass, each with its place and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from chatbot.common import _, ngettext, printable
from chatbot.intents.building import built
from chatbot.intents.check_action import action_problems
from chatbot.intents.check_declared import declaration_problems
from chatbot.intents.check_intent import intent_problems, naming, unknown_keys
from chatbot.intents.check_reach import unreachable_problems
from chatbot.intents.check_repeats import repeated_pattern_problems, repeated_tag_problems
from chatbot.intents.check_scope import scope_problems
from chatbot.intents.check_tests import KEYS as TEST_KEYS
from chatbot.intents.check_tests import test_problems
from chatbot.intents.contexts import (
    context_problems,
    contexts_needed,
    unset_problems,
)
from chatbot.intents.fallback_names import names_fallback
from chatbot.intents.findings import Finding, Severity
from chatbot.intents.json_intent import fallback_keys, is_empty, lookalike, tag_of, texts_of
from chatbot.intents.json_positions import JsonDocument, JsonPath, repeated_keys
from chatbot.intents.json_text import BrokenJsonError, load
from chatbot.intents.key_names import ROLES
from chatbot.intents.near_duplicates import MOST_PATTERNS, near_duplicate_problems
from chatbot.intents.other_kinds import is_alexa, kind_of_json
from chatbot.intents.problems import Problem, error, type_of, warning
from chatbot.intents.slot_types import SLOTS_KEY
from chatbot.intents.slots import slot_names
from chatbot.intents.storage import BOM
from chatbot.intents.types import OUT_OF_SCOPE, SILENCED, Intents, IntentTest

MOST_INTENTS = 20_000
"""A model of so many is larger than its base, and nobody tells them apart."""

MOST_LISTED = 1_000
"""Errors, and warnings, that are listed: nobody mends more of them one by one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of a text found."""

    intents: Intents | None
    """None if and only if there is an error."""
    findings: tuple[Finding, ...]
    """By position."""
    renamed: bool = False
    """Whether a key of another program stands where one of ours is missing, or beside ours."""
    document: JsonDocument | None = None
    """The text, in which values can be located without parsing it again; None for broken JSON."""

    @property
    def repeats_tags(self) -> bool:
        """Whether nothing makes the file unusable but intents with the same tag."""
        errors = self.errors
        return bool(errors) and all(f.fix and f.fix.action == "merge_tags" for f in errors)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that make the file unusable."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Those with which the file can still be used."""
        return tuple(f for f in self.findings if f.severity is Severity.WARNING)


def check_text(text: str) -> Report:
    """Check the text of an intents file; never raises, whatever the text."""
    text = text.removeprefix(BOM)
    try:
        data = load(text)
    except BrokenJsonError as broken:
        finding = Finding(Severity.ERROR, broken.message, broken.remedy, broken.position)
        return Report(None, (finding,))
    problems, has_error = _listed(chain(_repeated_key_problems(data), _problems(data)))
    intents = None if has_error else _build(data)
    document = JsonDocument(text)
    findings = _placed(document, problems) if problems else ()
    return Report(intents, findings, _is_renamed(data), document)


def _listed(found: Iterator[Problem]) -> tuple[list[Problem], bool]:
    """Return the problems to list, and whether one is an error; of too many only their number."""
    problems: list[Problem] = []
    count = Counter[Severity]()
    for problem in found:
        count[problem.severity] += 1
        if count[problem.severity] <= MOST_LISTED:
            problems.append(problem)
    for severity, number in count.items():
        if (more := number - MOST_LISTED) > 0:
            message = (
                ngettext(
                    "{count:,} more error is not listed",
                    "{count:,} more errors are not listed",
                    more,
                )
                if severity is Severity.ERROR
                else ngettext(
                    "{count:,} more warning is not listed",
                    "{count:,} more warnings are not listed",
                    more,
                )
            ).format(count=more)
            problems.append(Problem(severity, (), message, _("Mend those that are listed first")))
    return problems, count[Severity.ERROR] > 0


def _placed(document: JsonDocument, problems: list[Problem]) -> tuple[Finding, ...]:
    """Turn paths into positions and sort by them."""
    paths = {p.path for p in problems} | {p.first for p in problems if p.first is not None}
    places = document.locate(paths)
    findings = []
    for problem in problems:
        message = printable(problem.message)
        if problem.first is not None:
            line, column = places[problem.first]
            message = _("{message} (first at {line}:{column})").format(
                message=message, line=line, column=column
            )
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
        message = _("the key “{key}” is there twice, and only the last one counts")
        ours = path in (("intents",), ("tests",), (OUT_OF_SCOPE,), (SLOTS_KEY,)) or (
            len(path) == 3
            and (
                (path[0] == "intents" and path[2] in ROLES)
                or (path[0] == "tests" and path[2] in TEST_KEYS)
            )
        )
        yield (error if ours else warning)(path, message.format(key=path[-1]), _("Merge the two"))


def _problems(data: Any) -> Iterator[Problem]:
    if not isinstance(data, dict) or not isinstance(data.get("intents"), list):
        path: JsonPath = ("intents",) if isinstance(data, dict) and "intents" in data else ()
        yield error(path, _what_it_is(data), _('Write {"intents": [ … ]}'))
        return
    items = data["intents"]
    if not items:
        remedy = _("Add at least two, each with patterns")
        yield error(("intents",), _("there is no intent"), remedy)
        return
    if is_alexa(items):
        remedy = _("Its intents have slots but no patterns to learn from: write some")
        yield error(("intents",), _("this is an Alexa interaction model"), remedy)
        return
    if all(isinstance(item, str) for item in items):
        message = _("these are only names, as in the settings of a Discord bot")
        remedy = _('Write {"tag": "…", "patterns": ["…"], "responses": ["…"]} for each')
        yield error(("intents",), message, remedy)
        return
    if len(items) > MOST_INTENTS:
        message = _("there are {count:,} intents, and at most {most:,} are read")
        message = message.format(count=len(items), most=MOST_INTENTS)
        yield error(("intents",), message, _("Split the file into several bots"))
        return
    fallback = _fallback_index(items)
    slots = slot_names(data)
    for i, item in enumerate(items):
        if isinstance(item, dict):
            yield from intent_problems(item, ("intents", i), is_fallback=i == fallback, slots=slots)
            yield from context_problems(item, ("intents", i))
            yield from action_problems(item, ("intents", i))
        else:
            message = _("intent {number} is {type}").format(number=i + 1, type=type_of(item))
            remedy = _('Write {"tag": "…", "patterns": ["…"], "responses": ["…"]}')
            yield error(("intents", i), message, remedy)
    yield from repeated_tag_problems(items)
    yield from repeated_pattern_problems(items)
    yield from unset_problems(items)
    yield from unreachable_problems(
        {
            i: (tag, [text for _, text in texts], frozenset(contexts_needed(item)))
            for i, item in enumerate(items)
            if (tag := tag_of(item)) is not None and (texts := texts_of(item, "patterns"))
        }
    )
    yield from near_duplicate_problems(
        {
            i: (tag, texts)
            for i, item in enumerate(items)
            if (tag := tag_of(item)) is not None
            and (texts := texts_of(item, "patterns"))
            and len(texts) <= MOST_PATTERNS
        }
    )
    yield from test_problems(data.get("tests", []), items)
    yield from scope_problems(data)
    yield from declaration_problems(data, items)
    with_patterns = sum(bool(texts_of(item, "patterns")) for item in items)
    if not with_patterns:
        unknown = list(dict.fromkeys(key for item in items for key in _unknown(item)))
        remedy = naming(unknown, "patterns") if unknown else _("Add patterns to at least two")
        yield error(("intents",), _("no intent has a pattern"), remedy)
    elif with_patterns == 1:
        remedy = _("A classifier needs at least two to choose from")
        yield warning(("intents",), _("only one intent has patterns"), remedy)


def _build(data: dict[str, Any]) -> Intents:
    """Return the intents of data that passed the check; blank patterns and replies are left out."""
    items = data["intents"]
    intents, slots = built(data)
    fallback = _fallback_index(items)
    tests = tuple(
        IntentTest(
            test["message"],
            test["intent"] and test["intent"].strip(),
            tuple(_all_of(test.get("after"))),
            tuple(name.strip() for name in _all_of(test.get("context")) if name.strip()),
        )
        for test in data.get("tests", [])
    )
    out_of_scope = tuple(text for _, text in texts_of(data, OUT_OF_SCOPE))
    quiet = data.get(SILENCED, [])
    silenced = (
        tuple(filter(lambda text: isinstance(text, str), quiet)) if isinstance(quiet, list) else ()
    )
    answering = None if fallback is None else intents[fallback]
    return Intents(intents, answering, tests, out_of_scope, silenced, slots)


def _all_of(value: str | list[str] | None) -> list[str]:
    """Return what a test says before it, or is active: a text, or a list of texts."""
    return [value] if isinstance(value, str) else value or []


def _fallback_index(items: list[Any]) -> int | None:
    """Return which intent holds the fallback reply."""
    candidates = (
        i
        for i, item in enumerate(items)
        if names_fallback(tag_of(item) or "") and is_empty(item, "patterns")
    )
    return next(candidates, None)


def _unknown(item: Any) -> list[str]:
    return unknown_keys(item) if isinstance(item, dict) else []


def _what_it_is(data: Any) -> str:
    """Say what a file is instead of an intents file."""
    if not isinstance(data, dict):
        return _("the file is {type}").format(type=type_of(data))
    if (kind := kind_of_json(data)) is not None:
        return _("this is {kind}").format(kind=kind)
    if "intents" in data:
        return _("“{key}” is {type}").format(key="intents", type=type_of(data["intents"]))
    keys = ", ".join(f"“{key}”" for key in list(data)[:5]) + (", …" if len(data) > 5 else "")
    return _("no key “intents”, only {keys}").format(keys=keys) if keys else _("no key “intents”")


def _is_renamed(data: Any) -> bool:
    items = data.get("intents") if isinstance(data, dict) else None
    objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return any(lookalike(item, key) for item in objects for key in ROLES) or (
        isinstance(data, dict) and _fallback_index(objects) is None and bool(fallback_keys(data))
    )
