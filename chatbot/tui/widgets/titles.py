"""The first line of a screen about an intents file: what it is about, and where the file is."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from chatbot.common import _
from chatbot.tui.text import shown_path


def file_title(title: str, path: Path) -> Content:
    """Return "Training on intents.json  in ~/folder", the folder muted; `title` has {file}."""
    return Content.assemble(
        (title.format(file=path.name), "bold"),
        (
            _("  in {folder}").format(folder=shown_path(path.parent)),
            "$foreground-muted not bold",
        ),
    )
