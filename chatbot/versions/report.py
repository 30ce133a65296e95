"""The result of a training in words, on the command line and in the app. No torch here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatbot.common import HARDER, N_, _, likely_range, printable
from chatbot.versions.answer_changes import ORDER, AnswerChanges, Change, FailedTest, Verdict
from chatbot.versions.records import Progress, Saved

LISTED = 12
"""Changed answers that a report lists; `chatbot versions compare` lists them all."""

_SOURCES = {"pattern": N_("pattern"), "typed": N_("typed before"), "test": N_("test")}
_VERDICTS = {"worse": N_("worse"), "changed": N_("changed"), "better": N_("better")}
_COUNTED = {
    "worse": N_("{count} worse"),
    "changed": N_("{count} changed"),
    "better": N_("{count} better"),
}


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
    return [
        *figures(saved),
        *changed,
        outcome(saved),
        _("Model: {model}").format(model=saved.model),
    ]


def figures(saved: Saved) -> list[str]:
    """Return how good the model is, as lines."""
    after, before = saved.metrics, saved.metrics_before
    trained = (
        _(
            "Trained on {patterns} patterns of {intents} intents in {seconds:.1f} s, "
            "starting from the previous model."
        )
        if saved.warm
        else _("Trained on {patterns} patterns of {intents} intents in {seconds:.1f} s.")
    )
    lines = [trained.format(patterns=after.patterns, intents=saved.intents, seconds=after.seconds)]
    if after.held_out_accuracy is None:
        lines.append(_("Too few patterns to hold any out, so the accuracy is not known."))
    elif saved.warm:
        lines.append(
            _(
                "Held-out accuracy {accuracy:.1%} at the last full training, measured on {asked} "
                "patterns it had not seen."
            ).format(accuracy=after.held_out_accuracy, asked=after.held_out_patterns)
        )
    else:
        was = before.held_out_accuracy if before else None
        likely = likely_range(after.held_out_accuracy, after.held_out_patterns)
        measured = (
            _(
                "Held-out accuracy {accuracy:.1%}, likely {likely}: "
                "measured on {asked} patterns it had not seen."
            )
            if was is None
            else _(
                "Held-out accuracy {accuracy:.1%} (before {was:.1%}), likely {likely}: "
                "measured on {asked} patterns it had not seen."
            )
        ).format(
            accuracy=after.held_out_accuracy,
            was=was,
            likely=likely,
            asked=after.held_out_patterns,
        )
        lines.append(f"{measured} {_(HARDER)}")
    if saved.answer_changes.asked_alone:  # else every pattern is one of several intents
        lines.append(_alone(saved))
    return lines


def _alone(saved: Saved) -> str:
    """Return how many patterns the network alone gets right."""
    was = saved.answer_changes.network_right_before
    sample = saved.answer_changes.asked_alone
    if sample == saved.metrics.patterns:
        told = (
            _("Of today's patterns the network alone gets {share:.1%} right.")
            if was is None
            else _(
                "Of today's patterns the network alone gets {share:.1%} right (before {was:.1%})."
            )
        )
    else:
        told = (
            _("Of a sample of {sample} patterns the network alone gets {share:.1%} right.")
            if was is None
            else _(
                "Of a sample of {sample} patterns the network alone gets {share:.1%} right "
                "(before {was:.1%})."
            )
        )
    return told.format(sample=sample, share=saved.answer_changes.network_right, was=was)


def changes(compared: AnswerChanges) -> list[str]:
    """Return which answers changed, and which tests do not hold, as lines."""
    lines = []
    asked = asked_of(compared)
    if compared.changes:
        counts = _counts(compared, ORDER)
        lines.append(_("Answers to {asked}: {counts}.").format(asked=asked, counts=counts))
        lines += [f"  {change_line(change)}" for change in compared.changes[:LISTED]]
        more = len(compared.changes) - LISTED
        if more > 0:
            lines.append("  " + _("… and {count} more").format(count=more))
    elif compared.patterns:
        lines.append(_("Answers to {asked}: none changed.").format(asked=asked))
    if compared.tests:
        held = compared.tests - len(compared.failed)
        lines.append(
            _("Of {tests} tests that must always hold, {held} hold.").format(
                tests=compared.tests, held=held
            )
        )
        lines += [f"  {failed_line(test)}" for test in compared.failed]
    return lines


def asked_of(compared: AnswerChanges) -> str:
    """Return what was asked of two models."""
    return _("{patterns} patterns and {typed} messages typed before").format(
        patterns=compared.patterns, typed=compared.typed
    )


def _counts(compared: AnswerChanges, verdicts: Sequence[Verdict]) -> str:
    """Return how many answers have these verdicts, as "2 worse, 1 better"."""
    return ", ".join(
        _(_COUNTED[verdict]).format(count=count)
        for verdict in verdicts
        if (count := compared.count(verdict))
    )


def change_line(change: Change) -> str:
    """Return one changed answer."""
    return (
        f"{_(_VERDICTS[change.verdict]):7}  “{_quoted(change.message)}” "
        f"({_(_SOURCES[change.source])}): "
        f"{answer(change.before)} → {answer(change.after)}"
    )


def failed_line(test: FailedTest) -> str:
    """Return one test that does not hold."""
    told = _("“{message}”: {said}, not {intent}").format(
        message=_quoted(test.message), said=answer(test.said), intent=answer(test.intent)
    )
    # Translators: a test of the intents file that does not hold, before its message.
    fails = _("fails")
    return f"{fails:7}  {told}"


def answer(tag: str | None) -> str:
    """Return how an answer is named in a report."""
    return _("“I don't know”") if tag is None else printable(tag)


def outcome(saved: Saved) -> str:
    """Return what became of the new model."""
    if saved.answers:
        return _("Version {version} answers from now on.").format(version=saved.version)
    return _(
        "The old model still answers, because answers got worse. The new one is kept: "
        "`chatbot versions use {version}` makes it answer"
    ).format(version=saved.version)


def _quoted(message: str) -> str:
    return printable(" ".join(message.split()))


def summary(saved: Saved) -> Iterator[str]:
    """Yield the lines that fit into a notification."""
    yield figures(saved)[1]
    compared = saved.answer_changes
    counts = _counts(compared, ("worse", "better"))
    if counts:
        yield _("Answers: {counts}.").format(counts=counts)
    if compared.failed:
        yield _("{failed} of {tests} tests do not hold.").format(
            failed=len(compared.failed), tests=compared.tests
        )
