"""A person's own themes: a TOML file each, in a folder beside the settings.

    dark = true
    primary = "#7aa2f7"
    background = "#1a1b26"
    foreground = "#c0caf5"

The name of the file is that of the theme. Text that nobody could read is refused, with the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from chatbot.common import _
from chatbot.tui.themes.contrasts import GROUNDS, LEAST_CONTRAST, contrast

COLOURS = (
    "primary", "secondary", "accent", "foreground", "background", "surface", "panel", "boost",
    "warning", "error", "success",
)  # fmt: skip
"""What a file may set; `primary` it must."""


@dataclass(frozen=True, slots=True)
class OwnThemes:
    """The themes of a folder."""

    themes: tuple[Theme, ...] = ()
    problems: tuple[str, ...] = ()
    """Of each file that is none: its name, what is wrong, and the remedy."""


def read_themes(folder: Path) -> OwnThemes:
    """Read the themes of a folder; raises nothing."""
    themes: list[Theme] = []
    problems: list[str] = []
    try:
        files = sorted(folder.glob("*.toml"))
    except OSError:
        files = []
    for file in files:
        theme, problem = _read(file)
        if theme is not None:
            themes.append(theme)
        else:
            problems.append(f"themes/{file.name}: {problem}")
    return OwnThemes(tuple(themes), tuple(problems))


def _read(file: Path) -> tuple[Theme | None, str]:
    import tomllib  # only who has such files pays for it at start-up

    text = ""
    try:
        text = file.read_text(encoding="utf-8-sig")
        values = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        last = text.count("\n") + 1
        return None, str(error).replace(
            "end of document", _("line {last}, the end").format(last=last)
        )
    problem = "; ".join(_problems(values))
    if problem:
        return None, problem
    theme = Theme(
        name=file.stem,
        dark=values.get("dark", True),
        **{name: value for name, value in values.items() if name in COLOURS},
    )
    problem = _unreadable(theme)
    return (None, problem) if problem else (theme, "")


def _problems(values: dict[str, Any]) -> Iterator[str]:
    if "primary" not in values:
        yield _('it needs a colour primary, such as primary = "#7aa2f7"')
    for name, value in values.items():
        if name == "dark":
            if not isinstance(value, bool):
                yield _("dark: write true or false")
        elif name not in COLOURS:
            yield _("nothing is called “{name}”. There are: dark, {names}").format(
                name=name, names=", ".join(COLOURS)
            )
        elif not _is_colour(value):
            yield _('{name}: write a colour like "#7aa2f7"').format(name=name)


def _is_colour(value: object) -> bool:
    try:
        return isinstance(value, str) and Color.parse(value).ansi is None
    except ColorParseError:
        return False


def _unreadable(theme: Theme) -> str:
    """Say on which of its colours the text of a theme cannot be read; nothing where it can."""
    colours = theme.to_color_system().generate()
    text = Color.parse(colours["foreground"])
    found = {name: contrast(text, Color.parse(colours[name])) for name in GROUNDS}
    low = [
        _("{contrast:.1f} on {name}").format(contrast=value, name=name)
        for name, value in found.items()
        if value < LEAST_CONTRAST
    ]
    if not low:
        return ""
    told = (
        _("foreground has a contrast of {low}, and needs {least:g}: take a lighter one")
        if theme.dark
        else _("foreground has a contrast of {low}, and needs {least:g}: take a darker one")
    )
    return told.format(low=", ".join(low), least=LEAST_CONTRAST)
