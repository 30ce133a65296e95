"""The command `train`: run a training and print its records, as a line for people or as JSON."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from chatbot.common import ChatbotError, Locations, paths
from chatbot.conversation import history
from chatbot.learning import Plan, Settings, train_file
from chatbot.network import CellKind
from chatbot.versions import Failed, Progress, Saved, records, report
from chatbot.versions import kept as versions


def run(
    locations: Locations,
    *,
    cell: CellKind,
    hidden_size: int | None,
    seed: int,
    plan: Plan,
    as_json: bool,
) -> int:
    """Train and print; return the exit code: 1 also where the old model still answers."""
    settings = Settings(cell=cell, hidden_size=hidden_size, seed=seed)
    plan = replace(plan, typed=history.load(paths.history_file(locations.intents)))
    show = _print_json if as_json else _print_line
    saved: Saved | None = None
    try:
        for record in train_file(locations.intents, locations.model, settings, plan=plan):
            saved = record if isinstance(record, Saved) else None
            if saved is None or saved.answers or as_json or not _is_person():
                show(record)
        if saved is not None and not saved.answers and not as_json and _is_person():
            saved = _ask(locations, saved)
    except ChatbotError as error:
        show(Failed(str(error)))
        return 1
    except (KeyboardInterrupt, click.Abort):
        show(Failed("Cancelled. The old model, if any, still answers."))
        return 1
    return 0 if saved is not None and saved.answers else 1


def _is_person() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(locations: Locations, saved: Saved) -> Saved:
    """Show what got worse and let a person decide."""
    _clear_progress()
    print("\n".join([*report.figures(saved), *report.changes(saved.answer_changes)]))
    if click.confirm("Answers got worse. Take the new model over all the same?"):
        versions.use(locations.intents, locations.model, saved.version, with_intents=False)
        saved = replace(saved, answers=True)
    print(report.outcome(saved))
    return saved


def _print_json(record: Progress | Saved | Failed) -> None:
    print(records.encode(record), flush=True)


def _print_line(record: Progress | Saved | Failed) -> None:
    """Progress overwrites one line of stderr on a terminal; the result goes to stdout."""
    if isinstance(record, Progress):
        if sys.stderr.isatty():
            print(f"\r\x1b[K{report.progress_line(record)}", end="", file=sys.stderr, flush=True)
        return
    _clear_progress()
    if isinstance(record, Failed):
        print(f"Error: {record.message}", file=sys.stderr)
    else:
        print("\n".join(report.report(record)))


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
