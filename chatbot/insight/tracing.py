"""A trace: everything the panel shows of one message, as a frozen record, JSON or lines of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from chatbot.common import _, percent
from chatbot.insight.prefixes import Answer, answers_so_far, changes, hidden_states
from chatbot.network import Floats, Step
from chatbot.words import shared_beginning

if TYPE_CHECKING:
    from chatbot.conversation import Known, Reader, Reading


@dataclass(frozen=True, slots=True)
class Trace:
    """A message, word by word. Every sequence has one entry per word."""

    message: str
    cell: str
    words: tuple[str, ...]
    known: tuple[float, ...]
    """Share of the word's features that training has met; 0 is an unknown word."""
    steps: tuple[Step, ...]
    hidden: Floats
    """(words, hidden)"""
    answers: tuple[Answer, ...]
    """The answer if the message stopped after the word."""
    changes: tuple[float, ...]
    """Root mean square change of the hidden state."""
    reader: Reader = field(repr=False, compare=False)
    """Whose answers these are."""


def trace(reader: Reader, reading: Reading, after: Trace | None = None) -> Trace:
    """Work out what the panel shows of a message that `reader` has read.

    The words that the message of `after` begins with too are not worked out again: a message that
    is typed word by word costs one word at a time.
    """
    same = (
        0
        if after is None or after.reader is not reader
        else shared_beginning(after.words, reading.words)
    )
    states = hidden_states(reading.steps[same:], reader.weights.hidden_size)
    moved = changes(states, reading.steps[same - 1].hidden if same else None)
    answers = _answers(reader, reading, states)
    if after is not None and same:
        states = np.concatenate([after.hidden[:same], states])
        moved = (*after.changes[:same], *moved)
        answers = (*after.answers[:same], *answers)
    return Trace(
        message=reading.message,
        cell=reader.weights.cell,
        words=reading.words,
        known=reading.known,
        steps=reading.steps,
        hidden=states,
        answers=answers,
        changes=moved,
        reader=reader,
    )


def _answers(reader: Reader, reading: Reading, states: Floats) -> tuple[Answer, ...]:
    """Return the answers after the last words, those of `states`: by pattern, else by network."""
    first = len(reading.words) - len(states)
    any_evidence = np.logical_or.accumulate(np.asarray(reading.evidence, bool))[first:]
    by_network = answers_so_far(reader.classifier, states, any_evidence)
    by_pattern = reader.known_prefixes(reading.words)[first:]

    def answer_to(answer: Answer, known: Known | None) -> Answer:
        if known is None:
            answered = reader.is_answered(answer.intent, in_scope=answer.in_scope)
            return answer._replace(in_scope=answered)
        if known.intent is None:
            return answer._replace(confidence=0.0, in_scope=False, is_pattern=True)
        return Answer(known.intent, 1.0, in_scope=True, is_pattern=True)

    return tuple(map(answer_to, by_network, by_pattern))


def as_json(traced: Trace) -> dict[str, Any]:
    """Return a trace as `trace --json` prints it; gates that the cell lacks are null."""

    def gate(name: str) -> list[list[float]] | None:
        rows = [getattr(step, name) for step in traced.steps]
        return None if any(row is None for row in rows) else [row.tolist() for row in rows]

    return {
        "text": traced.message,
        "cell": traced.cell,
        "words": traced.words,
        "known": traced.known,
        "hidden": traced.hidden.tolist(),
        "candidate": gate("candidate"),
        "update_gate": gate("update_gate"),
        "reset_gate": gate("reset_gate"),
        "answers": [answer._asdict() for answer in traced.answers],
        "changes": traced.changes,
    }


def as_lines(traced: Trace) -> list[str]:
    """Return a trace as text: a row per word, with the answer so far and the change."""
    if not traced.words:
        return [_("No words in this message: the hidden state stays zero.")]
    from rich.cells import cell_len

    width = max(6, *(cell_len(word) for word in traced.words))
    head, moved, so_far = _("word"), _("change"), _("answer so far")
    lines = [f"{head:<{width}}  {moved:>6}  {so_far}"]
    for word, answer, change, known in zip(
        traced.words, traced.answers, traced.changes, traced.known, strict=True
    ):
        says = (
            f"{answer.intent} {percent(answer.confidence)}"
            if answer.in_scope
            else _("out of scope ({intent} {confidence})").format(
                intent=answer.intent, confidence=percent(answer.confidence)
            )
        )
        if answer.is_pattern:
            says += " " + (_("(a pattern)") if answer.in_scope else _("(an example)"))
        unknown = "  " + _("(unknown word)") if known == 0 else ""
        lines.append(f"{word}{' ' * (width - cell_len(word))}  {change:6.2f}  {says}{unknown}")
    return lines
