"""The result of a training in words, on the command line and in the app. No torch here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatbot.common import HARDER, measured, percent, printable
from chatbot.versions.answer_changes import ORDER, AnswerChanges, Change, FailedTest
from chatbot.versions.records import Progress, Saved

if TYPE_CHECKING:
    from chatbot.model import Metrics

LISTED = 12
"""Changed answers that a report lists; `chatbot versions compare` lists them all."""

GUESS = "  ? is a guess: nobody has said yet what is right for that message."
"""Behind a list in which a verdict has the sign."""

_SOURCES = {"pattern": "pattern", "typed": "typed before", "test": "test"}


def progress_line(record: Progress) -> str:
    """Return where a training stands as one line."""
    accuracy = (
        ""
        if record.held_out_accuracy is None
        else f", held-out {percent(record.held_out_accuracy)} right"
    )
    return (
        f"{record.phase}: epoch {record.epoch}/{record.epochs}, loss {record.loss:.3f}{accuracy}, "
        f"at most {record.eta_seconds:.0f} s to go"
    )


def report(saved: Saved) -> list[str]:
    """Return what a training achieved, before and after, as lines."""
    changed = changes(saved.answer_changes)
    return [*figures(saved), *changed, outcome(saved), f"Model: {saved.model}"]


def figures(saved: Saved) -> list[str]:
    """Return how good the model is, as lines."""
    after, before = saved.metrics, saved.metrics_before
    how = ", starting from the previous model" if saved.warm else ""
    lines = [
        f"Trained on {after.patterns} patterns of {saved.intents} intents in {after.seconds:.1f} s"
        f"{how}."
    ]
    if after.held_out_accuracy is None:
        lines.append(f"{held_out(after)}.")
    elif saved.warm:
        lines.append(f"{held_out(after)}, at the last full training.")
    else:
        was = before.held_out_accuracy if before else None
        compared = f", before {percent(was)}" if was is not None else ""
        lines.append(f"{held_out(after)}{compared}. {HARDER}")
    was_right = saved.answer_changes.network_right_before
    if sample := saved.answer_changes.asked_alone:
        asked = "today's patterns" if sample == after.patterns else f"a sample of {sample} patterns"
        lines.append(
            f"Of {asked} the network alone gets {percent(saved.answer_changes.network_right)} right"
            + (f" (before {percent(was_right)})." if was_right is not None else ".")
        )
    return lines


def held_out(metrics: Metrics) -> str:
    """Return the accuracy on patterns that were held out, as it is told everywhere."""
    if metrics.held_out_accuracy is None:
        return "Held-out accuracy not known: too few patterns to hold any out"
    asked, what = metrics.held_out_patterns, "patterns it had not seen"
    return f"Held-out accuracy {measured(metrics.held_out_accuracy, asked, what)}"


def changes(compared: AnswerChanges) -> list[str]:
    """Return which answers changed, and which tests do not hold, as lines."""
    lines = []
    asked = f"{compared.patterns} patterns and {compared.typed} messages typed before"
    if compared.changes:
        counts = ", ".join(
            f"{count} {verdict}" for verdict in ORDER if (count := compared.count(verdict))
        )
        lines.append(f"Answers to {asked}: {counts}.")
        listed = compared.changes[:LISTED]
        lines += [f"  {change_line(change)}" for change in listed]
        if any(change.is_guess for change in listed):
            lines.append(GUESS)
        more = len(compared.changes) - LISTED
        if more > 0:
            lines.append(f"  … and {more} more")
    elif compared.patterns:
        lines.append(f"Answers to {asked}: none changed.")
    if compared.tests:
        held = compared.tests - len(compared.failed)
        lines.append(f"Of {compared.tests} tests that must always hold, {held} hold.")
        lines += [f"  {failed_line(test)}" for test in compared.failed]
    return lines


def change_line(change: Change) -> str:
    """Return one changed answer."""
    verdict = f"{change.verdict}?" if change.is_guess else change.verdict
    return (
        f"{verdict:7}  “{_quoted(change.message)}” ({_SOURCES[change.source]}): "
        f"{answer(change.before)} → {answer(change.after)}"
    )


def failed_line(test: FailedTest) -> str:
    """Return one test that does not hold."""
    return f"fails    “{_quoted(test.message)}”: {answer(test.said)}, not {answer(test.intent)}"


def answer(tag: str | None) -> str:
    """Return how an answer is named in a report."""
    return "“I don't know”" if tag is None else printable(tag)


def outcome(saved: Saved) -> str:
    """Return what became of the new model."""
    if saved.answers:
        return f"Version {saved.version} answers from now on."
    return (
        f"The old model still answers. {got_worse(saved)}, so the new one is only kept: "
        f"`chatbot versions use {saved.version}` makes it answer"
    )


def got_worse(saved: Saved) -> str:
    """Return whether answers are known to have got worse, or are only thought to have."""
    known = any(
        change.verdict == "worse" and not change.is_guess for change in saved.answer_changes.changes
    )
    return "Answers got worse" if known else "Answers may have got worse"


def _quoted(message: str) -> str:
    return printable(" ".join(message.split()))


def summary(saved: Saved) -> Iterator[str]:
    """Yield the lines that fit into a notification."""
    yield figures(saved)[1]
    compared = saved.answer_changes
    parts = [
        f"{compared.count(verdict)} {verdict}"
        for verdict in ("worse", "better")
        if compared.count(verdict)
    ]
    if parts:
        yield f"Answers: {', '.join(parts)}."
    if compared.failed:
        yield f"{len(compared.failed)} of {compared.tests} tests do not hold."
