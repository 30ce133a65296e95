"""The result of an evaluation in words: lines for a terminal, or a Markdown page. No torch here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from chatbot.common import HARDER, N_, _, likely_range, measured, percent, printable
from chatbot.quality.advice import advice_on
from chatbot.quality.results import Answer, Bin, Confusion, Evaluated, EvaluationProgress

WORST = 10
CONFUSIONS = 10
EXAMPLES = 2
ADVICE = 6
BAR = 30

PARTS = {"fold": N_("fold"), "learning curve": N_("learning curve")}
"""How the parts of an evaluation are called."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def progress_line(record: EvaluationProgress) -> str:
    """Return where an evaluation stands as one line."""
    line = (
        _("{part} {number}/{of}: {done} done, about {seconds:.0f} s to go")
        if record.accuracy is None
        else _(
            "{part} {number}/{of}: {done} done, {accuracy} right so far, about {seconds:.0f} s "
            "to go"
        )
    )
    return line.format(
        part=_(PARTS[record.part]),
        number=record.number,
        of=record.of,
        done=percent(record.done),
        accuracy=percent(record.accuracy or 0),
        seconds=record.eta_seconds,
    )


def overall(found: Evaluated) -> list[tuple[str, str]]:
    """Return the overall figures, each with its name."""
    asked = len(found.answers)
    answered = sum(answer.in_scope for answer in found.answers)
    rows = [
        (
            _("Accuracy"),
            _("{measured}: the right intent first").format(
                measured=measured(found.accuracy, asked, "messages")
            ),
        ),
        (_("Macro F1"), f"{found.macro_f1:.3f}"),
        (
            _("Answered"),
            _("{measured}, the others get the fallback reply").format(
                measured=measured(found.answered, asked, "messages")
            ),
        ),
        (_("Right of those"), measured(found.answered_rightly, answered, "messages")),
        (_("Calibration error"), f"{found.calibration_error:.3f}"),
    ]
    strangers = found.out_of_scope
    if strangers is not None:
        unknown = measured(strangers.recall, len(strangers.answers), "messages")
        figure = _("{measured} are recognised").format(measured=unknown)
        rows.append((_("Out-of-scope recall"), figure))
    return rows


def notes(found: Evaluated) -> list[str]:
    """Return remarks on the figures."""
    lines = [_(HARDER)] if found.folds is not None else []
    if found.not_asked:
        tags = ", ".join(printable(tag) for tag in found.not_asked)
        lines.append(
            _("Not asked, because they have only one pattern: {intents}.").format(intents=tags)
        )
    if found.asks_a_part:
        lines.append(
            _(
                "The model itself was asked only a part of the patterns before it learned them: "
                "its own held-out accuracy is of that part."
            )
        )
    if found.out_of_scope is not None:
        labels = ", ".join(printable(label) for label in found.out_of_scope.labels)
        counted = _("Counted as out of scope, since the model does not know them: {intents}.")
        lines.append(counted.format(intents=labels))
    if found.curve is not None:
        lines.append(found.curve.verdict)
    return lines


def as_lines(found: Evaluated) -> list[str]:
    """Return the summary for a terminal."""
    title = _("{source} in {seconds:.1f} s")
    lines = [title.format(source=_sentence(found.source), seconds=found.seconds), ""]
    lines += [f"{name:<20}{value}" for name, value in overall(found)]
    worst = [i for i in sorted(found.intents, key=lambda i: i.f1) if i.support and i.f1 < 1]
    if worst:
        head = _("The worst intents")
        width = max(len(head), *(len(printable(intent.intent)) for intent in worst[:WORST]))
        precision, recall, likely, asked = (
            _("precision"),
            _("recall"),
            _("likely"),
            _("messages"),
        )
        heads = f"{precision:>9} {recall:>7} {likely:>13} {'F1':>6} {asked:>9}"
        lines += ["", f"{head:<{width}}  {heads}"]
    lines += [
        f"{printable(i.intent):<{width}}  {percent(i.precision):>9} {percent(i.recall):>7} "
        f"{likely_range(i.recall, i.support):>13} {i.f1:>6.3f} {i.support:>9}"
        for i in worst[:WORST]
    ]
    if found.confusions:
        lines += ["", _("The most frequent confusions")]
    for confusion in found.confusions[:CONFUSIONS]:
        lines.append(f"{confusion.count:>3} × {_confusion(confusion)}")
        lines += [f"      {_example(answer)}" for answer in examples(found, confusion)]
    confidence, right, wrong = _("Confidence"), _("right"), _("wrong")
    lines += ["", f"{confidence:<10} {right:>7} {wrong:>6}"]
    most = max((b.right + b.wrong for b in found.histogram), default=0)
    lines += [
        f"{_range(b)}  {b.right:>6} {b.wrong:>6}  {_bar(b, most)}".rstrip() for b in found.histogram
    ]
    if found.curve is not None:
        lines += ["", _("Learning curve")]
        lines += [
            f"{percent(point.share):>5}  "
            + _("{count:>7.0f} patterns  {accuracy}").format(
                count=point.patterns,
                accuracy=measured(point.accuracy, len(found.answers), "messages"),
            )
            for point in found.curve.points
        ]
    pieces = advice_on(found)
    if pieces:
        lines += ["", _("What to do next, by what it gains")]
    for number, piece in enumerate(pieces[:ADVICE], 1):
        lines += [f"{number:>3}. {piece.what}", f"     {piece.why}; {piece.gains}"]
    if len(pieces) > ADVICE:
        more_of_them = _("and {count} more: the app shows all, and so does --write")
        lines.append(f"     {more_of_them.format(count=len(pieces) - ADVICE)}")
    more = notes(found)
    return [*lines, "", *more] if more else lines


def as_values(found: Evaluated) -> dict[str, Any]:
    """Return the evaluation for JSON, with the advice that follows from it."""
    return {**asdict(found), "advice": [asdict(piece) for piece in advice_on(found)]}


def as_markdown(found: Evaluated) -> str:
    """Return the evaluation as a page of Markdown, every wrong answer on it."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Evaluated) -> Iterator[str]:
    yield from ("# " + _("Evaluation"), "", f"{escaped(_sentence(found.source))}.", "")
    yield from ("| | |", "| --- | --- |")
    yield from (f"| {name} | {value} |" for name, value in overall(found))
    for note in notes(found):
        yield from ("", escaped(note))
    yield from ("", "## " + _("What to do next, by what it gains"), "")
    for number, piece in enumerate(advice_on(found), 1):
        yield f"{number}. {escaped(piece.what)}: {escaped(piece.why)}; {piece.gains}"
    yield from ("", "## " + _("Intents, the worst first"), "")
    yield from (
        _row(_("intent"), _("precision"), _("recall"), _("likely"), "F1", _("messages")),
        "| --- | --: | --: | --: | --: | --: |",
    )
    for i in sorted(found.intents, key=lambda i: i.f1):
        if i.support:
            yield (
                f"| {escaped(i.intent)} | {percent(i.precision)} | {percent(i.recall)} "
                f"| {likely_range(i.recall, i.support)} | {i.f1:.3f} | {i.support} |"
            )
    yield from ("", "## " + _("Confidence"), "")
    yield from (_row(_("confidence"), _("right"), _("wrong")), "| --- | --: | --: |")
    for b in found.histogram:
        yield f"| {_range(b)} | {b.right} | {b.wrong} |"
    if found.curve is not None:
        yield from ("", "## " + _("Learning curve"), "")
        heads = _row(_("share of the patterns"), _("patterns"), _("accuracy"))
        yield from (heads, "| --: | --: | --: |")
        for point in found.curve.points:
            accuracy = measured(point.accuracy, len(found.answers), "messages")
            yield f"| {percent(point.share)} | {point.patterns:.0f} | {accuracy} |"
    yield from ("", "## " + _("Confusions, the most frequent first"))
    for confusion in found.confusions:
        yield from ("", f"### {confusion.count} × {escaped(_confusion(confusion))}", "")
        for answer in found.messages(confusion.intent, confusion.predicted):
            yield f"- {escaped(_example(answer))}"


def examples(found: Evaluated, confusion: Confusion) -> tuple[Answer, ...]:
    """Return some messages of a confusion, those of the highest confidence first."""
    answers = found.messages(confusion.intent, confusion.predicted)
    return tuple(sorted(answers, key=lambda answer: -answer.confidence)[:EXAMPLES])


def escaped(text: str) -> str:
    """Return text escaped for Markdown."""
    return _MARKDOWN.sub(r"\\\1", printable(text))


def _confusion(confusion: Confusion) -> str:
    return _("{intent} taken for {other}").format(
        intent=printable(confusion.intent), other=printable(confusion.predicted)
    )


def _example(answer: Answer) -> str:
    example = (
        _("“{message}” ({confidence:.2f})")
        if answer.in_scope
        else _("“{message}” ({confidence:.2f}, out of scope)")
    )
    return example.format(message=printable(answer.text), confidence=answer.confidence)


def _row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _range(b: Bin) -> str:
    return f"{b.low:.1f} … {b.high:.1f}"


def _bar(b: Bin, most: int) -> str:
    """Draw right and wrong answers of one bin: █ and ░."""
    right = round(BAR * b.right / most) if most else 0
    both = round(BAR * (b.right + b.wrong) / most) if most else 0
    return "█" * right + "░" * (both - right)
