"""The command `check`: findings of the file, of its model and of a cross-validation, printed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatbot.common import Locations
from chatbot.intents import Finding, Intents, IntentsError, Severity
from chatbot.opening import read_intents

if TYPE_CHECKING:
    from chatbot.conversation import Reader
    from chatbot.quality import Evaluated


def run(locations: Locations, *, cross_validate: bool, strict: bool, as_json: bool) -> int:
    """Check and print; return the exit code. Raises ChatbotError."""
    path = locations.intents
    try:
        file = read_intents(path)
    except IntentsError as error:
        if not as_json:
            raise
        _print_json(path, error.findings, "not asked")
        return 1
    from chatbot.quality import examine, intent_tests

    reader, model = _reader(file.intents, locations.model)
    evaluated = _evaluated(file.intents) if cross_validate else None
    health = examine(file.document, file.intents, reader, evaluated)
    findings = tuple(sorted([*file.warnings, *health], key=lambda finding: finding.position))
    failed = [finding for finding in findings if finding.kind == intent_tests.KIND]
    if as_json:
        _print_json(path, findings, model)
    else:
        for finding in findings:
            print(finding.describe(path.name))
        for note in file.notes:
            print(f"{path.name}: note: {note}")
        patterns = sum(len(intent.patterns) for intent in file.intents.trainable)
        imported = f"{file.imported_from}, " if file.imported_from else ""
        print(
            f"{path}: {imported}{len(file.intents.intents)} intents, {patterns} patterns, "
            f"no error, {len(findings)} warnings"
        )
        tests = len(file.intents.tests)
        if reader is None:
            and_tests = " and its tests not asked" if tests else ""
            print(f"Its states were not compared{and_tests}: {model}")
        elif tests:
            print(f"Of {tests} tests that must always hold, {tests - len(failed)} hold.")
    return 1 if failed or (strict and findings) else 0


def _reader(intents: Intents, folder: Path) -> tuple[Reader | None, str]:
    """Return the model's reader where it can speak of these patterns, and what became of it."""
    from chatbot.conversation import Reader
    from chatbot.model import files as model_files
    from chatbot.network import ModelError

    try:
        model = model_files.load(folder)
    except ModelError as error:
        return None, str(error)
    if model.card.intents_digest != intents.digest:
        return None, "the patterns have changed since the training. Train: `chatbot train`"
    return Reader.of(model, intents), "asked"


def _evaluated(intents: Intents) -> Evaluated:
    """Cross-validate, with progress on a terminal."""
    from chatbot.learning import evaluate
    from chatbot.quality import Evaluated, report

    for record in evaluate(intents):
        if isinstance(record, Evaluated):
            report.clear_progress()
            return record
        report.show_progress(record)
    raise AssertionError("the last record of an evaluation is its result")


def _print_json(path: Path, findings: tuple[Finding, ...], model: str) -> None:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    value = {
        "file": str(path),
        "errors": errors,
        "warnings": len(findings) - errors,
        "model": model,
        "findings": [_as_dict(finding) for finding in findings],
    }
    print(json.dumps(value), file=sys.stdout)


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
