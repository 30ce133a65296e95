"""Names for intents that have none: made from the words of a question that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from chatbot.formats.gathering import OUT_OF_SCOPE
from chatbot.intents import FUNCTION_WORDS
from chatbot.words import spans

MOST_WORDS = 4
"""Words in a name: the rarest ones of the file, in their order."""

LONGEST = 48
"""Characters of a name; a run of a script without blanks has a third of them."""


class Namer:
    """Gives intents names that nobody has taken, from the questions of a file."""

    def __init__(self, questions: Iterable[str], taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken} | OUT_OF_SCOPE
        self._questions_with = Counter(word for text in questions for word in set(_words(text)))

    def name(self, question: str, tag: str = "") -> str:
        """Return a free name for the intent of a question, and take it; `tag` comes first in it."""
        for name in self._candidates(question, tag):
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
        raise AssertionError("the numbers do not end")

    def _candidates(self, question: str, tag: str) -> Iterator[str]:
        """Yield names, the best one first."""
        said = _words(question)
        telling = [word for word in said if word not in FUNCTION_WORDS]
        first = [tag] if tag else []
        kept = self._rarest(telling or said)
        others = [word for word in said if word not in kept]
        for more in range(len(others) + 1):
            added = {*kept, *others[:more]}
            if name := _joined([*first, *(word for word in said if word in added)]):
                yield name
        base = _joined([*first, *kept]) or "question"
        number = 2
        while True:
            yield f"{base}_{number}"
            number += 1

    def _rarest(self, said: list[str]) -> list[str]:
        """Return the few words that the fewest questions have, in their order."""
        order = sorted(enumerate(said), key=lambda word: (self._questions_with[word[1]], word[0]))
        return [word for _, word in sorted(order[:MOST_WORDS])]


def unique(name: str, taken: Container[str]) -> str:
    """Return a name, with a number if it is taken; never an empty one."""
    tag, number = name or "intent", 1
    while tag in taken:
        number += 1
        tag = f"{name or 'intent'}_{number}"
    return tag


def _words(text: str) -> list[str]:
    """Return the words of a text, without punctuation; those without blanks between are one."""
    found: list[str] = []
    end = -1
    for word in spans(text):
        if not any(c.isalnum() for c in word.text):
            continue
        spaceless = word.start == end and (_is_spaceless(word.text) or _is_spaceless(found[-1]))
        if spaceless and len(found[-1]) < LONGEST // 3:
            found[-1] += word.text
        elif not spaceless:
            found.append(word.text)
        end = word.end
    return list(dict.fromkeys(found))


def _is_spaceless(word: str) -> bool:
    """Tell whether a word is of a script that is written without blanks."""
    return word[-1] >= "\u0e00" and not "\uac00" <= word[-1] <= "\ud7a3"


def _joined(parts: Iterable[str]) -> str:
    """Return words as a name; the last ones are left out where it would be too long."""
    name = ""
    for part in parts:
        longer = f"{name}_{part}" if name else part[:LONGEST]
        if len(longer) > LONGEST and name:
            break
        name = longer
    return name
