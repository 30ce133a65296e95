"""How well one colour can be read on another, and the colours of a theme's text made readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.color import Color

LEAST_CONTRAST = 4.5
"""What WCAG 2 asks for text of the usual size (success criterion 1.4.3)."""

STEPS = 20
"""From a colour of the theme to black or white, of which the first readable one is taken."""

ENDS = (Color(0, 0, 0), Color(255, 255, 255))

TEXTS = (
    "foreground", "foreground-muted", "text-primary", "text-secondary", "text-accent",
    "text-success", "text-warning", "text-error", "text-disabled", "button-foreground",
)  # fmt: skip
"""Colours of text that stands on any of GROUNDS. Disabled lines of a list are its headings here."""

GROUNDS = ("background", "surface", "panel")
"""What text stands on."""

FOCUS = 0.05
"""How much of the foreground Textual mixes into the ground of a list that has the keys."""

CHIPS = ("success", "warning", "error")
"""Kinds of text that also stands on a muted ground of its own colour."""

CURSORS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("input-cursor-foreground", "input-cursor-background"),
)
"""Colours of text, and what it stands on alone."""

FOOTER = ("footer-foreground", "footer-description-foreground", "footer-key-foreground")

VEIL = 0.25
"""How much of the background lies on the footer below a dialog: `background 25%` in styles."""


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Color, grounds: Iterable[Color]) -> Color:
    """Return the colour, or the nearest on its way to black or white that is readable on all.

    A colour that is partly transparent gets less so first.
    """
    behind = tuple(grounds)
    end = max(ENDS, key=lambda way: _least(way, behind))
    solid = colour.with_alpha(1.0)
    alphas = (colour.a + (1 - colour.a) * step / STEPS for step in range(STEPS))
    clearer = (solid.with_alpha(alpha) for alpha in alphas) if colour.a < 1 else ()
    steps = (solid.blend(end, step / STEPS, alpha=1.0) for step in range(STEPS + 1))
    found = (c for c in (*clearer, *steps) if _least(c, behind) >= LEAST_CONTRAST)
    return next(found, end)


def readable_texts(colours: Mapping[str, str]) -> dict[str, str]:
    """Return those colours of text, by name, that can't be read in a theme, made readable."""
    grounds = background, surface, panel = [_parsed(colours[name]) for name in GROUNDS]
    tint = _parsed(colours["foreground"]).with_alpha(FOCUS)
    grounds += [surface + tint, panel + tint]
    places = {name: list(grounds) for name in TEXTS}
    for kind in CHIPS:
        places[f"text-{kind}"].append(background + _parsed(colours[f"{kind}-muted"]))
    for name, ground in CURSORS:
        behind = _parsed(colours[ground])
        places[name] = [place + behind for place in grounds]
    found = {
        name: better.hex
        for name, grounds in places.items()
        if (better := _better(colours[name], grounds)) is not None
    }
    return found | _footer(colours, background, panel)


def _footer(colours: Mapping[str, str], background: Color, panel: Color) -> dict[str, str]:
    """Return the colours of the footer that change, so that it is also read below a dialog."""
    ground = panel + _parsed(colours["footer-background"])
    veil = background.with_alpha(VEIL)
    if max(_veiled(end, ground, veil) for end in ENDS) < LEAST_CONTRAST:
        ground = panel
    found = {"footer-background": ground.hex}
    for name in FOOTER:
        end = max(ENDS, key=lambda end: _veiled(end, ground, veil))
        steps = (_parsed(colours[name]).blend(end, n / STEPS, alpha=1.0) for n in range(STEPS + 1))
        clear = (step for step in steps if _veiled(step, ground, veil) >= LEAST_CONTRAST)
        found[name] = next(clear, end).hex
    return found


def _veiled(colour: Color, ground: Color, veil: Color) -> float:
    return min(contrast(colour, ground), contrast(colour + veil, ground + veil))


def _better(written: str, grounds: list[Color]) -> Color | None:
    """Return a readable colour in place of one that is not, as a theme writes it."""
    if written.startswith("auto"):  # black or white, whichever Textual thinks better
        opacity = float(written.removeprefix("auto").strip(" %") or 100) / 100
        colour = grounds[0].get_contrast_text(opacity)
    else:
        colour = _parsed(written)
    found = readable(colour, grounds)
    return None if found == colour else found


def _parsed(written: str) -> Color:
    """Return a colour as a theme writes it: also #rrggbb 35%, partly transparent."""
    name, _, opacity = written.partition(" ")
    colour = Color.parse(name)
    return colour.with_alpha(colour.a * float(opacity.strip(" %")) / 100) if opacity else colour


def _least(colour: Color, grounds: Iterable[Color]) -> float:
    return min(contrast(ground + colour, ground) for ground in grounds)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
