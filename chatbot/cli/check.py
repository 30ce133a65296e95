"""The command `check`: findings of the file, of its model and of a cross-validation, printed.

Functions import what they need (start-up).
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatbot.cli import output
from chatbot.cli.libraries import explained_libraries
from chatbot.cli.options import (
    FILE,
    counted_intents,
    counted_patterns,
    explained,
    locations_of,
    noted,
    utf8,
    with_locations,
)
from chatbot.cli.speaking import Command, option
from chatbot.common import Locations, _, ngettext

if TYPE_CHECKING:
    from chatbot.conversation import Reader
    from chatbot.intents import Finding, Intents
    from chatbot.quality import Evaluated


@click.command(cls=Command)
@click.argument("file", type=FILE, required=False)
@option(
    "--cross-validate",
    is_flag=True,
    help="Also list the patterns that a model without them gets wrong.",
)
@option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@with_locations
@click.pass_context
@utf8
def check(
    context: click.Context,
    file: Path | None,
    cross_validate: bool,
    strict: bool,
    as_json: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Check an intents file, and what its model answers to it.

    Warnings are listed, but only errors and tests that do not hold make the exit code 1.
    """
    locations = locations_of(context, file or intents_option, model_option)
    with explained():
        code = _run(locations, cross_validate=cross_validate, strict=strict, as_json=as_json)
    sys.exit(code)


def _run(locations: Locations, *, cross_validate: bool, strict: bool, as_json: bool) -> int:
    """Check and print; return the exit code. Raises ChatbotError."""
    from chatbot.intents import IntentsError
    from chatbot.opening import read_intents

    path = locations.intents
    try:
        file = read_intents(path)
    except IntentsError as error:
        if not as_json:
            raise
        _print_json(path, error.findings, "not asked")
        return 1
    from chatbot.intents import parted
    from chatbot.quality import compared, examine, intent_tests

    reader, model = _reader(file.intents, locations.model)
    evaluated = _evaluated(file.intents, locations.model) if cross_validate else None
    health = examine(file.document, file.intents, reader, evaluated)
    findings, silenced = parted(
        sorted([*file.warnings, *health], key=lambda finding: finding.position),
        file.intents.silenced,
    )
    failed = [finding for finding in findings if finding.kind == intent_tests.KIND]
    if as_json:
        _print_json(path, findings, model)
    else:
        for finding in findings:
            output.say(finding.describe(path.name))
        for note in file.notes:
            output.say(f"{path.name}: {noted(note)}")
        patterns = sum(len(intent.patterns) for intent in file.intents.trainable)
        told = [
            *([_(file.imported_from)] if file.imported_from else []),
            counted_intents(len(file.intents.intents)),
            counted_patterns(patterns),
            _("no error"),
            ngettext("{count} warning", "{count} warnings", len(findings)).format(
                count=len(findings)
            ),
            *([_("{count} silenced").format(count=len(silenced))] if silenced else []),
        ]
        output.say(f"{path}: {', '.join(told)}")
        asked = compared(file.intents, with_model=reader is not None)
        if asked < patterns:
            sample = _("Compared with each other: a sample of {asked:,} of {patterns:,} patterns.")
            output.say(sample.format(asked=asked, patterns=patterns))
        tests = len(file.intents.tests)
        if reader is None:
            without = (
                _("Checked without the model, so its tests were not asked: {why}")
                if tests
                else _("Checked without the model: {why}")
            )
            output.say(without.format(why=model))
        elif tests:
            hold = _("Of {tests} tests that must always hold, {count} hold.")
            output.say(hold.format(tests=tests, count=tests - len(failed)))
    return 1 if failed or (strict and findings) else 0


def _reader(intents: Intents, folder: Path) -> tuple[Reader | None, str]:
    """Return the model's reader if it has learned these patterns, and whether it was asked."""
    from chatbot.conversation import Reader
    from chatbot.model import files as model_files
    from chatbot.network import ModelError

    try:
        model = model_files.load(folder)
    except ModelError as error:
        return None, str(error)
    if model.card.intents_digest != intents.digest:
        return None, _("the patterns have changed since the training. Train again: `chatbot train`")
    return Reader.of(model, intents), "asked"


def _evaluated(intents: Intents, model: Path) -> Evaluated:
    """Cross-validate, with progress on a terminal."""
    with explained_libraries():
        from chatbot.learning import Settings, evaluate
        from chatbot.quality import Evaluated, report

        for record in evaluate(intents, settings=Settings.like(model)):
            if isinstance(record, Evaluated):
                output.clear_progress()
                return record
            output.show_progress(report.progress_line(record))
    raise AssertionError("an evaluation ends with its result")


def _print_json(path: Path, findings: tuple[Finding, ...], model: str) -> None:
    from chatbot.intents import Severity

    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    value = {
        "file": str(path),
        "errors": errors,
        "warnings": len(findings) - errors,
        "model": model,
        "findings": [_as_dict(finding) for finding in findings],
    }
    output.say_json(value)


def _as_dict(finding: Finding) -> dict[str, Any]:
    line, column = finding.position
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "line": line,
        "column": column,
        "tag": finding.tag,
        "message": finding.message,
        "remedy": finding.remedy,
        "fix": None if finding.fix is None else asdict(finding.fix),
    }
