"""An explanation: everything about one message, and the same in sentences and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from chatbot.common import _, percent
from chatbot.insight import tracing
from chatbot.insight.gates import GateUse, gate_use
from chatbot.insight.neighbours import Neighbour, PatternStates, disagree
from chatbot.insight.shares import Game, Shares, shares_of
from chatbot.insight.tracing import Trace
from chatbot.insight.units import decisive
from chatbot.network import Floats

if TYPE_CHECKING:
    from chatbot.conversation import Reader, Reading


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the network did with a message, and why it answers as it does."""

    trace: Trace
    shares: Shares | None
    """None for a message too long to be divided among its words."""
    intents: tuple[str, ...]
    """The intents, in the order of `shares.intents`' columns."""
    answer: str
    """The intent with the largest logit; "" for a message without words."""
    ranking: tuple[tuple[str, float], ...]
    """Intents and the network's confidence in them after the last word, the best first."""
    decided_at: int | None
    """Index of the word after which the best intent stays what it is; None without words, and for a
    message so long that not every state is kept."""
    gates: tuple[GateUse, ...] | None
    """None for a cell without gates."""
    nearest: tuple[Neighbour, ...]
    decisive: Floats = field(repr=False)
    """(hidden,) how much each unit of the final state decides between the two best intents"""
    game: Game | None = field(repr=False)
    """The values of all subsets of the words; None where the shares are sampled."""

    def for_against(self, intent: str, rival: str | None = None) -> tuple[float, ...]:
        """Return each word's share of an intent's centred logit; they sum to it.

        With a rival, of the intent's logit less the rival's: why the one and not the other.
        Empty where there are no shares, and for an intent that the network has not learned: the
        intents file may know more of them.
        """
        if self.shares is None or not {intent, rival or intent} <= set(self.intents):
            return ()
        column = self.shares.intents[:, self.intents.index(intent)]
        if rival is not None:
            column = column - self.shares.intents[:, self.intents.index(rival)]
        return tuple(column.tolist())


def explain(
    reader: Reader,
    reading: Reading,
    patterns: PatternStates,
    *,
    game: Game | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Explanation:
    """Work out the explanation of a message. Up to 50 ms at 12 words, 180 at 14, 1 s beyond.

    With a game of the same reader, what its words and the message's have in common at the beginning
    is not worked out again: half the time for one word more, 5 ms for the same words. Raises
    AbandonedError when `abandoned` says that nobody waits any more.
    """
    traced = tracing.trace(reader, reading)
    classifier = reader.classifier
    shares, game = shares_of(reader.recurrent, classifier, reading.words, game, abandoned)
    best: list[str] = []
    if reading.words:
        logits = classifier.logits(np.vstack([traced.hidden, traced.final]))
        best = [classifier.intents[k] for k in logits.argmax(axis=1).tolist()]
    return Explanation(
        trace=traced,
        shares=shares,
        intents=classifier.intents,
        answer=best[-1] if best else "",
        ranking=_ranking(reader, traced) if best else (),
        decided_at=_decided_at(best[:-1]) if traced.is_whole else None,
        gates=gate_use(reader.weights.cell, reading.steps, is_whole=traced.is_whole),
        nearest=patterns.nearest(traced.final) if reading.words else (),
        decisive=decisive(reader.weights, traced.final, logits[-1])
        if reading.words
        else np.zeros(reader.weights.hidden_size, np.float32),
        game=game,
    )


def without(
    reader: Reader, explained: Explanation, off: Collection[int], patterns: PatternStates
) -> Explanation:
    """Return the explanation of a message without some of its words, by their indices.

    Every state of the message must be kept: its words are those of its trace.
    """
    kept = [word for t, word in enumerate(explained.trace.words) if t not in off]
    game = None if explained.game is None else explained.game.without(off)
    return explain(reader, reader.read_words(" ".join(kept), kept), patterns, game=game)


def _ranking(reader: Reader, traced: Trace) -> tuple[tuple[str, float], ...]:
    scores = reader.classifier.confidences(traced.final)
    order = np.argsort(-scores, kind="stable").tolist()
    return tuple((reader.classifier.intents[k], float(scores[k])) for k in order)


def _decided_at(best: list[str]) -> int | None:
    """Return the first index from which the best intent is the last one and stays it."""
    if not best:
        return None
    first = len(best) - 1
    while first and best[first - 1] == best[-1]:
        first -= 1
    return first


def as_json(explained: Explanation) -> dict[str, Any]:
    """Return an explanation as `trace --json` prints it."""
    answer = explained.answer
    return {
        **tracing.as_json(explained.trace),
        "answer": answer,
        "shares": explained.shares and explained.shares.of_memory,
        "shares_are_exact": explained.shares and explained.shares.is_exact,
        "for_against": explained.for_against(answer) if answer else [],
        "decided_at": explained.decided_at,
        "gates": None if explained.gates is None else [asdict(use) for use in explained.gates],
        "nearest": [neighbour._asdict() for neighbour in explained.nearest],
    }


def as_sentences(explained: Explanation, why_not: str | None = None) -> list[str]:
    """Return the explanation in plain sentences, one per fact.

    `why_not` is an intent to compare the answer with.
    """
    traced = explained.trace
    if not traced.words or traced.final_answer is None:
        return [_("No words in this message: the hidden state stays zero.")]
    lines = [sentence_of_step(explained, t) for t in range(len(traced.words))]
    if explained.decided_at is None:
        final = traced.final_answer
        does = (
            _("It reads {count:,} more words; then the answer is {intent}, {confidence}.")
            if final.in_scope
            else _("It reads {count:,} more words; then it gives the fallback reply.")
        )
        confidence = percent(final.confidence)
        lines.append(does.format(count=traced.further, intent=final.intent, confidence=confidence))
    else:
        lines.append(
            _("It decided at “{word}”, word {number} of {count}.").format(
                word=traced.words[explained.decided_at],
                number=explained.decided_at + 1,
                count=len(traced.words),
            )
        )
    if explained.shares is None:
        lines.append(_("The message is too long for shares of its words."))
    else:
        lines += _shares_in_sentences(explained, explained.shares)
        if why_not is not None and why_not not in explained.intents:
            unknown = _("The network has not learned {intent} yet: a training teaches it.")
            lines.append(unknown.format(intent=why_not))
        elif why_not is not None and why_not != explained.answer:
            lead = explained.for_against(explained.answer, why_not)
            lines.append(
                _("Why {intent} and not {other}: {figures}.").format(
                    intent=explained.answer, other=why_not, figures=_signed(explained, lead)
                )
            )
    if explained.nearest:
        alike = ", ".join(
            f"“{near.pattern}” ({near.intent}, {near.cosine:.2f})" for near in explained.nearest
        )
        near = (
            _(
                "Patterns that leave a similar hidden state: {patterns}. "
                "These do not agree on the intent."
            )
            if disagree(explained.nearest)
            else _("Patterns that leave a similar hidden state: {patterns}.")
        )
        lines.append(near.format(patterns=alike))
    return lines


def _shares_in_sentences(explained: Explanation, shares: Shares) -> list[str]:
    words, memory = explained.trace.words, shares.of_memory
    order = sorted(range(len(words)), key=lambda t: -memory[t])
    remembered = ", ".join(f"“{words[t]}” {percent(memory[t])}" for t in order)
    memory_says = (
        _("What it remembers at the end comes (exactly) from: {words}.")
        if shares.is_exact
        else _("What it remembers at the end comes (by sampled orders) from: {words}.")
    )
    speaks = _signed(explained, explained.for_against(explained.answer))
    return [
        memory_says.format(words=remembered),
        _("For and against {intent}: {figures}.").format(intent=explained.answer, figures=speaks),
    ]


def _signed(explained: Explanation, values: Sequence[float]) -> str:
    words = explained.trace.words
    order = sorted(range(len(words)), key=lambda t: -values[t])
    signed = ", ".join(f"“{words[t]}” {values[t]:+.2f}" for t in order)
    return _("{figures}; together {sum:+.2f}").format(figures=signed, sum=sum(values))


def sentence_of_step(explained: Explanation, word: int) -> str:
    """Return what reading one word did, as a sentence."""
    traced = explained.trace
    did = [_answer_after(traced, word)]
    if explained.gates is not None:
        use = explained.gates[word]
        units = traced.hidden.shape[1]
        if word:
            did.append(_("keeps {share} of the old state").format(share=percent(use.keep)))
        did.append(_("moves {moved} of {count} units").format(moved=use.moved, count=units))
    return _("Reading “{word}”: {did}.").format(word=traced.words[word], did="; ".join(did))


def _answer_after(traced: Trace, word: int) -> str:
    """Return what reading a word made of the answer, and whether the network decided that."""
    answer = traced.answers[word]
    before = traced.answers[word - 1] if word else None
    if answer.is_pattern:
        return tracing.note_of_file(traced, word)
    if answer.in_scope:
        same = before is not None and before.in_scope and before.intent == answer.intent
        does = (
            _("the answer stays {intent}, {confidence}")
            if same
            else _("the answer becomes {intent}, {confidence}")
        )
    else:
        does = _("it would give the fallback reply ({intent} {confidence})")
    return does.format(intent=answer.intent, confidence=percent(answer.confidence))
