"""The command `convert`: import, report what was read and what was not, write.

Functions import what they need (start-up).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.options import FILE, explained, utf8
from chatbot.common import ChatbotError, printable, printable_json, write_atomically

if TYPE_CHECKING:
    from chatbot.formats import Imported, Note, Written

_SINGULAR = {"intents": "intent", "patterns": "pattern", "replies": "reply"}
_BY_ENDING = {".yml": "rasa", ".yaml": "rasa", ".csv": "csv"}


class ConvertError(ChatbotError):
    """The target cannot be written."""


@click.command()
@click.argument("source", type=FILE)
@click.argument("target", required=False)
@click.option(
    "--to",
    type=click.Choice(["classic", "rasa", "csv"]),
    help="The format to write. By default TARGET's ending decides: .yml, .csv, else classic.",
)
@click.option("--language", help="The language to read where there are several, like en or pt-BR.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@utf8
def convert(
    source: Path,
    target: str | None,
    to: str | None,
    language: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Read another program's training data and write an intents file.

    SOURCE is a file, a folder or a zip archive. Its format is recognised by its content:
    intents.json and its variants, Rasa (YAML, Markdown, JSON), Dialogflow ES, Snips, LUIS, Wit.ai,
    nlp.js, Botpress, Padatious, DeepPavlov, CSV, TSV, CLINC-style JSON. The report says what could
    not be converted. TARGET - is standard output; without a TARGET nothing is written.
    """
    from chatbot import formats

    with explained():
        imported = formats.read(source, language)
        to = to or _BY_ENDING.get(Path(target or "").suffix.lower(), "classic")
        written = formats.WRITERS[to](imported.intents) if target is not None else None
        if written is not None and target not in (None, "-"):
            _write(Path(target or ""), written.text, force=force)
        lines = _report_json if as_json else _report
        text = lines(source, imported, target, to, written)
        if written is not None and target == "-":
            output.say_file(written.text)
            output.warn(text)
        else:
            output.say(text)


def _write(target: Path, text: str, *, force: bool) -> None:
    if target.is_dir():
        raise ConvertError(f"{target} is a folder. Name a file in it, like intents.json")
    if target.exists() and not force:
        raise ConvertError(f"{target} already exists. --force overwrites it")
    write_atomically(target, text.encode())


def _counts(imported: Imported) -> dict[str, int]:
    intents = imported.intents.intents
    return {
        "intents": len(intents),
        "patterns": sum(len(intent.patterns) for intent in intents),
        "replies": sum(len(intent.responses) for intent in intents),
    }


def _report(
    source: Path, imported: Imported, target: str | None, to: str, written: Written | None
) -> str:
    """Return the report for people."""
    counts = ", ".join(
        f"{count} {what if count != 1 else _SINGULAR[what]}"
        for what, count in _counts(imported).items()
    )
    lines = [f"Read {source} as {imported.format}: {counts}"]
    fallback = imported.intents.fallback
    lines.append(f"Fallback reply: {f'“{fallback.tag}”' if fallback else 'none'}")
    lines += [f"  note: {note}" for note in imported.notes]
    if written is None:
        lines.append("Nothing was written: name a target, like intents.json, or - to print it")
    else:
        lines += [f"  note on writing {to}: {note}" for note in written.notes]
        lines.append(f"Wrote {'standard output' if target == '-' else target} ({to})")
    return "\n".join(printable(line) for line in lines)


def _report_json(
    source: Path, imported: Imported, target: str | None, to: str, written: Written | None
) -> str:
    """Return the report for programs."""
    report = {
        "source": str(source),
        "format": imported.format,
        **_counts(imported),
        "fallback": imported.intents.fallback.tag if imported.intents.fallback else None,
        "notes": _as_json(imported.notes),
        "target": target,
        "to": to if written is not None else None,
        "not_written": _as_json(written.notes) if written is not None else [],
    }
    return printable_json(json.dumps(report, ensure_ascii=False))


def _as_json(notes: tuple[Note, ...]) -> list[dict[str, object]]:
    return [{"what": note.what, "count": note.count} for note in notes]
