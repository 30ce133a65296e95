"""The report of a conversion: what was read, changed, left out and written; for people or programs.

Functions import what they need (start-up).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.cli.options import counted_intents, counted_patterns, noted
from chatbot.common import _, ngettext, printable, printable_json

if TYPE_CHECKING:
    from chatbot.formats import Imported, Note, Written


@dataclass(frozen=True, slots=True)
class ConversionReport:
    """What a conversion did."""

    source: Path
    imported: Imported
    target: str | None
    """None where nothing is written, "-" for standard output."""
    to: str
    written: Written | None

    def as_text(self) -> str:
        """Return it as lines for a terminal."""
        fallback = f"“{self._fallback}”" if self._fallback else _("none")
        lines = [
            _("Read {source} as {format}: {counts}").format(
                source=self.source, format=_(self.imported.format), counts=self._counted()
            ),
            _("Fallback reply: {fallback}").format(fallback=fallback),
            *(f"  {noted(str(note))}" for note in self.imported.notes),
        ]
        if self.written is None:
            lines.append(
                _("Nothing was written: name a target, like intents.json, or - to print it")
            )
        else:
            on_writing = _("note on writing {format}: {note}")
            lines += [
                f"  {on_writing.format(format=self.to, note=note)}" for note in self.written.notes
            ]
            wrote = _("Wrote {target} ({format})")
            lines.append(wrote.format(target=self._target, format=self.to))
        return "\n".join(map(printable, lines))

    def as_markdown(self) -> str:
        """Return it as a page of Markdown, with a table of what was not carried over."""
        fallback = f"“{_escaped(self._fallback)}”" if self._fallback else _("none")
        read_as = _("Read as {format}: {counts}. Fallback: {fallback}.").format(
            format=_(self.imported.format), counts=self._counted(), fallback=fallback
        )
        lines = [f"# {_escaped(self.source.name)}", "", read_as]
        not_as_it_was = _("Read, but not as it was")
        lines += ["", f"## {not_as_it_was}", "", *_table(self.imported.notes)]
        if self.written is not None:
            not_written = _("Not written ({format})").format(format=self.to)
            written_to = _("Written to {target}.").format(target=_escaped(self._target))
            lines += ["", f"## {not_written}", "", *_table(self.written.notes), "", written_to]
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """Return it as one JSON object on a line."""
        report = {
            "source": str(self.source),
            "format": self.imported.format,
            **self._counts(),
            "fallback": self._fallback,
            "notes": _as_json(self.imported.notes),
            "target": self.target,
            "to": self.to if self.written is not None else None,
            "not_written": [] if self.written is None else _as_json(self.written.notes),
        }
        return printable_json(json.dumps(report, ensure_ascii=False))

    def as_file(self, path: Path) -> str:
        """Return it as a file of this name holds it: JSON for .json, else Markdown."""
        return self.as_json() + "\n" if path.suffix.lower() == ".json" else self.as_markdown()

    @property
    def _fallback(self) -> str | None:
        fallback = self.imported.intents.fallback
        return None if fallback is None else fallback.tag

    @property
    def _target(self) -> str:
        return _("standard output") if self.target == "-" else str(self.target)

    def _counts(self) -> dict[str, int]:
        intents = self.imported.intents.intents
        return {
            "intents": len(intents),
            "patterns": sum(len(intent.patterns) for intent in intents),
            "replies": sum(len(intent.responses) for intent in intents),
        }

    def _counted(self) -> str:
        intents, patterns, replies = self._counts().values()
        in_words = ngettext("{count} reply", "{count} replies", replies).format(count=replies)
        return f"{counted_intents(intents)}, {counted_patterns(patterns)}, {in_words}"


def _table(notes: tuple[Note, ...]) -> list[str]:
    """Return notes as the rows of a Markdown table."""
    if not notes:
        return [_("Nothing.")]
    rows = [
        f"| {_escaped(note.translated)} | {note.count} | {_escaped('; '.join(note.examples))} |"
        for note in notes
    ]
    head = " | ".join((_("what"), _("number"), _("the first")))
    return [f"| {head} |", "|---|---|---|", *rows]


def _escaped(text: str) -> str:
    """Return a text for a cell of a table: of one line, and nothing in it is markup."""
    plain = printable(" ".join(text.split()))
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in plain)


def _as_json(notes: tuple[Note, ...]) -> list[dict[str, object]]:
    return [
        {"what": note.what, "count": note.count, "examples": list(note.examples)} for note in notes
    ]
