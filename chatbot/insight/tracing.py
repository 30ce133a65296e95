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
    """A message, word by word. Every sequence has one entry per word.

    Of a long message the first words whose states are kept; what is `final` is after all of them.
    """

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
    alone: tuple[Answer, ...]
    """What the network would answer by itself; the same, but where the words are a pattern."""
    changes: tuple[float, ...]
    """Root mean square change of the hidden state."""
    read: int
    """Words that the network read: all of the message, or of a very long one its beginning."""
    final: Floats
    """(hidden,) after the last word that was read; zeros without words"""
    final_answer: Answer | None
    """The answer after the last word that was read; None without words."""
    reader: Reader = field(repr=False, compare=False)
    """Whose answers these are."""

    @property
    def is_whole(self) -> bool:
        """Whether there is an entry for every word that was read."""
        return len(self.words) == self.read

    @property
    def further(self) -> int:
        """Words that were read after those that have an entry."""
        return self.read - len(self.words)


def trace(reader: Reader, reading: Reading, after: Trace | None = None) -> Trace:
    """Work out what the panel shows of a message that `reader` has read.

    The words that the message of `after` begins with too are not worked out again: a message that
    is typed word by word costs one word at a time.
    """
    words = reading.words[: len(reading.steps)]
    same = (
        0 if after is None or after.reader is not reader else shared_beginning(after.words, words)
    )
    states = hidden_states(reading.steps[same:], reader.weights.hidden_size)
    moved = changes(states, reading.steps[same - 1].hidden if same else None)
    answers, alone = _answers(reader, reading, states)
    if after is not None and same:
        states = np.concatenate([after.hidden[:same], states])
        moved = (*after.changes[:same], *moved)
        answers = (*after.answers[:same], *answers)
        alone = (*after.alone[:same], *alone)
    return Trace(
        message=reading.message,
        cell=reader.weights.cell,
        words=words,
        known=reading.known[: len(words)],
        steps=reading.steps,
        hidden=states,
        answers=answers,
        alone=alone,
        changes=moved,
        read=len(reading.words),
        final=reading.last.hidden,
        final_answer=_final_answer(reading),
        reader=reader,
    )


def _final_answer(reading: Reading) -> Answer | None:
    said = reading.prediction
    if not reading.words:
        return None
    return Answer(
        said.intent, said.confidence, said.in_scope, said.is_pattern, said.needs, said.is_gone
    )


def note_of_file(traced: Trace, word: int = -1) -> str:
    """Return why the file decides after the words up to one, and not the network. Else ""."""
    if not traced.answers:
        return ""
    answer, alone = traced.answers[word], traced.alone[word]
    if not answer.is_pattern:
        text = _("the model still knows {intent}, the file does not")
        return text.format(intent=answer.intent) if answer.is_gone else ""
    if answer.in_scope:
        what = _("exact pattern of {intent}: certain. The network alone: {alone}")
    elif answer.needs:
        what = _("pattern of {needs}, whose context is not active. The network alone: {alone}")
    else:
        what = _("listed as out of scope: certain. The network alone: {alone}")
    return what.format(
        intent=answer.intent, needs=answer.needs, alone=f"{alone.label} {percent(alone.confidence)}"
    )


def _answers(
    reader: Reader, reading: Reading, states: Floats
) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return the answers after the last words, those of `states`, and those of the network alone.

    A pattern comes first, then the network.
    """
    kept = len(reading.steps)
    first = kept - len(states)
    any_evidence = np.logical_or.accumulate(np.asarray(reading.evidence[:kept], bool))[first:]
    by_network = answers_so_far(reader.classifier, states, any_evidence)
    by_pattern = reader.known_prefixes(reading.words[:kept])[first:]

    def answer_to(answer: Answer, known: Known | None) -> Answer:
        if known is None:
            answered = reader.is_answered(answer.intent, in_scope=answer.in_scope)
            gone = reader.is_gone(answer.intent)
            return answer._replace(in_scope=answered, is_gone=gone)
        if known.intent is None:
            return answer._replace(
                confidence=0.0, in_scope=False, is_pattern=True, needs=known.needs
            )
        return Answer(known.intent, 1.0, in_scope=True, is_pattern=True)

    alone = tuple(answer_to(answer, None) for answer in by_network)
    return tuple(map(answer_to, by_network, by_pattern)), alone


def as_json(traced: Trace) -> dict[str, Any]:
    """Return a trace as `trace --json` prints it; gates that the cell lacks are null."""

    def gate(name: str) -> list[list[float]] | None:
        rows = [getattr(step, name) for step in traced.steps]
        return None if any(row is None for row in rows) else [row.tolist() for row in rows]

    return {
        "text": traced.message,
        "cell": traced.cell,
        "words": traced.words,
        "words_read": traced.read,
        "known": traced.known,
        "hidden": traced.hidden.tolist(),
        "candidate": gate("candidate"),
        "update_gate": gate("update_gate"),
        "reset_gate": gate("reset_gate"),
        "answers": [answer._asdict() for answer in traced.answers],
        "final_answer": traced.final_answer and traced.final_answer._asdict(),
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
        unknown = "  " + _("(unknown word)") if known == 0 else ""
        padding = " " * (width - cell_len(word))
        lines.append(f"{word}{padding}  {change:6.2f}  {_says(answer)}{unknown}")
    if traced.final_answer is not None and not traced.is_whole:
        further = _("… and {count:,} more words, then: {answer}")
        says = _says(traced.final_answer)
        lines.append(further.format(count=traced.further, answer=says))
    if note := note_of_file(traced):
        lines.append(f"{note[:1].upper()}{note[1:]}")
    return lines


def _says(answer: Answer) -> str:
    """Return an answer in a few words."""
    says = f"{answer.intent} {percent(answer.confidence)}"
    if not answer.in_scope:
        says = _("out of scope ({intent} {confidence})").format(
            intent=answer.intent, confidence=percent(answer.confidence)
        )
    if answer.is_pattern:
        if answer.needs:
            says += " " + _("(a pattern of {intent}, in another context)").format(
                intent=answer.needs
            )
        else:
            says += " " + (_("(a pattern)") if answer.in_scope else _("(an example)"))
    return says
