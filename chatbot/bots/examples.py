"""The bots that come with the program, to begin with or to learn from."""

from __future__ import annotations

from pathlib import Path

from chatbot.common import N_, _, bundled

_ABOUT = {
    "cafe": N_("a café in Vietnamese: menu, orders, tables"),
    "helpdesk": N_("a help desk in English: questions, tickets, hand-over"),
}
"""What the examples are, by name."""


def example_names() -> list[str]:
    """Return the names of the example bots."""
    return sorted(file.stem for file in bundled("examples").glob("*.json"))


def about_examples() -> dict[str, str]:
    """Return what each example bot is, by name."""
    return {name: _(_ABOUT[name]) if name in _ABOUT else "" for name in example_names()}


def example_file(name: str) -> Path:
    """Return the intents file of an example bot."""
    return bundled("examples") / f"{name}.json"


def example_or_file(source: Path) -> Path:
    """Return the intents file of the example of that name; else `source` itself.

    A file of that name comes first.
    """
    if source.exists() or str(source) not in example_names():
        return source
    return example_file(str(source))
