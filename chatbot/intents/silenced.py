"""Findings that somebody does not want to see again: kept in the file itself, under "silenced"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from chatbot.intents.findings import Finding, Severity
from chatbot.intents.json_edit import with_data
from chatbot.intents.json_text import load
from chatbot.intents.types import SILENCED

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def name_of(finding: Finding) -> str:
    """Return what a finding is silenced by: its message, in which numbers may change."""
    message = _NUMBER.sub("#", finding.message)
    return message if finding.tag is None else f"{finding.tag}: {message}"


def parted(
    findings: Iterable[Finding], silenced: Collection[str]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings to show, and those that are silenced; an error cannot be."""
    found = tuple(findings)
    quiet = tuple(f for f in found if f.severity is not Severity.ERROR and name_of(f) in silenced)
    return tuple(f for f in found if f not in quiet), quiet


def with_silenced(text: str, finding: Finding, *, is_silenced: bool) -> str:
    """Return the text of a valid file in which a finding is silenced, or not any more."""
    data = load(text)
    name = name_of(finding)
    before = data.pop(SILENCED, None)
    texts = [each for each in before if each != name] if isinstance(before, list) else []
    if is_silenced:
        texts.append(name)
    if texts:
        data[SILENCED] = texts
    return with_data(text, data)
