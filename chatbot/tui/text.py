"""Text for the screen: foreign text made safe, cut to its room, and the colours of our own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widget import Widget


def shown(text: str) -> str:
    """Return a message or reply as it may be drawn: line breaks kept, nothing else that acts."""
    if text.isascii() and text.isprintable():
        return text
    from chatbot.words import clean  # not paid for at start-up

    return "\n".join(clean(line) for line in text.splitlines())


def shorten(text: str, width: int) -> str:
    """Return the text in at most `width` terminal cells, with … where it was cut."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…"


def shown_path(path: Path) -> str:
    """Return a path as people know it: what lies in the home folder begins with ~."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):  # elsewhere, or nobody's home
        return str(path)


def ink(widget: Widget, component: str) -> Style:
    """Return the colour and weight of a widget's component class, without its background.

    Textual's partial style would drop the transparency of a muted colour, and so the muting.
    """
    from rich.style import Style

    style = widget.get_component_rich_style(component)
    return Style(color=style.color, bold=style.bold)
