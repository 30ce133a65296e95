"""The commands `versions`: list what was trained, compare two of them, and go back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from chatbot import history, paths, versions
from chatbot import intents as intents_file
from chatbot.bot import Chatbot
from chatbot.intents import Intents
from chatbot.intents_diff import Difference, difference
from chatbot.paths import Locations
from chatbot.regression import Regression, regression
from chatbot.replies import Replier
from chatbot.training_report import change_line, failed_line
from chatbot.versions import Used, Version
from chatbot.wording import printable


def show_list(locations: Locations, *, as_json: bool) -> None:
    """Print the versions, the newest first."""
    found = versions.listed(locations.model)
    if as_json:
        print(json.dumps([_as_dict(version) for version in found]))
        return
    if not found:
        print(f"{locations.model}: no version yet. `chatbot train` makes one.")
    for version in found:
        mark = "answers now" if version.answers else ""
        print(f"{version.number:4}  {facts(version)}  {mark}".rstrip())


def facts(version: Version) -> str:
    """Return a version's card in a line: when, of what, how good."""
    card, metrics = version.card, version.card.metrics
    accuracy = metrics.held_out_accuracy
    return (
        f"{when(card.trained_at)}  {len(card.intents):4} intents  {metrics.patterns:6} patterns  "
        + ("held-out      –" if accuracy is None else f"held-out {accuracy:6.1%}")
        + ("  small edit" if card.warm_retrains else "  in full   ")
    )


def when(trained_at: str) -> str:
    """Return a time in this machine's time zone, to the minute."""
    try:
        moment = datetime.fromisoformat(trained_at)
    except ValueError:
        return printable(trained_at)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _as_dict(version: Version) -> dict[str, object]:
    return {
        "version": version.number,
        "answers": version.answers,
        "folder": str(version.folder),
        "has_intents": version.intents_path.exists(),
        **{key: value for key, value in asdict(version.card).items() if key != "intents"},
        "intents": version.card.intents,
    }


def show_comparison(locations: Locations, before: int, after: int, *, as_json: bool) -> None:
    """Print what differs between two versions: their files, their figures, their answers."""
    one, other = (versions.find(locations.model, number) for number in (before, after))
    typed = history.load(paths.history_file(locations.intents))
    compared, edit = compare(one, other, locations.intents, typed)
    if as_json:
        value = {
            "before": _as_dict(one),
            "after": _as_dict(other),
            "intents": None if edit is None else asdict(edit),
            "regression": asdict(compared),
        }
        print(json.dumps(value))
        return
    for version in (one, other):
        print(f"{version.number:4}  {facts(version)}")
    print("\n".join(comparison_lines(compared, edit)))


def compare(
    before: Version, after: Version, intents: Path, typed: list[str]
) -> tuple[Regression, Difference | None]:
    """Ask two versions, each with its own intents file, and compare the files where both are known.

    A version whose file is not known gets the one at `intents`. Raises ModelError or IntentsError.
    """
    files = [version.intents() for version in (before, after)]
    now: Intents | None = None
    if None in files:
        now = intents_file.read(intents).intents
    bots = [
        Chatbot(file or now or Intents(()), version.model(), Replier(user=""))
        for file, version in zip(files, (before, after), strict=True)
    ]
    known = [file for file in files if file is not None]
    edit = difference(known[0], known[1]) if len(known) == 2 else None
    return regression(bots[0], bots[1], typed), edit


def comparison_lines(compared: Regression, edit: Difference | None) -> list[str]:
    """Return what differs between two versions."""
    return [*_edit_lines(edit), *_answer_lines(compared)]


def _edit_lines(edit: Difference | None) -> list[str]:
    if edit is None:
        return ["The intents file of one of them is not known."]
    if not edit:
        return ["Their intents files say the same."]
    lines = [f"intent new: {printable(tag)}" for tag in edit.added]
    lines += [f"intent gone: {printable(tag)}" for tag in edit.removed]
    lines += [f"intent renamed: {printable(old)} → {printable(new)}" for old, new in edit.renamed]
    for sign, pairs in (("+", edit.patterns_added), ("-", edit.patterns_removed)):
        lines += [f"{sign} {printable(tag)}: “{printable(text)}”" for tag, text in pairs]
    if edit.replies_changed:
        lines.append("replies changed: " + printable(", ".join(edit.replies_changed)))
    return lines


def _answer_lines(compared: Regression) -> list[str]:
    asked = f"{compared.patterns} patterns and {compared.typed} messages once typed"
    lines = [f"Answers to {asked}: {len(compared.changes) or 'none'} changed."]
    lines += [f"  {change_line(change)}" for change in compared.changes]
    return lines + [f"  {failed_line(test)}" for test in compared.failed]


def use(locations: Locations, number: int, *, with_intents: bool) -> None:
    """Let a version answer, and say what was done."""
    used = versions.use(locations.intents, locations.model, number, with_intents=with_intents)
    print("\n".join(used_lines(used, locations.intents)))


def used_lines(used: Used, intents: Path) -> list[str]:
    """Return what going to a version did."""
    lines = [f"Version {used.version.number} answers from now on."]
    if used.intents_changed:
        lines.append(f"{intents} is as it was when that version was trained.")
    if used.replaced is not None:
        lines.append(f"The file as you had it: {used.replaced}")
    return [*lines, used.note] if used.note else lines
