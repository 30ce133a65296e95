"""Seeks a text in the turns of a conversation: the nearest hit first, then how many there are."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from time import monotonic

from chatbot.conversation import Folded, number_of_occurrences, occurrences
from chatbot.tui.widgets.turn_view import SPEAKERS, Hit, Speaker, TurnView

SLICE = 0.01
"""Seconds of seeking after which the interface has its turn."""


class TurnSearch:
    """Remembers the texts as they are compared, and what they were made of."""

    def __init__(self) -> None:
        self._sought = Folded("")
        self._known: dict[tuple[TurnView, Speaker], tuple[object, Folded]] = {}
        self._rested = 0.0

    def look_for(self, text: str) -> None:
        """Seek this text from now on."""
        self._sought = Folded(text)

    def hits_in(self, view: TurnView) -> list[Hit]:
        """Return the hits in a turn."""
        return [
            Hit(view, speaker, start, end)
            for speaker in SPEAKERS
            for start, end in occurrences(self._folded(view, speaker), self._sought)
        ]

    def counts(self, views: Sequence[TurnView]) -> list[int]:
        """Return the number of hits in each turn."""
        return [self._count_in(view) for view in views]

    async def count(self, views: Sequence[TurnView]) -> list[int]:
        """Return the same, in slices."""
        counts = []
        for view in views:
            counts.append(self._count_in(view))
            await self._rest()
        return counts

    def hit_at(self, views: Sequence[TurnView], counts: Sequence[int], number: int) -> Hit:
        """Return a hit by its place among all, from 0, where there are `counts` in each turn."""
        ends = list(accumulate(counts))
        index = bisect_right(ends, number)
        return self.hits_in(views[index])[number - ends[index]]

    async def nearest(self, views: Sequence[TurnView], at: int) -> Hit | None:
        """Return the last hit in the turn at a place or above it, else the first one below."""
        self._rested = monotonic()
        for index in range(at, -1, -1):
            if self._count_in(views[index]):
                return self.hits_in(views[index])[-1]
            await self._rest()
        for view in views[at + 1 :]:
            if self._count_in(view):
                return self.hits_in(view)[0]
            await self._rest()
        return None

    async def _rest(self) -> None:
        if monotonic() - self._rested > SLICE:
            await asyncio.sleep(0)
            self._rested = monotonic()

    def _count_in(self, view: TurnView) -> int:
        return sum(
            number_of_occurrences(self._folded(view, speaker), self._sought) for speaker in SPEAKERS
        )

    def _folded(self, view: TurnView, speaker: Speaker) -> Folded:
        source = view.message if speaker == "you" else view.reply
        known = self._known.get((view, speaker))
        if known is None or known[0] is not source:
            known = self._known[view, speaker] = (source, Folded(view.said_by(speaker)))
        return known[1]
