"""The first line of a screen about an intents file: what it is about, and where the file is."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from chatbot.tui.text import shown_path


def file_title(what: str, path: Path) -> Content:
    """Return "`what` intents.json  in ~/folder", the folder muted."""
    return Content.assemble(
        (f"{what} {path.name}", "bold"),
        (f"  in {shown_path(path.parent)}", "$foreground-muted not bold"),
    )
