"""Two questions in one message: the answer so far is sure, and what follows is surely another.

No list of words decides where a message is cut: the states do. After each word they say what the
message would mean if it ended there; the rest is read as a message of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import or_

import numpy as np

from chatbot.conversation.known_patterns import Known
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.slots import SlotValue
from chatbot.words import Word, as_read, is_punctuation, spans

SURE = 0.8
"""Confidence that both parts need. Of 100 messages with two questions to the default bot 85 are
answered both and none wrongly; of 200 with one question none is cut (docs/benchmarks.md, Two
questions)."""

SURE_WITH_VALUE = 0.7
"""The same of a first part that names a value of a slot of its own intent. A name seldom said, and
the word that joins the two, make the network less sure: "my name is Anna and". For the second part
it is SURE all the same: "hi, my name is Anna" is one message."""

LEAST = 3
"""Words of a part. With 2, 8 of the 200 are cut: "how late is it | now"."""

LEAST_AT_MARK = 2
"""The same where a mark is between them, which counts: "hello, …"."""

LEAST_FALL = 0.03
"""What the confidence must have lost at the end of the message, where the answer is still the same:
no pair is missed for it, and most messages are not searched."""

LEAST_GAIN = 0.1
"""Of what the first answer loses from the cut to the end, the share that the second must gain:
words that only weaken it are no question of their own. "I do not | agree at all": .04; of the pairs
that are answered both the least is .17."""

LEAST_KEPT = 0.85
"""Of the confidence in the first answer, the share that the next word leaves, if no mark is between
them: a question that is over is not changed by the word behind it. "no need to | tell": .12, "I'd
rather not | hear": .80; of the pairs the least is .89."""

MOST_STILL = 0.08
"""Confidence that the first intent may have in the second part, read by itself: what speaks for it
still is about the same. "lol, | very funny joke": .10; of the pairs the most is .06."""

MOST_WORDS = 40
"""Longer messages are not searched: who writes so much asks more than two things."""


def two_questions(reader: Reader, reading: Reading) -> tuple[Reading, Reading] | None:
    """Return the two messages that a message holds, if it holds two; None for nearly all.

    They have different intents that `reader` answers. Of several places the surest is taken. A
    message that is a pattern is one message.
    """
    count = len(reading.words)
    if reading.prediction.is_pattern or not 2 * LEAST_AT_MARK <= count <= MOST_WORDS:
        return None
    text, places = as_read(reading.message), list(spans(reading.message))
    possible = [cut for cut in range(1, count) if _can_be_cut(reading.words, places, cut)]
    cuts = dict(_sure_prefixes(reader, reading, possible))
    seconds = dict(_sure_rests(reader, reading, list(cuts)))
    pairs = [
        (cuts[cut][1] * confidence, cut)
        for cut, (intent, confidence) in seconds.items()
        if intent != cuts[cut][0] and not _belongs_before(reading, intent, confidence)
    ]
    if pairs and reader.intents.slots:
        values = reader.slots_in(reading, quick=True)
        pairs = [
            (sure, cut)
            for sure, cut in pairs
            if not _cuts_value_off(reader, values, cut, seconds[cut][0])
            and (cuts[cut][1] >= SURE or _names_own(reader, values, cut, cuts[cut][0]))
        ]
    pairs = [pair for pair in pairs if _takes_over(reader, reading, pair[1], cuts, seconds)]
    if not pairs:
        return None
    _, cut = max(pairs, key=lambda pair: (pair[0], -pair[1]))
    first = reader.read_words(
        text[: places[cut - 1].end].strip(), reading.words[:cut], after=reading
    )
    rest = reader.read_words(text[places[cut].start :].strip(), reading.words[cut:])
    return first, rest


def _cuts_value_off(reader: Reader, values: Sequence[SlotValue], cut: int, second: str) -> bool:
    """Return whether a cut parts a value from what it belongs to: "my name is | Anna and …".

    That is where it goes through a value, or one follows that the second intent knows nothing of.
    """
    intent = reader.intents.by_tag(second)
    own = intent.slot_names if intent is not None else frozenset[str]()
    return any(
        value.first < cut < value.after or (value.first == cut and value.slot not in own)
        for value in values
    )


def _can_be_cut(words: Sequence[str], places: Sequence[Word], cut: int) -> bool:
    """Return whether both parts before and after so many words can be messages."""
    mark = is_punctuation(words[cut - 1])
    least = LEAST_AT_MARK if mark else LEAST
    if not least <= cut <= len(words) - least or is_punctuation(words[cut]):
        return False
    return mark or places[cut - 1].end < places[cut].start  # else within a text without blanks


def _sure_rests(
    reader: Reader, reading: Reading, cuts: Sequence[int]
) -> Iterator[tuple[int, tuple[str, float]]]:
    """Yield each cut after which the rest has a sure answer, with it and the confidence."""
    if not cuts:
        return
    states = reader.recurrent.states_from(reading.words, cuts)
    for cut, best, confidence in zip(cuts, *reader.classifier.surest(states), strict=True):
        pattern = reader.known_pattern(reading.words[cut:])
        answer = _answer(pattern, best, confidence, any(reading.evidence[cut:]))
        if _is_sure(reader, answer):
            yield cut, answer


def _sure_prefixes(
    reader: Reader, reading: Reading, cuts: Sequence[int]
) -> Iterator[tuple[int, tuple[str, float]]]:
    """Yield each cut before which the answer is sure, with it and the confidence.

    Only if the words after it speak against it: where they ask for something else, the answer so
    far changes, or is less sure at the end than it was.
    """
    if not cuts:
        return
    states = np.stack([reading.steps[cut - 1].hidden for cut in cuts])
    evidence = list(accumulate(reading.evidence, or_))
    known = reader.known_prefixes(reading.words[: cuts[-1]])
    last = reading.prediction
    for cut, best, confidence in zip(cuts, *reader.classifier.surest(states), strict=True):
        answer = _answer(known[cut - 1], best, confidence, evidence[cut - 1])
        falls = answer[0] != last.intent or answer[1] - last.confidence >= LEAST_FALL
        if falls and _is_sure(reader, answer, _least_before(reader, answer[0])):
            yield cut, answer


def _answer(
    pattern: Known | None, best: str, confidence: float, evidence: bool
) -> tuple[str, float]:
    """Return the answer to a part and the confidence; `best` is what the network says."""
    if pattern is not None:
        return pattern.intent or "", 1.0
    return best, float(confidence) if evidence else 0.0


def _belongs_before(reading: Reading, second: str, confidence: float) -> bool:
    """Return whether the words before a cut make its second part surer: "hello, my name is Tom"."""
    whole = reading.prediction
    return whole.intent == second and whole.confidence > confidence


def _takes_over(
    reader: Reader,
    reading: Reading,
    cut: int,
    cuts: Mapping[int, tuple[str, float]],
    seconds: Mapping[int, tuple[str, float]],
) -> bool:
    """Return whether the second intent takes over from the first in the words after a cut.

    Two patterns do, and of an intent that the network has not learned yet only patterns are known.
    """
    known, (first, sure), (second, sure_too) = reader.classifier.intents, cuts[cut], seconds[cut]
    if sure == sure_too == 1 or first not in known or second not in known:
        return True
    rest = reader.recurrent.states_from(reading.words, [cut])[0]
    states = np.stack([reading.steps[step].hidden for step in (cut - 1, cut, -1)] + [rest])
    at_cut, at_next, at_end, alone = reader.classifier.confidences(states)
    one, other = known.index(first), known.index(second)
    lost, gained = at_cut[one] - at_end[one], at_end[other] - at_cut[other]
    is_over = is_punctuation(reading.words[cut - 1]) or at_next[one] >= LEAST_KEPT * at_cut[one]
    return bool(is_over and gained >= LEAST_GAIN * lost and alone[one] <= MOST_STILL)


def _names_own(reader: Reader, values: Sequence[SlotValue], cut: int, first: str) -> bool:
    """Return whether the part before a cut names a value of a slot of its intent, `first`."""
    intent = reader.intents.by_tag(first)
    own = intent.slot_names if intent is not None else frozenset[str]()
    return any(value.after <= cut and value.slot in own for value in values)


def _least_before(reader: Reader, first: str) -> float:
    """Return the least confidence of a first part; whether it names a value is seen later."""
    intent = reader.intents.by_tag(first)
    return SURE_WITH_VALUE if intent is not None and intent.slot_names else SURE


def _is_sure(reader: Reader, answer: tuple[str, float], least: float = SURE) -> bool:
    least = max(least, reader.classifier.calibration.threshold)
    return answer[1] >= least and reader.is_answered(answer[0], in_scope=True)
