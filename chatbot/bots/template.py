"""The intents file that a new bot begins with: three intents, with comments, that train at once."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = Path(__file__).with_name("template.json")


def template_text() -> str:
    """Return the text of the template."""
    return TEMPLATE.read_text(encoding="utf-8")
