"""The problems that the health check finds, and where in the file they are."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

from chatbot.common import printable
from chatbot.intents import START, Finding, Fix, JsonDocument, JsonPath, Position, Severity, tag_of


class Kind(StrEnum):
    """What a finding is about."""

    FEW_PATTERNS = "few_patterns"
    UNBALANCED = "unbalanced"
    NEAR_DUPLICATE = "near_duplicate"
    OVERLAP = "overlap"
    SUSPICIOUS_LABEL = "suspicious_label"
    WRONG = "wrong_in_cross_validation"
    NEVER_RIGHT = "never_right_in_cross_validation"


class Problem(NamedTuple):
    """A finding whose place is still a tag and a pattern."""

    kind: Kind
    tag: str
    pattern: str | None
    """None for a finding about the whole intent."""
    message: str
    remedy: str
    fix: Fix | None = None


def placed(document: JsonDocument | None, problems: list[Problem]) -> tuple[Finding, ...]:
    """Turn names into positions and sort by them; an imported file has no text to point into."""
    if not problems:
        return ()
    places = {} if document is None else _paths(document.text)
    paths = [places.get((p.tag, p.pattern), ()) for p in problems]
    nowhere: dict[JsonPath, Position] = {(): START}
    positions = nowhere if document is None else document.locate(set(paths))
    findings = [
        Finding(
            Severity.WARNING,
            printable(problem.message),
            printable(problem.remedy),
            positions[path],
            printable(problem.tag),
            problem.kind.value,
            problem.fix,
        )
        for problem, path in zip(problems, paths, strict=True)
    ]
    return tuple(sorted(findings, key=lambda finding: finding.position))


def _paths(text: str) -> dict[tuple[str | None, str | None], JsonPath]:
    """Return where each intent's tag and each of its patterns stands in a valid file."""
    paths: dict[tuple[str | None, str | None], JsonPath] = {}
    for i, item in enumerate(json.loads(text)["intents"]):
        tag = tag_of(item)
        paths[tag, None] = ("intents", i, "tag")
        for k, pattern in enumerate(item.get("patterns", [])):
            paths[tag, pattern] = ("intents", i, "patterns", k)
    return paths
