"""The reader: words → states → intent. What a message means to the bot, before any reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from chatbot.common import KEPT_WORDS, as_far_as_read
from chatbot.conversation.known_patterns import Known, KnownPatterns
from chatbot.conversation.reading import MARKED_WORDS, Reading, counts_as_evidence
from chatbot.intents import Intent, Intents
from chatbot.model import IntentClassifier, Model
from chatbot.network import Recurrent, Weights
from chatbot.words import as_read, shared_beginning, spans, spoken, words

if TYPE_CHECKING:
    from chatbot.slots import SlotFinder, SlotValue

TOGETHER = 32
"""Words of a long message that are prepared together, and read before a pause: 5 ms."""

SLICE_WORDS = 500
"""Words that are read before somebody is told how far it is: 50 ms."""

MOST_READERS = 64
"""Readers of different contexts that are kept: a file of n contexts could have 2ⁿ."""


class Reader:
    """Reads messages with a trained network. Any number of threads may use one.

    A message that is a pattern of the intents file, but for case, spacing, punctuation and
    diacritics, is not left to the network: that intent is certain (`Prediction.is_pattern`). So
    is the fallback for a message that is an out-of-scope example. Without an intents file there are
    no patterns: the network alone decides among the intents that it knows.

    Where intents need contexts, this reader decides among all, whatever is active; `within` brings
    the one that decides among those that can be meant.
    """

    def __init__(
        self, recurrent: Recurrent, classifier: IntentClassifier, intents: Intents | None = None
    ) -> None:
        self.recurrent = recurrent
        self.classifier = classifier
        self.intents = intents or Intents(tuple(Intent(tag) for tag in classifier.intents))
        self.contexts: tuple[str, ...] = ()
        """Those that are active, of those that some intent needs."""
        self._beyond: tuple[Intent, ...] = ()
        """The intents that cannot be meant now."""
        self._is_within = False
        self._within: dict[tuple[str, ...], Reader] = {}
        self._whole: Reader = self
        """That of all intents: they share their slots."""
        self._making = Lock()
        """Held while a reader of other contexts is made: one thread does, and others take it."""

    @classmethod
    def of(
        cls, model: Model, intents: Intents | None = None, threshold: float | None = None
    ) -> Reader:
        """Return the reader of a model, whose patterns are those of `intents`.

        `threshold` is used in place of the model's own.
        """
        card = model.card
        calibration = card.calibration
        if threshold is not None:
            calibration = replace(calibration, threshold=threshold)
        classifier = IntentClassifier(model.weights, card.intents, calibration)
        return cls(Recurrent(model.weights), classifier, intents)

    @property
    def weights(self) -> Weights:
        """The network's weights."""
        return self.recurrent.weights

    def with_intents(self, intents: Intents) -> Reader:
        """Return a reader of the same network for another intents file: nothing is loaded."""
        return Reader(self.recurrent, self.classifier, intents)

    def within(self, active: Iterable[str]) -> Reader:
        """Return the reader of what can be meant while these contexts are active.

        It decides among the intents that need no other context, as if there were no others. What
        the others are about is beyond it: like an example of what is out of scope, it makes the
        answers near it less sure, and their patterns get the fallback.
        """
        every = self.intents.contexts
        if not every or self._is_within:
            return self
        contexts = tuple(sorted(every.intersection(active)))
        reader = self._within.get(contexts)
        if reader is None:
            with self._making:
                reader = self._within.get(contexts)
                if reader is None:
                    if len(self._within) >= MOST_READERS:
                        self._within.clear()
                    reader = self._within[contexts] = self._restricted(contexts)
        return reader

    def _restricted(self, contexts: tuple[str, ...]) -> Reader:
        there = self.intents.reachable(contexts)
        tags = {intent.tag for intent in there}
        chosen = [i for i, tag in enumerate(self.classifier.intents) if tag in tags]
        others = [intent for intent in self.intents.intents if intent.tag not in tags]
        recurrent, classifier = self.recurrent, self.classifier
        # Without any, the network is asked as it is, and `is_answered` refuses whatever it says.
        if chosen and len(chosen) < len(classifier.intents):
            recurrent = recurrent.with_head(recurrent.weights.with_intents(chosen))
            classifier = IntentClassifier(
                recurrent.weights,
                [classifier.intents[i] for i in chosen],
                classifier.calibration,
            )
        reader = Reader(recurrent, classifier, replace(self.intents, intents=there))
        reader.contexts = contexts
        reader._is_within = True
        reader._beyond = tuple(others)
        reader._whole = self
        return reader

    @cached_property
    def patterns(self) -> KnownPatterns:
        """The patterns of the intents file, made at the first message.

        An intent that the model has not learned yet is known by its patterns alone.
        """
        return KnownPatterns(self.intents, self._beyond)

    @cached_property
    def finder(self) -> SlotFinder:
        """Finds values of the file's slots, whatever is active; made when it is first asked."""
        if self._whole is not self:
            return self._whole.finder
        from chatbot.slots import SlotFinder  # 20 ms that start-up need not wait for

        return SlotFinder(self.intents, self.recurrent)

    def slots_in(
        self,
        reading: Reading,
        prefer: Sequence[str] = (),
        *,
        quick: bool = False,
        without: int = 0,
    ) -> tuple[SlotValue, ...]:
        """Return the values of slots in a message that was read, as far as its states are kept.

        `prefer` are slots that are asked for: they count where several may have a value. With
        `quick` dates and the like are left out, unless the message was asked before. The first
        `without` words say no value.
        """
        if not self.intents.slots or not reading.steps:
            return ()
        message = as_far_as_read(reading.message)
        read = list(spans(message))[: len(reading.steps)]
        if tuple(word.text for word in read) != reading.words[: len(read)]:
            return ()  # its words in another order
        text = as_read(message)[: read[-1].end]
        states = np.stack([step.hidden for step in reading.steps[: len(read)]])
        if without >= len(read):
            return ()
        found = self.finder.find(read, text, states, prefer, quick=quick, without=without)
        return tuple(value for value in found if value.first >= without)

    def known_pattern(self, read: Sequence[str]) -> Known | None:
        """Return what the intents file says of these words; None where the network decides."""
        return self.patterns.known(spoken(read))

    def known_prefixes(self, read: Sequence[str]) -> list[Known | None]:
        """Return `known_pattern` of each prefix of the words, (words,)."""
        return self.patterns.prefixes(read)

    def is_answered(self, intent: str, *, in_scope: bool) -> bool:
        """Return whether a reply of `intent` is given, rather than the fallback.

        The one place that decides it: the classifier must find the message in scope, and the
        intent must still be in the file (it may have been deleted since the training).
        """
        return in_scope and self.intents.by_tag(intent) is not None

    def is_gone(self, intent: str) -> bool:
        """Return whether the intents file no longer has an intent that the network has learned.

        Of the whole file: what only another context allows is still there.
        """
        return self._whole.intents.by_tag(intent) is None

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message word by word; the words that `after` begins with too are not read again.

        `after` must be a reading by this network.
        """
        return self.read_words(message, words(as_far_as_read(message)), after)

    def read_words(
        self,
        message: str,
        given: Sequence[str],
        after: Reading | None = None,
        pause: Callable[[], object] = lambda: None,
    ) -> Reading:
        """Read the given words, which may be in another order than in the message.

        `pause` is called every few words: it may let others work, or raise to end the reading.
        """
        read = tuple(given)
        same = shared_beginning(read, after.words) if after else 0
        begun, before = after.nearest(same) if after else (0, None)
        steps = list(after.steps[:begun]) if after else []
        marks = list(after.marks[: begun // MARKED_WORDS]) if after else []
        state = before or self.recurrent.initial_state
        known = list(after.known[:begun]) if after else []
        for start in range(begun, len(read), TOGETHER):
            some = read[start : start + TOGETHER]
            if len(some) == TOGETHER:
                self.recurrent.prepare(some)
            for place, word in enumerate(some, start):
                state = self.recurrent.step(word, state)
                if place < KEPT_WORDS:
                    steps.append(state)
                if (place + 1) % MARKED_WORDS == 0:
                    marks.append(state)
            known += map(self.recurrent.known, some)
            pause()
        pattern = self.known_pattern(read)
        if pattern is not None and pattern.intent is not None:
            prediction = self.classifier.predict_pattern(state.hidden, pattern.intent)
        else:
            # An example of what is out of scope is no evidence for any intent either.
            evidence = pattern is None and any(map(counts_as_evidence, read, known))
            prediction = self.classifier.predict(state.hidden, evidence=evidence)
            if pattern is not None:
                prediction = replace(prediction, is_pattern=True, needs=pattern.needs)
        answered = self.is_answered(prediction.intent, in_scope=prediction.in_scope)
        gone = self.is_gone(prediction.intent)
        if answered != prediction.in_scope or gone:
            prediction = replace(prediction, in_scope=answered, is_gone=gone)
        return Reading(
            message,
            read,
            tuple(steps),
            tuple(known),
            prediction,
            state,
            tuple(marks),
            self.contexts,
        )

    def slices(
        self,
        message: str,
        after: Reading | None = None,
        pause: Callable[[], object] = lambda: None,
    ) -> Iterator[tuple[Reading, int]]:
        """Read a long message a slice at a time; the last reading is the whole one.

        Yields what has been read, and how many words there are in all. The network goes on from
        one slice to the next, so all together cost what one reading does. `pause` is as in
        `read_words`.
        """
        read = words(as_far_as_read(message))
        end = shared_beginning(read, after.words) if after else 0
        while True:
            end = min(end + SLICE_WORDS, len(read))
            after = self.read_words(message, read[:end], after, pause)
            yield after, len(read)
            if end == len(read):
                return

    def answer(self, message: str) -> str | None:
        """Return the tag of the intent that a message is answered with; None for the fallback.

        The network is not asked where it has no say: a pattern is certain.
        """
        read = words(as_far_as_read(message))
        pattern = self.known_pattern(read)
        if pattern is not None:
            return pattern.intent
        prediction = self.read_words(message, read).prediction
        return prediction.intent if prediction.in_scope else None
