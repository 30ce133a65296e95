"""The result of a training in words, on the command line and in the app. No torch here."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.common import HARDER, likely_range, printable
from chatbot.versions.answer_changes import ORDER, AnswerChanges, Change, FailedTest
from chatbot.versions.records import Progress, Saved

LISTED = 12
"""Changed answers that a report lists; `chatbot versions compare` lists them all."""

_SOURCES = {"pattern": "pattern", "typed": "typed before", "test": "test"}


def progress_line(record: Progress) -> str:
    """Return where a training stands as one line."""
    accuracy = (
        ""
        if record.held_out_accuracy is None
        else f", held-out {record.held_out_accuracy:.1%} right"
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
        lines.append("Too few patterns to hold any out, so the accuracy is not known.")
    elif saved.warm:
        lines.append(
            f"Held-out accuracy {after.held_out_accuracy:.1%} at the last full training, measured "
            f"on {after.held_out_patterns} patterns it had not seen."
        )
    else:
        was = before.held_out_accuracy if before else None
        likely = likely_range(after.held_out_accuracy, after.held_out_patterns)
        lines.append(
            f"Held-out accuracy {after.held_out_accuracy:.1%}"
            + (f" (before {was:.1%})" if was is not None else "")
            + f", likely {likely}: measured on {after.held_out_patterns} patterns it had not "
            f"seen. {HARDER}"
        )
    was_right = saved.answer_changes.network_right_before
    sample = saved.answer_changes.asked_alone
    asked = "today's patterns" if sample == after.patterns else f"a sample of {sample} patterns"
    lines.append(
        f"Of {asked} the network alone gets {saved.answer_changes.network_right:.1%} right"
        + (f" (before {was_right:.1%})." if was_right is not None else ".")
    )
    return lines


def changes(compared: AnswerChanges) -> list[str]:
    """Return which answers changed, and which tests do not hold, as lines."""
    lines = []
    asked = f"{compared.patterns} patterns and {compared.typed} messages typed before"
    if compared.changes:
        counts = ", ".join(
            f"{count} {verdict}" for verdict in ORDER if (count := compared.count(verdict))
        )
        lines.append(f"Answers to {asked}: {counts}.")
        lines += [f"  {change_line(change)}" for change in compared.changes[:LISTED]]
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
    return (
        f"{change.verdict:7}  “{_quoted(change.message)}” ({_SOURCES[change.source]}): "
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
        f"The old model still answers, because answers got worse. The new one is kept: "
        f"`chatbot versions use {saved.version}` makes it answer"
    )


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
