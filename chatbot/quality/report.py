"""The result of an evaluation in words: lines for a terminal, or a Markdown page. No torch here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from chatbot.common import HARDER, likely_range, measured, percent, printable
from chatbot.quality.advice import advice_on
from chatbot.quality.results import Answer, Bin, Confusion, Evaluated, EvaluationProgress

WORST = 10
CONFUSIONS = 10
EXAMPLES = 2
ADVICE = 6
BAR = 30

FIGURES = "precision  recall        likely     F1  messages"
"""Heads of the figures of an intent: its recall is measured on its messages, often on few."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def progress_line(record: EvaluationProgress) -> str:
    """Return where an evaluation stands as one line."""
    so_far = "" if record.accuracy is None else f", {percent(record.accuracy)} right so far"
    return (
        f"{record.part} {record.number}/{record.of}: {percent(record.done)} done{so_far}, "
        f"about {record.eta_seconds:.0f} s to go"
    )


def overall(found: Evaluated) -> list[tuple[str, str]]:
    """Return the overall figures, each with its name."""
    asked = len(found.answers)
    answered = sum(answer.in_scope for answer in found.answers)
    rows = [
        ("Accuracy", f"{measured(found.accuracy, asked, 'messages')}: the right intent first"),
        ("Macro F1", f"{found.macro_f1:.3f}"),
        (
            "Answered",
            f"{measured(found.answered, asked, 'messages')}, the others get the fallback reply",
        ),
        ("Right of those", measured(found.answered_rightly, answered, "messages")),
        ("Calibration error", f"{found.calibration_error:.3f}"),
    ]
    strangers = found.out_of_scope
    if strangers is not None:
        unknown = measured(strangers.recall, len(strangers.answers), "messages")
        rows.append(("Out-of-scope recall", f"{unknown} are recognised"))
    return rows


def notes(found: Evaluated) -> list[str]:
    """Return remarks on the figures."""
    lines = [HARDER] if found.folds is not None else []
    if found.not_asked:
        tags = ", ".join(printable(tag) for tag in found.not_asked)
        lines.append(f"Not asked, because they have only one pattern: {tags}.")
    if found.out_of_scope is not None:
        labels = ", ".join(printable(label) for label in found.out_of_scope.labels)
        lines.append(f"Counted as out of scope, since the model does not know them: {labels}.")
    if found.curve is not None:
        lines.append(found.curve.verdict)
    return lines


def as_lines(found: Evaluated) -> list[str]:
    """Return the summary for a terminal."""
    lines = [f"{_sentence(found.source)} in {found.seconds:.1f} s", ""]
    lines += [f"{name:<20}{value}" for name, value in overall(found)]
    worst = [i for i in sorted(found.intents, key=lambda i: i.f1) if i.support and i.f1 < 1]
    if worst:
        width = max(17, *(len(printable(intent.intent)) for intent in worst[:WORST]))
        lines += ["", f"{'The worst intents':<{width}}  {FIGURES}"]
    lines += [
        f"{printable(i.intent):<{width}}  {percent(i.precision):>9} {percent(i.recall):>7} "
        f"{likely_range(i.recall, i.support):>13} {i.f1:>6.3f} {i.support:>9}"
        for i in worst[:WORST]
    ]
    if found.confusions:
        lines += ["", "The most frequent confusions"]
    for confusion in found.confusions[:CONFUSIONS]:
        lines.append(f"{confusion.count:>3} × {_confusion(confusion)}")
        lines += [f"      {_example(answer)}" for answer in examples(found, confusion)]
    lines += ["", "Confidence   right  wrong"]
    most = max((b.right + b.wrong for b in found.histogram), default=0)
    lines += [
        f"{_range(b)}  {b.right:>6} {b.wrong:>6}  {_bar(b, most)}".rstrip() for b in found.histogram
    ]
    if found.curve is not None:
        lines += ["", "Learning curve"]
        lines += [
            f"{percent(point.share):>5}  {point.patterns:>7.0f} patterns  "
            f"{measured(point.accuracy, len(found.answers), 'messages')}"
            for point in found.curve.points
        ]
    pieces = advice_on(found)
    if pieces:
        lines += ["", "What to do next, by what it gains"]
    for number, piece in enumerate(pieces[:ADVICE], 1):
        lines += [f"{number:>3}. {piece.what}", f"     {piece.why}; {piece.gains}"]
    if len(pieces) > ADVICE:
        lines.append(
            f"     and {len(pieces) - ADVICE} more: the app shows all, and so does --write"
        )
    more = notes(found)
    return [*lines, "", *more] if more else lines


def as_values(found: Evaluated) -> dict[str, Any]:
    """Return the evaluation for JSON, with the advice that follows from it."""
    return {**asdict(found), "advice": [asdict(piece) for piece in advice_on(found)]}


def as_markdown(found: Evaluated) -> str:
    """Return the evaluation as a page of Markdown, every wrong answer on it."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Evaluated) -> Iterator[str]:
    yield from ("# Evaluation", "", f"{escaped(_sentence(found.source))}.", "")
    yield from ("| | |", "| --- | --- |")
    yield from (f"| {name} | {value} |" for name, value in overall(found))
    for note in notes(found):
        yield from ("", escaped(note))
    yield from ("", "## What to do next, by what it gains", "")
    for number, piece in enumerate(advice_on(found), 1):
        yield f"{number}. {escaped(piece.what)}: {escaped(piece.why)}; {piece.gains}"
    yield from ("", "## Intents, the worst first", "")
    yield from (
        "| intent | precision | recall | likely | F1 | messages |",
        "| --- | --: | --: | --: | --: | --: |",
    )
    for i in sorted(found.intents, key=lambda i: i.f1):
        if i.support:
            yield (
                f"| {escaped(i.intent)} | {percent(i.precision)} | {percent(i.recall)} "
                f"| {likely_range(i.recall, i.support)} | {i.f1:.3f} | {i.support} |"
            )
    yield from ("", "## Confidence", "", "| confidence | right | wrong |", "| --- | --: | --: |")
    for b in found.histogram:
        yield f"| {_range(b)} | {b.right} | {b.wrong} |"
    if found.curve is not None:
        yield from ("", "## Learning curve", "")
        yield from ("| share of the patterns | patterns | accuracy |", "| --: | --: | --: |")
        for point in found.curve.points:
            accuracy = measured(point.accuracy, len(found.answers), "messages")
            yield f"| {percent(point.share)} | {point.patterns:.0f} | {accuracy} |"
    yield from ("", "## Confusions, the most frequent first")
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
    return f"{printable(confusion.intent)} taken for {printable(confusion.predicted)}"


def _example(answer: Answer) -> str:
    refused = "" if answer.in_scope else ", out of scope"
    return f"“{printable(answer.text)}” ({answer.confidence:.2f}{refused})"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _range(b: Bin) -> str:
    return f"{b.low:.1f} … {b.high:.1f}"


def _bar(b: Bin, most: int) -> str:
    """Draw right and wrong answers of one bin: █ and ░."""
    right = round(BAR * b.right / most) if most else 0
    both = round(BAR * (b.right + b.wrong) / most) if most else 0
    return "█" * right + "░" * (both - right)
