"""The command `convert`: import, report what was read and what was not, write.

Functions import what they need (start-up).
"""

from __future__ import annotations

from pathlib import Path

import click

from chatbot.cli import output
from chatbot.cli.conversion_report import ConversionReport
from chatbot.cli.conversion_target import becomes_folder, refuse_existing, write
from chatbot.cli.options import FILE, explained, utf8
from chatbot.cli.speaking import Command, option
from chatbot.common import write_atomically

_BY_ENDING = {".yml": "rasa", ".yaml": "rasa", ".csv": "csv", ".lu": "lu", ".zip": "dialogflow"}
_FORMATS = ("classic", "rasa", "csv", "nlpjs", "snips", "dialogflow", "watson", "lu")


@click.command(cls=Command)
@click.argument("source", type=FILE)
@click.argument("target", required=False)
@option(
    "--to",
    type=click.Choice(_FORMATS),
    help="The format to write. By default TARGET's ending decides: .yml, .csv, .lu, .zip (an agent "
    "of Dialogflow), else classic. dialogflow writes a folder where TARGET does not end in .zip.",
)
@option("--language", help="The language to read where there are several, like en or pt-BR.")
@option("--force", is_flag=True, help="Overwrite an existing file.")
@option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@option(
    "--report",
    "report_option",
    type=FILE,
    metavar="FILE",
    help="Also write the report: JSON to .json, else Markdown.",
)
@utf8
def convert(
    source: Path,
    target: str | None,
    to: str | None,
    language: str | None,
    force: bool,
    as_json: bool,
    report_option: Path | None,
) -> None:
    """Read another program's training data and write an intents file.

    SOURCE is a file, a folder or a zip archive. Its format is recognised by its content:
    intents.json and its variants (also in YAML, TOML and JSON Lines), Rasa (YAML, Markdown, JSON),
    Dialogflow ES and CX, Amazon Lex, Snips, LUIS, Bot Framework (.lu, .qna), Wit.ai, Watson, Alexa,
    Jovo, nlp.js, Botpress, AIML, Padatious, Rhasspy, Home Assistant, Chatito, DeepPavlov, fastText,
    CSV, TSV, CLINC-style JSON, questions and answers in any of JSON, YAML, HTML, tables and plain
    text.
    The report says what could not be converted. TARGET - is standard output; without a TARGET
    nothing is written.
    """
    from chatbot import formats

    with explained():
        imported = formats.read(source, language)
        to = to or _BY_ENDING.get(Path(target or "").suffix.lower(), "classic")
        written = formats.WRITERS[to](imported.intents) if target is not None else None
        file = None if target in (None, "-") else Path(target or "")
        if report_option is not None:
            refuse_existing(report_option, force=force)
        if written is not None and file is not None:
            refuse_existing(file, force=force, as_folder=becomes_folder(file, written))
            write(file, written)
        report = ConversionReport(source, imported, target, to, written)
        if report_option is not None:
            write_atomically(report_option, report.as_file(report_option).encode())
        text = report.as_json() if as_json else report.as_text()
        if written is not None and target == "-":
            output.say_file(written.data)
            output.warn(text)
        else:
            output.say(text)
