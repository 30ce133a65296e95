"""One entry of the registry: something a person can do, where, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

EVERYWHERE = "app"
"""The place of what can be done on every screen."""

WRITTEN = {
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "slash": "/",
    "comma": ",",
    "full_stop": ".",
    "question_mark": "?",
}
"""Keys whose written form is not their name with a capital."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do: on every screen, or at one place."""

    name: str
    """Unique. The key is changed under this name (`[keys]` of the settings)."""
    key: str
    """The keys that it has by default, with commas."""
    title: str
    """In the menu and the command palette: in English, as `help` and `label`. They are translated
    where they are drawn."""
    help: str
    in_footer: bool = True
    place: str = EVERYWHERE
    """Where it works: PLACE of a screen or widget. `panel.NAME` is a view of the panel."""
    call: str = ""
    """What Textual runs; by default the action of the same name."""
    label: str = ""
    """In the footer; by default the title."""
    letter: str = ""
    """In the menu; a free letter of the title where none is given."""
    in_menu: bool = True
    """Whether it is in menu and palette. A key that only moves a cursor is not."""
    priority: bool = True
    """Whether the key is taken before the field with the focus sees it. What works everywhere has
    priority: the prompt has the focus nearly always."""
    key_display: str | None = None
    """In the footer, in place of the key's name."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that it has by default."""
        return tuple(key.strip() for key in self.key.split(",") if key.strip())

    def binding(self) -> Binding:
        """Return the key binding."""
        return Binding(
            self.key,
            self.call or self.name,
            self.label or self.title,
            tooltip=self.help,
            show=self.in_footer,
            priority=self.priority,
            id=self.name,
            key_display=self.key_display,
        )


def written(key: str) -> str:
    """Return a key as people write it: F5, Ctrl+Q, Shift+Up."""
    parts = key.split("+")
    return "+".join(WRITTEN.get(part, part.capitalize()) for part in parts)
