"""Finds the values of slots in a message, in every way that the file and the model have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import cached_property

import regex

from chatbot.common import _
from chatbot.intents import Intents, Slot, Span, slot_regex
from chatbot.network import Floats, Recurrent, TaggedWords, inputs_of, values_of
from chatbot.slots.kinds import Asked, pieces
from chatbot.slots.languages import language_of, spoken_languages
from chatbot.slots.lists import Lists, words_of
from chatbot.slots.values import How, SlotValue, chosen, words_at
from chatbot.words import Word, is_punctuation

SLOW_KINDS = frozenset({"date", "time", "duration"})
"""Kinds whose library takes half a second to load, and up to a tenth for a message."""

REMEMBERED = 200
"""Messages whose values of such kinds are kept: to be drawn, they must not take long."""

MOST_TIMEOUTS = 3
"""Searches that end at their time limit, after which an expression is not tried again."""


class SlotFinder:
    """Finds values of the slots of an intents file. Threads may share it."""

    def __init__(
        self,
        intents: Intents,
        recurrent: Recurrent,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Take the file, and the network whose tagger finds what no list has."""
        self.slots = {slot.name: slot for slot in intents.slots}
        self._intents = intents
        self._recurrent = recurrent
        self._now = now
        self._timeouts: dict[str, int] = {}
        self._slow: dict[str, tuple[SlotValue, ...]] = {}

    @property
    def takes_long(self) -> bool:
        """Whether finding values may take long: on no thread that somebody waits for."""
        return any(slot.kind in SLOW_KINDS for slot in self.slots.values())

    def is_quick_for(self, names: Collection[str]) -> bool:
        """Return whether what may take long can be left out where these slots are wanted.

        A slot that no intent has to do with is wanted in any message.
        """
        slow = {slot.name for slot in self.slots.values() if slot.kind in SLOW_KINDS}
        return not slow.intersection(names) and not slow - self._used

    @cached_property
    def _used(self) -> frozenset[str]:
        return frozenset(name for each in self._intents.intents for name in each.slot_names)

    @property
    def too_slow(self) -> tuple[str, ...]:
        """What to say of each slot whose regular expression was stopped."""
        if not self._timeouts:
            return ()
        said = _("the regular expression of the slot “{slot}” took too long and found nothing")
        return tuple(said.format(slot=name) for name in self._timeouts)

    def find(
        self,
        words: Sequence[Word],
        text: str,
        states: Floats,
        prefer: Sequence[str] = (),
        *,
        quick: bool = False,
        without: int = 0,
    ) -> tuple[SlotValue, ...]:
        """Return the values in a message, in its order; they do not overlap.

        `text` is the message as read, `words` those whose hidden states (words, hidden) are
        `states`. Where two slots may have a value, the one that the tagger says counts, then the
        first of `prefer`, then one that has none yet, then the one that is declared first. What
        `takes_long` is left out where it must be `quick`, unless the message was asked before.
        Kinds are looked for as if there were blanks in place of the first `without` words.
        """
        tagged = self._tagged(words, text, states)
        found = [
            *self._lists.find(words, text),
            *self._by_expression(words, text),
            *self._by_kind(words, text, without, quick=quick),
        ]
        names = list(self.slots)

        def rank(value: SlotValue, taken: Sequence[SlotValue]) -> int:
            is_tagged = any(
                each.slot == value.slot and each.first < value.after and value.first < each.after
                for each in tagged
            )
            place = prefer.index(value.slot) if value.slot in prefer else len(prefer)
            has_one = any(other.slot == value.slot for other in taken)
            order = (not is_tagged, place, has_one, names.index(value.slot))
            return sum(
                int(n) * base for n, base in zip(order, (10**9, 10**6, 10**3, 1), strict=True)
            )

        certain = chosen(found, rank)
        return chosen([*certain, *_beside(certain, tagged, words, text)], rank)

    @cached_property
    def _lists(self) -> Lists:
        plain = [
            _without_spans(each.text, each.spans)
            for intent in self._intents.intents
            for each in intent.tagged
        ]
        return Lists(list(self.slots.values()), words_of(plain))

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """The languages of the file; a message that is in another one is read in its own too."""
        patterns = (text for intent in self._intents.trainable for text in intent.patterns)
        return spoken_languages(patterns)

    def _tagged(self, words: Sequence[Word], text: str, states: Floats) -> list[TaggedWords]:
        tagger = self._recurrent.weights.tagger
        known = self._recurrent.known
        # Of words that it has never met the network knows nothing: "asdkjh qwe" is no name.
        if tagger is None or not any(known(w.text) for w in words if not is_punctuation(w.text)):
            return []
        tags = tagger.best(inputs_of(self._recurrent, words, text, states))
        return [
            each
            for each in values_of(tags, tagger.slots)
            if (slot := self.slots.get(each.slot)) is not None and may_be_learned(slot)
        ]

    def _by_expression(self, words: Sequence[Word], text: str) -> Iterator[SlotValue]:
        for slot in self.slots.values():
            if not slot.regex or self._timeouts.get(slot.name, 0) >= MOST_TIMEOUTS:
                continue
            try:
                found = list(
                    slot_regex.compiled(slot.regex).finditer(
                        text, timeout=slot_regex.SEARCH_SECONDS, concurrent=False
                    )
                )
            except TimeoutError:
                self._timeouts[slot.name] = self._timeouts.get(slot.name, 0) + 1
                continue
            except regex.error:  # the check refuses such a file
                continue
            for match in found:
                yield from _value(
                    slot, match.start(), match.end(), match[0], How.REGEX, words, text
                )

    def _by_kind(
        self, words: Sequence[Word], text: str, without: int, *, quick: bool
    ) -> list[SlotValue]:
        start = words[without].start if without else 0
        rest = " " * start + text[start:]
        fast = [s for s in self.slots.values() if s.kind is not None and s.kind not in SLOW_KINDS]
        slow = [slot for slot in self.slots.values() if slot.kind in SLOW_KINDS]
        found = list(self._of_kinds(fast, words, rest))
        if slow and not quick:
            if len(self._slow) >= REMEMBERED:
                self._slow = {}
            self._slow[text] = tuple(self._of_kinds(slow, words, rest))
        return [*found, *self._slow.get(text, ())]

    def _of_kinds(
        self, slots: Sequence[Slot], words: Sequence[Word], text: str
    ) -> Iterator[SlotValue]:
        if not slots:
            return
        by_kind: dict[str, list[Slot]] = {}
        for slot in slots:
            by_kind.setdefault(str(slot.kind), []).append(slot)
        # To the minute: what "tomorrow" means is remembered for as long.
        own = language_of(text)
        languages = tuple(dict.fromkeys((*self._languages, *filter(None, [own]))))
        asked = Asked(languages, self._now().replace(second=0, microsecond=0))
        for of_kind in by_kind.values():
            kind = of_kind[0].kind
            for piece in pieces(kind, text, asked) if kind is not None else ():
                for slot in of_kind:
                    yield from _value(
                        slot, piece.start, piece.end, piece.value, How.KIND, words, text
                    )


def may_be_learned(slot: Slot) -> bool:
    """Return whether something may be a value that no list and no expression has."""
    return not slot.closed and not slot.regex and not slot.entry


def _value(
    slot: Slot, start: int, end: int, value: str, how: How, words: Sequence[Word], text: str
) -> Iterator[SlotValue]:
    """Yield the value at a piece of a text, if there is a word in it."""
    place = words_at(words, start, end)
    if place is not None and text[start:end].strip():
        yield SlotValue(slot.name, value.strip(), text[start:end], start, end, *place, how)


def _beside(
    certain: Collection[SlotValue], tagged: Sequence[TaggedWords], words: Sequence[Word], text: str
) -> Iterator[SlotValue]:
    """Yield what the tagger finds beside what is certain, without punctuation around it."""
    for slot, first, after in tagged:
        while first < after and is_punctuation(words[first].text):
            first += 1
        while first < after and is_punctuation(words[after - 1].text):
            after -= 1
        if first == after or any(v.first < after and first < v.after for v in certain):
            continue
        start, end = words[first].start, words[after - 1].end
        said = text[start:end]
        if not any(character.isalnum() for character in said):
            continue
        yield SlotValue(slot, said, said, start, end, first, after, How.LEARNED)


def _without_spans(text: str, spans: Sequence[Span]) -> str:
    """Return a text with blanks where values are."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
