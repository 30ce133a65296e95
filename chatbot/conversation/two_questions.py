"""Two questions in one message: the answer so far is sure, and what follows is surely another.

No list of words decides where a message is cut: the states do. After each word they say what the
message would mean if it ended there; the rest is read as a message of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from operator import or_

import numpy as np

from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.words import as_read, is_punctuation, spans

SURE = 0.8
"""Confidence that both parts need. Of 100 messages with two questions to the default bot 82 are
answered both and none wrongly; of 200 with one question 2 are cut (docs/benchmarks.md, Two
questions). At .7 it is 85 and 5, at .85 77 and 1."""

LEAST = 3
"""Words of a part. With 2, 8 of the 200 are cut: "how late is it | now"."""

LEAST_AT_MARK = 2
"""The same where a mark is between them, which counts: "hello, …"."""

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
    found: tuple[float, Reading, Reading] | None = None
    for cut, sure in _sure_prefixes(reader, reading):
        mark = is_punctuation(reading.words[cut - 1])
        least = LEAST_AT_MARK if mark else LEAST
        if not least <= cut <= count - least or is_punctuation(reading.words[cut]):
            continue
        if not mark and places[cut - 1].end == places[cut].start:
            continue  # within a text without blanks
        rest = reader.read_words(text[places[cut].start :].strip(), reading.words[cut:])
        second = rest.prediction
        if second.in_scope and second.confidence >= SURE and second.intent != sure[0]:
            surely = sure[1] * second.confidence
            if found is None or surely > found[0]:
                begun = text[: places[cut - 1].end].strip()
                first = reader.read_words(begun, reading.words[:cut], after=reading)
                found = surely, first, rest
    return None if found is None else found[1:]


def _sure_prefixes(reader: Reader, reading: Reading) -> Iterator[tuple[int, tuple[str, float]]]:
    """Yield how many words a prefix has of which the answer is sure, with it and the confidence."""
    states = np.stack([step.hidden for step in reading.steps])
    best, confidences = reader.classifier.surest(states)
    evidence = accumulate(reading.evidence, or_)
    known = reader.known_prefixes(reading.words)
    for place, has_evidence in enumerate(evidence):
        pattern = known[place]
        if pattern is not None:
            answer = (pattern.intent or "", 1.0)
        else:
            answer = (best[place], float(confidences[place]) if has_evidence else 0.0)
        if answer[1] >= SURE and reader.is_answered(answer[0], in_scope=True):
            yield place + 1, answer
