"""Dice and coins."""

from __future__ import annotations

import re
from random import SystemRandom

from chatbot.actions.asked import ActionError, Asked, Done, fills
from chatbot.common import _, in_figures, numbers_in_words

MOST_DICE = 100
MOST_SIDES = 1_000_000

_THROW = re.compile(r"\b(\d{0,9})\s*[dDwW](\d{1,9})\b")
"""3d20, d6; 3w20 in German."""

_NUMBER = re.compile(r"\d{1,9}")

_COUNT = re.compile(r"(?<![dDwW\d])\d")
"""A number that is not the sides of a die."""

_PAIR = re.compile(r"\b(?:a )?(?:pair|couple) of\b", re.IGNORECASE)

_LANGUAGES = ("en", "vi", "de", "fr", "es", "pt", "it", "nl")
"""In which numbers may be in words; the first in which there is one counts."""

MOST_CHARACTERS = 300
"""Of a message, those in which numbers in words are looked for."""

_random = SystemRandom()


@fills()
def coin(asked: Asked) -> Done:
    """Throw a coin."""
    return Done(_random.choice((_("heads"), _("tails"))))


@fills("count", "sides", "sum")
def dice(asked: Asked) -> Done:
    """Roll as many dice as the message says, of so many sides: "3d20", "two dice"; else one of six.

    Raises ActionError for more than can be rolled.
    """
    said = asked.message[:MOST_CHARACTERS]
    for language in _LANGUAGES:
        if not _COUNT.search(said):
            said = _PAIR.sub("2", in_figures(said, numbers_in_words(said, [language])))
    throw, number = _THROW.search(said), _NUMBER.search(asked.slots.get("number", ""))
    if throw is not None:
        count, sides = int(throw[1] or 1), int(throw[2])
    else:
        number = number or _NUMBER.search(said)
        count, sides = int(number[0]) if number else 1, 6
    if not 1 <= count <= MOST_DICE or not 1 <= sides <= MOST_SIDES:
        problem = _("I roll 1 to {dice} dice of 1 to {sides} sides")
        raise ActionError(problem.format(dice=MOST_DICE, sides=f"{MOST_SIDES:,}"))
    rolled = [_random.randint(1, sides) for _die in range(count)]
    shown = str(rolled[0]) if count == 1 else f"{' + '.join(map(str, rolled))} = {sum(rolled)}"
    return Done(shown, {"count": str(count), "sides": str(sides), "sum": str(sum(rolled))})
