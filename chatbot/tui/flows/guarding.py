"""What the app draws is text: whatever a file or a paste holds, none of it steers the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter

from chatbot.common import HALF_CHARACTER, UNPRINTABLE


class OnlyText(LineFilter):
    """Takes out of every line, just before it is drawn, what would act on the terminal.

    Widgets escape or clean what they show; what one forgets stops here. Controls have no width, so
    that nothing is moved; half a surrogate pair, which is counted as one cell, becomes �.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line as they may be drawn."""
        if not any(UNPRINTABLE.search(text) for text, _, control in segments if control is None):
            return segments
        return [
            Segment(_only_text(text), style) if control is None else Segment(text, style, control)
            for text, style, control in segments
        ]


def _only_text(text: str) -> str:
    return UNPRINTABLE.sub("", HALF_CHARACTER.sub("\ufffd", text))


class GuardedApp(App[None]):
    """Draws only text, and takes only text that can be written."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of every line, ours first."""
        return [_ONLY_TEXT, *super().get_line_filters()]

    async def on_event(self, event: events.Event) -> None:
        """Make whole what is pasted: half a surrogate pair cannot be highlighted or copied."""
        if isinstance(event, events.Paste):
            event.text = HALF_CHARACTER.sub("\ufffd", event.text)
        await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, which may be of a file that holds halves of surrogate pairs."""
        super().copy_to_clipboard(HALF_CHARACTER.sub("\ufffd", text))


_ONLY_TEXT = OnlyText()
