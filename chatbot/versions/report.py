"""The result of a training in words, on the command line and in the app. No torch here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatbot.common import HARDER, N_, _, measured, percent, printable
from chatbot.versions.answer_changes import ORDER, AnswerChanges, Change, FailedTest, Verdict
from chatbot.versions.records import Progress, Saved

if TYPE_CHECKING:
    from chatbot.model import Metrics

LISTED = 12
"""Changed answers that a report lists; `chatbot versions compare` lists them all."""

GUESS = N_("? is a guess: nobody has said yet what is right for that message.")
"""Behind a list in which a verdict has the sign."""

_PHASES = {
    "small edit": N_("small edit"),
    "held-out": N_("held-out"),
    "all patterns": N_("all patterns"),
}
_SOURCES = {"pattern": N_("pattern"), "typed": N_("typed before"), "test": N_("test")}
_VERDICTS = {"worse": N_("worse"), "changed": N_("changed"), "better": N_("better")}
_COUNTED = {
    "worse": N_("{count} worse"),
    "changed": N_("{count} changed"),
    "better": N_("{count} better"),
}


def progress_line(record: Progress) -> str:
    """Return where a training stands as one line."""
    if record.phase == "reading":
        read = _("reading: {done:,} of {all:,} patterns, about {seconds:.0f} s to go")
        return read.format(done=record.step, all=record.steps, seconds=record.eta_seconds)
    line = (
        _("{phase}: epoch {epoch}/{epochs}, loss {loss:.3f}, at most {seconds:.0f} s to go")
        if record.held_out_accuracy is None
        else _(
            "{phase}: epoch {epoch}/{epochs}, loss {loss:.3f}, held-out {accuracy} right, at most "
            "{seconds:.0f} s to go"
        )
    )
    return line.format(
        phase=_(_PHASES[record.phase]),
        epoch=record.epoch,
        epochs=record.epochs,
        loss=record.loss,
        accuracy=percent(record.held_out_accuracy or 0),
        seconds=record.eta_seconds,
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
        lines.append(f"{held_out(after)}.")
    elif saved.warm:
        lines.append(_("{held_out}, at the last full training.").format(held_out=held_out(after)))
    else:
        was = before.held_out_accuracy if before else None
        told = (
            held_out(after)
            if was is None
            else _("{held_out}, before {was}").format(held_out=held_out(after), was=percent(was))
        )
        lines.append(f"{told}. {_(HARDER)}")
    if saved.answer_changes.asked_alone:  # else every pattern is one of several intents
        lines.append(_alone(saved))
    return lines


def held_out(metrics: Metrics) -> str:
    """Return the accuracy on patterns that were held out, as it is told everywhere."""
    if metrics.held_out_accuracy is None:
        return _("Held-out accuracy not known: too few patterns to hold any out")
    asked, what = metrics.held_out_patterns, "patterns it had not seen"
    said = (
        _("Held-out accuracy {measured}, a part of its {patterns}")
        if metrics.is_of_a_part
        else _("Held-out accuracy {measured}")
    )
    return said.format(
        measured=measured(metrics.held_out_accuracy, asked, what), patterns=metrics.patterns
    )


def _alone(saved: Saved) -> str:
    """Return how many patterns the network alone gets right."""
    was = saved.answer_changes.network_right_before
    sample = saved.answer_changes.asked_alone
    if sample == saved.metrics.patterns:
        told = (
            _("Of today's patterns the network alone gets {share} right.")
            if was is None
            else _("Of today's patterns the network alone gets {share} right (before {was}).")
        )
    else:
        told = (
            _("Of a sample of {sample} patterns the network alone gets {share} right.")
            if was is None
            else _(
                "Of a sample of {sample} patterns the network alone gets {share} right "
                "(before {was})."
            )
        )
    return told.format(
        sample=sample,
        share=percent(saved.answer_changes.network_right),
        was=percent(was or 0),
    )


def changes(compared: AnswerChanges) -> list[str]:
    """Return which answers changed, and which tests do not hold, as lines."""
    lines = []
    asked = asked_of(compared)
    if compared.changes:
        counts = _counts(compared, ORDER)
        lines.append(_("Answers to {asked}: {counts}.").format(asked=asked, counts=counts))
        lines += [f"  {change_line(change)}" for change in compared.changes[:LISTED]]
        if any(change.is_guess for change in compared.changes[:LISTED]):
            lines.append(f"  {_(GUESS)}")
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
    verdict = _(_VERDICTS[change.verdict]) + ("?" if change.is_guess else "")
    return (
        f"{verdict:7}  “{_quoted(change.message)}” ({_(_SOURCES[change.source])}): "
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
        "The old model still answers. {worse}, so the new one is only kept: "
        "`chatbot versions use {version}` makes it answer"
    ).format(worse=got_worse(saved), version=saved.version)


def got_worse(saved: Saved) -> str:
    """Return whether answers are known to have got worse, or are only thought to have."""
    known = any(
        change.verdict == "worse" and not change.is_guess for change in saved.answer_changes.changes
    )
    return _("Answers got worse") if known else _("Answers may have got worse")


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
