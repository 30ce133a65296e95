"""What to do next, by what it would gain: advice that follows from the answers of an evaluation.

Every message that is not answered rightly is counted for one piece of advice at most. The gain is
what would be won if the advice helped all of its messages, so it is "at most".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chatbot.common import _, likely_range, ngettext, percent, printable
from chatbot.quality.results import Answer, Evaluated

LEAST = 2
"""Messages below which it may be chance; a misplaced pattern may be a single one."""
SURE = 0.85
"""Confidence in another intent from which a pattern may be misplaced. The model that gives it has
not learned the pattern."""
PAIR = 3
"""Messages taken for each other from which two intents are a pair."""
PAIR_SHARE = 0.1
"""Of the messages of both that at least this share must be taken for the other."""
MERGE_SHARE = 1 / 3
"""From this share on, both ways, the two are hardly told apart: guessing would give a half."""

Kind = Literal["merge", "tell apart", "move", "add patterns", "add out of scope"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, with the figure that says so."""

    kind: Kind
    intents: tuple[str, ...]
    """That it is about."""
    what: str
    """To do, in a sentence."""
    why: str
    """The figure; that of few messages has an interval."""
    gain: int
    """Messages that would be answered rightly, at most."""
    of: int
    """Messages that were asked."""
    messages: tuple[Answer, ...]
    """That are not answered rightly, the surest first."""

    @property
    def gains(self) -> str:
        """What it would gain, in words."""
        return _("gains at most {gain} of {count} messages").format(gain=self.gain, count=self.of)


def advice_on(found: Evaluated) -> tuple[Advice, ...]:
    """Return what to do next, what gains most first."""
    lost = [answer for answer in found.answers if not _is_answered(answer)]
    pieces = []
    for pair in _pairs(lost, found):
        pieces.append(pair)
        lost = [answer for answer in lost if answer not in pair.messages]
    if found.folds is not None:  # the messages of a test file are no patterns
        for move in _moves(lost, found):
            pieces.append(move)
            lost = [answer for answer in lost if answer not in move.messages]
    pieces += _patterns(lost, found)
    pieces += _strangers(found)
    return tuple(sorted(pieces, key=lambda piece: -piece.gain / piece.of))


def _pairs(lost: Sequence[Answer], found: Evaluated) -> Iterator[Advice]:
    """Yield pairs of intents that are taken for each other, the most frequent first."""
    size = Counter(answer.intent for answer in found.answers)
    crossing = Counter((a.intent, a.predicted) for a in lost if not a.is_right)
    both = Counter[tuple[str, str]]()
    for (intent, other), count in crossing.items():
        both[min(intent, other), max(intent, other)] += count
    for (one, other), count in sorted(both.items(), key=lambda item: (-item[1], item[0])):
        asked = size[one] + size[other]
        share = count / asked
        if not (crossing[one, other] and crossing[other, one]):
            continue  # one way only: patterns of one of them to move, or too few of them
        if count < PAIR or share < PAIR_SHARE:
            continue
        merge = share >= MERGE_SHARE
        what = (
            _("Merge “{one}” and “{other}”, or give them patterns that differ")
            if merge
            else _("Tell “{one}” and “{other}” apart: add patterns that show the difference")
        ).format(one=printable(one), other=printable(other))
        why = _(
            "{count} of their {asked} messages are taken for the other ({share}, likely {range})"
        ).format(count=count, asked=asked, share=percent(share), range=likely_range(share, asked))
        messages = [a for a in lost if {a.intent, a.predicted} == {one, other}]
        yield _advice("merge" if merge else "tell apart", (one, other), what, why, messages, found)


def _moves(lost: Sequence[Answer], found: Evaluated) -> Iterator[Advice]:
    """Yield patterns that a model which has not learned them surely gives to another intent."""
    groups: dict[tuple[str, str], list[Answer]] = {}
    for answer in lost:
        if not answer.is_right and answer.in_scope and answer.confidence >= SURE:
            groups.setdefault((answer.intent, answer.predicted), []).append(answer)
    for (intent, other), answers in groups.items():
        surest = max(answers, key=lambda answer: answer.confidence)
        more = len(answers) - 1
        what = (
            _(
                "Move “{text}” and {more} more from “{intent}” to “{other}”, if that is what is "
                "meant"
            )
            if more
            else _("Move “{text}” from “{intent}” to “{other}”, if that is what is meant")
        ).format(
            text=printable(surest.text),
            more=more,
            intent=printable(intent),
            other=printable(other),
        )
        why = (
            _("a model that has not learned them is at least {confidence} sure")
            if more
            else _("a model that has not learned it is {confidence} sure")
        ).format(confidence=percent(min(answer.confidence for answer in answers)))
        yield _advice("move", (intent, other), what, why, answers, found)


def _patterns(lost: Sequence[Answer], found: Evaluated) -> Iterator[Advice]:
    """Yield intents below the average that lose messages to several others, or to the fallback."""
    average = sum(_is_answered(answer) for answer in found.answers) / len(found.answers)
    for figures in found.intents:
        answers = [answer for answer in lost if answer.intent == figures.intent]
        own = found.messages(figures.intent, None)
        right = sum(_is_answered(answer) for answer in own)
        if len(answers) < LEAST or right / len(own) > average:
            continue
        share = right / len(own)
        why = _(
            "{right} of its {count} messages are answered rightly ({share}, likely {range})"
        ).format(
            right=right,
            count=len(own),
            share=percent(share),
            range=likely_range(share, len(own)),
        )
        if refused := sum(not answer.in_scope for answer in answers):
            why = ngettext(
                "{why}; {count} gets the fallback reply",
                "{why}; {count} get the fallback reply",
                refused,
            ).format(why=why, count=refused)
        what = _("Add patterns to “{intent}”, said in other words").format(
            intent=printable(figures.intent)
        )
        yield _advice("add patterns", (figures.intent,), what, why, answers, found)


def _strangers(found: Evaluated) -> Iterator[Advice]:
    """Yield what is answered although it is out of scope."""
    if found.out_of_scope is None:
        return
    asked = found.out_of_scope.answers
    answered = sorted((a for a in asked if a.in_scope), key=lambda a: -a.confidence)
    if len(answered) < LEAST:
        return
    share = len(answered) / len(asked)
    why = _(
        "{answered} of {count} messages that are out of scope are answered ({share}, likely "
        "{range})"
    ).format(
        answered=len(answered),
        count=len(asked),
        share=percent(share),
        range=likely_range(share, len(asked)),
    )
    what = _("List messages like these under “out_of_scope” in the intents file")
    into = tuple(dict.fromkeys(a.predicted for a in answered))
    yield Advice("add out of scope", into, what, why, len(answered), len(asked), tuple(answered))


def _advice(
    kind: Kind,
    intents: tuple[str, ...],
    what: str,
    why: str,
    messages: Sequence[Answer],
    found: Evaluated,
) -> Advice:
    surest_first = tuple(sorted(messages, key=lambda answer: -answer.confidence))
    return Advice(kind, intents, what, why, len(messages), len(found.answers), surest_first)


def _is_answered(answer: Answer) -> bool:
    """Return whether a message gets the reply of its intent."""
    return answer.is_right and answer.in_scope
