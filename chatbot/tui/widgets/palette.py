"""Colours and glyphs of hidden state values: blue below zero, amber above, fixed from −1 to 1.

The steps follow the square root of a value, finer near zero: half of the base's values lie within
±.07 and 95 % within ±.31 (measured on the default bot), which even steps would paint one grey.

The nine colours are in the xterm cube, so true colour and 256 colours look the same; blue and
amber stay apart for every common kind of colour blindness (worst pair dE 55 under tritanopia; red
and green fall to 8 under deuteranopia; measured with Machado's matrices, research notes).
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.style import Style

from chatbot.tui.widgets.half_blocks import half_block

if TYPE_CHECKING:
    from textual.app import App

_DARK = (
    "#5fd7ff", "#00afd7", "#0087af", "#005f87", "#262626",
    "#875f00", "#af8700", "#d7af00", "#ffd75f",
)  # fmt: skip
_LIGHT = (
    "#005f87", "#0087af", "#00afd7", "#87d7ff", "#eeeeee",
    "#ffd787", "#d7af00", "#af8700", "#875f00",
)  # fmt: skip
_GLYPHS = "=-·+#"
"""Strongly negative, negative, about zero, positive, strongly positive: the sign without colour."""


def level(value: float) -> int:
    """Return the colour step of a value, 0 (−1) to 8 (1); outside values get the end colours."""
    return min(max(round((_spread(value) + 1) * 4), 0), 8)


@cache
def colour(step: int, dark: bool) -> str:
    """Return the colour of a step on a dark or a light theme, as #rrggbb."""
    return (_DARK if dark else _LIGHT)[step]


@cache
def pair(upper: int, lower: int, dark: bool) -> tuple[str, Style]:
    """Return the half block that shows the colours of two steps, and its style."""
    return half_block(colour(upper, dark), colour(lower, dark))


def glyph(value: float) -> str:
    """Return a value as one of five characters that carry the sign."""
    return _GLYPHS[min(max(round((_spread(value) + 1) * 2), 0), 4)]


def has_few_colours(app: App[Any]) -> bool:
    """Return whether values and words must be told by signs: with sixteen colours, or with none."""
    return app.no_color or app.console.color_system in (None, "standard")


def _spread(value: float) -> float:
    return math.copysign(math.sqrt(abs(value)), value)
