"""The settings in force, and the file that keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

from chatbot.tui.settings.reading import Problem, Read, read
from chatbot.tui.settings.schema import KEYS, SCHEMA, Settings, Value


class SettingsFile:
    """What is set, and what of it has not been written yet.

    Changes hold at once; `write` keeps them, in whatever thread.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one."""
        self.path = path
        self._lock = Lock()
        self._changes: dict[tuple[str, str], Value | None] = {}
        self.values = Settings()
        self.keys: dict[str, str] = {}
        """What stands in the file for the keys of an action."""
        self.problems: tuple[Problem, ...] = ()
        self.read()

    def read(self) -> None:
        """Read what stands in the file now."""
        found: Read = read(self.path)
        self.values = found.settings
        self.keys = dict(found.keys or {})
        self.problems = found.problems

    def set(self, name: str, value: Value) -> None:
        """Change a setting; its default takes its line away."""
        each = next(each for each in SCHEMA if each.name == name)
        if getattr(self.values, name) != value:
            self.values = replace(self.values, **{name: value})  # type: ignore[arg-type]
            with self._lock:
                kept = None if value == each.default else value
                self._changes[each.section, name] = kept

    def set_keys(self, action: str, keys: str | None) -> None:
        """Put other keys on an action; None gives it its own again."""
        self.keys.pop(action, None)
        if keys is not None:
            self.keys[action] = keys
        with self._lock:
            self._changes[KEYS, action] = keys

    def make(self, default_keys: Mapping[str, str]) -> None:
        """Write the file with everything explained and nothing in force, if it is not there."""
        from chatbot.tui.settings.writing import keep  # start-up, here and below: seldom needed

        with self._lock:
            keep(self.path, {}, default_keys)

    def write(self, default_keys: Mapping[str, str]) -> None:
        """Write what has changed since the last time. Raises NotKeptError."""
        from chatbot.tui.settings.writing import keep  # start-up, as above

        with self._lock:
            changes, self._changes = self._changes, {}
            if changes:
                keep(self.path, changes, default_keys)
