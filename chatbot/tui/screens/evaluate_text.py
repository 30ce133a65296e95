"""What the evaluation screen says: its headline, the order of the intents, messages and bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from chatbot.common import N_, _, likely_range, percent
from chatbot.quality import (
    Advice,
    Answer,
    Evaluated,
    EvaluationFailed,
    EvaluationProgress,
    EvaluationRecord,
    IntentFigures,
)
from chatbot.tui.text import shown
from chatbot.tui.widgets import bar

BAR_WIDTH = 40

Sorting = Callable[[IntentFigures], float | str]

SORTINGS: tuple[tuple[str, Sorting, bool], ...] = (
    ("F1", lambda i: i.f1, False),
    (N_("Precision"), lambda i: i.precision, False),
    (N_("Recall"), lambda i: i.recall, False),
    (N_("Messages"), lambda i: i.support, True),
    (N_("Intent"), lambda i: i.intent.casefold(), False),
)
"""Columns to sort by, how, and whether the largest come first. By default, worst F1 first."""


def sorted_intents(found: Evaluated, sorting: int) -> list[IntentFigures]:
    """Return the intents that were asked, in one of SORTINGS, by its index."""
    __, key, largest_first = SORTINGS[sorting]
    asked = [intent for intent in found.intents if intent.support]
    return sorted(asked, key=key, reverse=largest_first)


NO_ADVICE = N_(
    "Nothing stands out: no intent is below the others by more than a single message. Messages of "
    "real people tell more now: those in the inbox, or a test file of them."
)


def advice_lines(pieces: Sequence[Advice]) -> list[Content]:
    """Return each piece of advice: what to do, the figure that says so, and what it gains."""
    if not pieces:
        return [Content(_(NO_ADVICE))]
    return [
        Content.assemble(
            (f"{number}. ", "bold"),
            (shown(piece.what), "bold"),
            (f"\n{shown(piece.why)}; {piece.gains}", "$foreground-muted"),
        )
        for number, piece in enumerate(pieces, 1)
    ]


def answer_line(answer: Answer) -> Content:
    """Return a message with the intent it was given, if that was wrong, and the confidence."""
    mark, style = ("✓", "$text-success") if answer.is_right else ("✗", "$text-error")
    said = "" if answer.is_right else f"{answer.intent} → {answer.predicted}, "
    refused = "" if answer.in_scope else _(", out of scope")
    return Content.assemble(
        (f"{mark} ", style),
        shown(answer.text),
        (f"  {shown(said)}{answer.confidence:.2f}{refused}", "$foreground-muted"),
    )


def headline(record: EvaluationRecord | None) -> Content:
    """Return the state in plain words: one line in bold, then what it means."""
    if isinstance(record, EvaluationFailed):
        first, rest = _("No result"), record.message
    elif isinstance(record, EvaluationProgress):
        told = (
            _("Fold {number} of {of}")
            if record.part == "fold"
            else _("Learning curve, training {number} of {of}")
        )
        first = told.format(number=record.number, of=record.of)
        rest = _("Each pattern is tested on a model that was trained without it.")
        if record.accuracy is not None:
            so_far = _("{accuracy} right so far.").format(accuracy=percent(record.accuracy))
            rest += f"\n{so_far}"
    else:
        first, rest = _("Getting ready"), _("Loading PyTorch takes a few seconds.")
    return Content.assemble((first, "bold"), "\n", (rest, "$foreground"))


def how_far(record: EvaluationProgress | None) -> str:
    """Return how much of an evaluation is done, and roughly how long it still takes."""
    if record is None:
        return ""
    seconds = max(round(record.eta_seconds), 0)
    left = (
        _("about {seconds} s").format(seconds=seconds)
        if seconds < 100
        else _("about {minutes} min").format(minutes=-(-seconds // 60))
    )
    return f"{percent(record.done)} · {left}"


def distributions(found: Evaluated) -> Content:
    """Draw the confidence of right and wrong answers, and the learning curve."""
    most = max(max(b.right, b.wrong) for b in found.histogram) or 1
    lines = [Content.styled(_("Confidence   right and wrong answers of that confidence"), "bold")]
    for b in found.histogram:
        for count, style, place in (
            (b.right, "$text-success", f"{b.low:.1f} … {b.high:.1f}"),
            (b.wrong, "$text-error", ""),
        ):
            lines.append(
                Content.assemble(f"{place:<11}{count:>5} ", (bar(count / most, BAR_WIDTH), style))
            )
    if found.curve is not None:
        asked = len(found.answers)
        heading = _("Learning curve: accuracy when trained on a share of each intent's patterns")
        lines += [Content(""), Content.styled(heading, "bold")]
        for point in found.curve.points:
            lines.append(
                Content.assemble(
                    f"{percent(point.share):>5} {point.patterns:>6.0f} "
                    f"{percent(point.accuracy):>6} ({likely_range(point.accuracy, asked)}) ",
                    (bar(point.accuracy, BAR_WIDTH), "$text-primary"),
                )
            )
    return Content("\n").join(lines)
