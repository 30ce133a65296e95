"""The keys in use: the defaults, with what a person has changed; and what is wrong with that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chatbot.common import N_, _
from chatbot.tui.actions.action import EVERYWHERE, Action, written
from chatbot.tui.actions.registry import BY_NAME, REGISTRY, title_of

KEY = re.compile(r"(?:(?:ctrl|shift|alt|super)\+)*(?:f(?:[1-9]|1\d|2[0-4])|[a-z_]{2,}|\S)")
"""What a key is called: f5, ctrl+s, shift+up, x."""

NEVER = {
    "ctrl+i": N_("terminals send it as Tab"),
    "ctrl+m": N_("terminals send it as Enter"),
    "ctrl+h": N_("terminals send it as Backspace"),
    "ctrl+c": N_("it copies what is selected"),
}
"""Keys that nothing can be put on."""


ARROWS = {"left": "←", "right": "→", "up": "↑", "down": "↓"}

APART = {
    "text": {"panel", "cursor"},
    "cursor": {"panel", "chat", "prompt", "find", "text"},
}
"""Fields are parts of many screens; these have none of them, or only one has the focus."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two actions on one key, where both work."""

    key: str
    names: tuple[str, str]

    def __str__(self) -> str:
        first, second = (BY_NAME[name] for name in self.names)
        return _("{key} is both “{one}” ({place}) and “{other}” ({other_place})").format(
            key=written(self.key),
            one=_(first.title),
            place=title_of(first.place),
            other=_(second.title),
            other_place=title_of(second.place),
        )


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of every action."""

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By name of the action, what a person has put in place of its default keys."""

    def of(self, name: str) -> tuple[str, ...]:
        """Return the keys of an action."""
        return self.changed.get(name, BY_NAME[name].keys)

    def written(self, name: str) -> str:
        """Return the first key of an action as people write it; empty where it has none."""
        keys = self.of(name)
        return written(keys[0]) if keys else ""

    def all_written(self, name: str) -> str:
        """Return all keys of an action as people write them."""
        return ", ".join(written(key) for key in self.of(name))

    def signs(self, *names: str) -> str:
        """Return the first key of each action, short: arrows are drawn."""
        return " ".join(
            ARROWS.get(key, written(key)) for name in names for key in self.of(name)[:1]
        )

    def for_textual(self) -> dict[str, str]:
        """Return what `App.set_keymap` wants."""
        return {name: ",".join(keys) for name, keys in self.changed.items()}

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return where a changed key is on two actions that can be meant at once.

        What the defaults have in common on purpose (F2 in the editor shows the form) is none.
        """
        found = [
            Conflict(key, (one.name, other.name))
            for i, one in enumerate(REGISTRY)
            for other in REGISTRY[i + 1 :]
            if (one.name in self.changed or other.name in self.changed) and _meet(one, other)
            for key in self.of(one.name)
            if key in self.of(other.name)
        ]
        return tuple(found)


def _meet(one: Action, other: Action) -> bool:
    """Return whether two actions are keys at the same time."""
    places = {one.place.partition(".")[0], other.place.partition(".")[0]}
    if fields := places & set(APART):
        return not any(places & APART[name] for name in fields)
    return len(places) == 1 or EVERYWHERE in places or places <= {"chat", "prompt", "panel"}


def problem_of_key(key: str) -> str:
    """Return what is wrong with the name of a key; empty where nothing is."""
    if key in NEVER:
        return _("{key} cannot be used: {reason}").format(key=written(key), reason=_(NEVER[key]))
    if not KEY.fullmatch(key):
        return _("“{key}” is no key: write it like f5, ctrl+s, shift+up or x").format(key=key)
    return ""


def split_keys(text: str) -> tuple[str, ...]:
    """Return the keys in a text with commas, in the form that Textual uses."""
    return tuple(part.strip().lower().replace(" ", "") for part in text.split(",") if part.strip())


def keymap_of(asked: Mapping[str, str]) -> tuple[Keymap, dict[str, str]]:
    """Return the keymap of what a person asks for, and by name what is wrong with the rest."""
    changed: dict[str, tuple[str, ...]] = {}
    problems: dict[str, str] = {}
    for name, text in asked.items():
        keys = split_keys(text)
        problem = "; ".join(filter(None, _problems(name, keys)))
        if problem:
            problems[name] = problem
        elif keys != BY_NAME[name].keys:
            changed[name] = keys
    return Keymap(changed), problems


def _problems(name: str, keys: tuple[str, ...]) -> Iterator[str]:
    if name not in BY_NAME:
        yield _("there is nothing called “{name}”").format(name=name)
    elif not keys:
        yield _("“{title}” needs a key, such as f5 or ctrl+t").format(title=_(BY_NAME[name].title))
    elif BY_NAME[name].priority:
        typed = _("{key} alone is typed into the message: hold Ctrl or Alt, or take a function key")
        yield from (typed.format(key=written(key)) for key in keys if _is_typed(key))
    yield from map(problem_of_key, keys)


def _is_typed(key: str) -> bool:
    """Return whether a key types a character: a letter, or the name of a sign, such as slash."""
    import unicodedata  # start-up: few people change keys

    from textual.keys import REPLACED_KEYS

    key = key.removeprefix("shift+")
    if len(key) == 1 or key in REPLACED_KEYS:
        return True
    try:
        # Control characters have names too: delete, escape.
        return unicodedata.lookup(key.replace("_", " ")).isprintable()
    except KeyError:
        return False
