"""The panel's keys: its own, a digit for each view, and those that its views bring."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from chatbot.tui.panel.registry import VIEWS

PANEL_KEYS = [
    Binding("space", "play", "Play the words", show=False),
    Binding("x", "switch_word", "Switch the word off or on", show=False),
    Binding("a", "all_words", "All words on", show=False),
    *(
        Binding(key.key, f"of_view('{view.NAME}', '{key.action}')", key.description, show=False)
        for view in VIEWS
        for key in view.SHORTCUTS
    ),
    *(
        Binding(str(number), f"view('{view.NAME}')", view.TITLE, show=False)
        for number, view in enumerate(VIEWS, start=1)
    ),
]
"""Keys that work in every view."""


def _characters() -> Iterator[str]:
    for binding in (*PANEL_KEYS, *(binding for view in VIEWS for binding in view.BINDINGS)):
        assert isinstance(binding, Binding)  # not one of Textual's tuples
        names = binding.key.split(",")
        yield from (" " if name == "space" else name for name in names)


KEYS = frozenset(character for character in _characters() if len(character) == 1)
"""Characters that are keys while the panel has the focus; all others go to the prompt."""
