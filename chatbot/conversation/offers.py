"""What a bot offers when it cannot answer: "did you mean …?", or examples of what it can.

An offer is a pattern of the file. Choosing one asks it, so that everything about its answer is as
if the person had typed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.intents import Intent
from chatbot.words import words

LIKELY = 0.2
"""Confidence in the best intent from which a message that is not answered may mean it. Of 503
messages to eleven bots (docs/benchmarks.md, Small and public bots) 169 are not answered; 90 of them
then find their intent among the offers. Of 124 out-of-scope messages 18 get an offer. At .15 it is
106 and 26, at .3 46 and 7."""

ALSO = 0.05
"""Confidence in the others."""

MOST = 3
"""Offers of what was meant. With 2, 78 of the 169 find their intent."""

MOST_EXAMPLES = 5

MANY_PATTERNS = 40
"""Patterns that are tried as an example of an intent: two of them in other intents are rare."""

LONGEST = 80
"""Characters of a pattern that is offered: longer ones are passed over where there is another."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be asked instead."""

    intent: str
    message: str
    """A pattern that is of this intent alone."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered in place of an answer; none where there is an answer."""

    choices: tuple[Offer, ...] = ()
    are_likely: bool = False
    """Whether the message may have meant one of them; else they are examples of what is known."""

    def chosen(self, message: str) -> str | None:
        """Return what the number of an offer asks ("2", "２", " 2. "); None if it is none."""
        text = message.strip().rstrip(".)")
        if not text.isdecimal() or len(text) > 2:
            return None
        number = int(text)
        return self.choices[number - 1].message if 1 <= number <= len(self.choices) else None


NO_OFFERS = Offers()


def likely(reader: Reader, reading: Reading) -> Offers:
    """Return what a message that is not answered may have meant.

    Nothing where it is an example of what is out of scope, or has no word that is known.
    """
    prediction = reading.prediction
    if prediction.in_scope or prediction.is_pattern or prediction.confidence < LIKELY:
        return NO_OFFERS
    found = _of(reader, near(reading), MOST)
    return Offers(found, are_likely=True) if found else NO_OFFERS


def near(reading: Reading) -> list[str]:
    """Return the intents that a message may well mean, the likeliest first; none for nonsense.

    What is chosen in its place must be one of them for the message to become a pattern of it. Of
    124 messages to eight bots that are not answered 106 may then be remembered as what they mean,
    and of 84 out-of-scope ones with five examples 36 of 420 as an example; by a word that the
    intent's patterns have too it would be 37 and 46.
    """
    if reading.prediction.is_pattern:
        return []
    return [each.intent for each in reading.prediction.ranking if each.confidence >= ALSO]


def examples(reader: Reader) -> Offers:
    """Return examples of what can be asked now, in the order of the file."""
    return Offers(_of(reader, (each.tag for each in reader.intents.trainable), MOST_EXAMPLES))


def _of(reader: Reader, tags: Iterable[str], most: int) -> tuple[Offer, ...]:
    found: list[Offer] = []
    for tag in tags:
        intent = reader.intents.by_tag(tag)
        message = None if intent is None else _example(reader, intent)
        if message is not None:
            found.append(Offer(tag, message))
            if len(found) == most:
                break
    return tuple(found)


def _example(reader: Reader, intent: Intent) -> str | None:
    """Return the first pattern that is of this intent alone, a short one if there is any."""
    if not intent.has_replies and not intent.action:
        return None
    # Of a slot whose values nobody can list there is only its name: "the status of ticket".
    unnatural = {
        each.text
        for each in intent.tagged
        if any(span.is_filled and span.value == span.slot for span in each.spans)
    }
    own = (
        pattern
        for pattern in intent.patterns[:MANY_PATTERNS]
        if pattern not in unnatural
        and (known := reader.known_pattern(words(pattern))) is not None
        and known.intent == intent.tag
    )
    first: str | None = None
    for pattern in own:
        if len(pattern) <= LONGEST:
            return pattern
        first = first or pattern
    return first
