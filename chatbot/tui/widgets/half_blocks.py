"""Half blocks: a cell as two pixels, one above the other."""

from __future__ import annotations

from functools import cache

from rich.color import Color
from rich.style import Style

UPPER, LOWER = "▀", "▄"


@cache
def half_block(upper: str | None, lower: str | None) -> tuple[str, Style]:
    """Return the character and the style of a cell with two pixels, given as #rrggbb.

    None is a pixel that shows the background; one of the two must be a colour.
    """
    if upper is None:
        assert lower is not None
        return LOWER, Style(color=Color.parse(lower))
    below = None if lower is None else Color.parse(lower)
    return UPPER, Style(color=Color.parse(upper), bgcolor=below)
