"""Keys that wait for the letters typed ahead of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.widget import Widget

PATIENCE_SECONDS = 5.0
"""How long a key waits at the most for a field that is busy with the letters before it."""


async def typed_ahead(field: Widget) -> None:
    """Wait until the letters typed ahead of a key have arrived in their field.

    A priority key is taken before any widget sees it, letters go through the queue of the widget
    that has the focus: a fast typist's last one would end up in what the key shows.
    """
    arrived = asyncio.Event()
    if field.call_later(arrived.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(arrived.wait(), PATIENCE_SECONDS)
