"""The colours of JSON in a theme of the app: of its own hues, and readable in each of them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from chatbot.tui.themes import readable

CAPTURES = {
    "key": ("json.label",),
    "string": ("string",),
    "value": ("number", "boolean", "json.null", "string.escape"),
    "punctuation": ("punctuation.bracket", "punctuation.delimiter"),
}
"""What the grammar calls the parts of the text."""

HUES = {"key": "primary", "string": "success", "value": "accent", "punctuation": "foreground"}
"""The colour of the theme that each part begins with."""

UNCOLOURED = {
    "key": Style(bold=True, underline=True),
    "string": Style(),
    "value": Style(italic=True),
    "punctuation": Style(bold=True),
}
"""Without colours the structure is bold, and what people write is plain."""


def syntax_styles(theme: Theme, *, is_coloured: bool) -> dict[str, Style]:
    """Return the style of each part, by the grammar's names, as a TextArea wants them.

    A theme of the terminal's own colours (ansi) is not coloured: nobody can know their contrast.
    """
    styles = UNCOLOURED if theme.ansi or not is_coloured else _coloured(theme)
    return {capture: styles[part] for part, captures in CAPTURES.items() for capture in captures}


def _coloured(theme: Theme) -> dict[str, Style]:
    colours = theme.to_color_system().generate()
    behind = backgrounds(colours)
    return {
        part: Style(color=readable(Color.parse(colours[hue]), behind).hex6, bold=part == "key")
        for part, hue in HUES.items()
    }


def backgrounds(colours: Mapping[str, str]) -> tuple[Color, Color]:
    """Return the colour behind the text, and on the line of the cursor."""
    surface = Color.parse(colours["surface"])
    return surface, surface + Color.parse(colours["boost"])
