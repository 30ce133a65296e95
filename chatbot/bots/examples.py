"""The bots that come with the program, to begin with or to learn from."""

from __future__ import annotations

from pathlib import Path

from chatbot.common import bundled


def example_names() -> list[str]:
    """Return the names of the example bots."""
    return sorted(file.stem for file in bundled("examples").glob("*.json"))


def example_or_file(source: Path) -> Path:
    """Return the intents file of the example of that name; else `source` itself.

    A file of that name comes first.
    """
    if source.exists() or str(source) not in example_names():
        return source
    return bundled("examples") / f"{source}.json"
