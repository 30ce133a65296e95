"""Findings: what somebody should look at in an intents file, where it is, and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from chatbot.common import ChatbotError, _, printable
from chatbot.intents.json_positions import Position


class Severity(StrEnum):
    """How serious a finding is."""

    ERROR = "error"
    """The file cannot be used."""
    WARNING = "warning"
    """Probably a mistake; the file can be used all the same."""

    @property
    def word(self) -> str:
        """How it is called on the screen."""
        return _("error") if self is Severity.ERROR else _("warning")


FixAction = Literal[
    "remove_pattern", "move_pattern", "remove_reply", "correct_slots", "trim_tag", "merge_tags",
    "merge_intents",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the file that remedies a finding; `fixes.apply` makes it."""

    action: FixAction
    tag: str
    """The intent that holds it; of several the last one."""
    pattern: str
    """The pattern, the reply or the tag, as it is written, that the action is about."""
    target: str | None = None
    """The intent to move it to."""

    @property
    def title(self) -> str:
        """What it does, in a few words."""
        if self.action == "correct_slots":
            return _("Correct it")
        if self.action == "trim_tag":
            return _("Delete the blanks")
        if self.action == "merge_tags":
            return _("Merge them")
        if self.action == "merge_intents":
            return _("Merge it into “{intent}”").format(intent=self.target)
        if self.target is None:
            return _("Remove it")
        return _("Move it to “{intent}”").format(intent=self.target)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the file that somebody should look at."""

    severity: Severity
    message: str
    """What is wrong."""
    remedy: str
    """What to do about it."""
    position: Position
    tag: str | None = None
    """The intent it is in."""
    kind: str = "file"
    """What found it: "file" for the file's own check, or a kind of `chatbot.quality`."""
    fix: Fix | None = None
    """A remedy that one key applies, if there is one."""

    def describe(self, file_name: str) -> str:
        """Return it as compilers do: file:line:column: severity: message. Remedy."""
        line, column = self.position
        return f"{file_name}:{line}:{column}: {self.severity.word}: {self.message}. {self.remedy}"


class IntentsError(ChatbotError):
    """An intents file that cannot be used; str() lists every error with its place and remedy.

    `name` is what to call the file, if not by the last part of its path.
    """

    def __init__(self, path: Path, findings: tuple[Finding, ...], name: str = "") -> None:
        called = printable(name or path.name)
        super().__init__("\n".join(finding.describe(called) for finding in findings))
        self.path = path
        self.findings = findings
