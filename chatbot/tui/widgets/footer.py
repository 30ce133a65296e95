"""The footer, in the language of the interface: bindings keep their English words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Footer as TextualFooter
from textual.widgets._footer import FooterKey

from chatbot.common import _


class Footer(TextualFooter):
    """Keys and what they do."""

    def compose(self) -> ComposeResult:
        """Translate what Textual would show."""
        for widget in super().compose():
            if isinstance(widget, FooterKey):
                widget.description = _(widget.description)
                if isinstance(widget.tooltip, str):
                    widget.tooltip = _(widget.tooltip)
            yield widget
