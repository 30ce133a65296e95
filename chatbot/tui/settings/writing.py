"""Writing the settings file: only what has changed; comments and order stay as they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chatbot.common import ChatbotError, _, write_atomically
from chatbot.tui.settings.reading import line_of, read_text
from chatbot.tui.settings.schema import KEYS, SCHEMA, SECTIONS, Value, quoted

HEAD = """\
# Settings of chatbot. Change them here, or in the app: Settings in the menu.
# Every setting is here with its default. What stands behind a # is not in force.
# docs/settings.md explains them all.
"""

OF_KEYS = """\
# The keys of an action in place of its own, with commas: "f5, ctrl+t".
"""


class NotKeptError(ChatbotError):
    """The settings could not be written; the message says why, and the remedy."""


def keep(
    path: Path, changes: Mapping[tuple[str, str], Value | None], keys: Mapping[str, str]
) -> None:
    """Write changes, by section and name; None puts the line behind a #: the default holds.

    `keys` are the default keys of every action, for a file that is not there yet.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = template(keys).encode()
    except OSError as error:
        raise NotKeptError(
            _("{path}: {reason}. The change holds until you quit.").format(
                path=path, reason=error.strerror
            )
        ) from error
    if (found := read_text(path, content)).is_broken:
        raise NotKeptError(
            _("{problem}. The change holds until you quit.").format(problem=found.problems[0])
        )
    text = content.decode("utf-8-sig")
    for (section, name), value in changes.items():
        text = changed(text, section, name, value)
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise NotKeptError(
            _("{path}: {reason}. The change holds until you quit.").format(
                path=path, reason=error.strerror
            )
        ) from error


def changed(text: str, section: str, name: str, value: Value | None) -> str:
    """Return the TOML text with one value changed, added or (None) taken away."""
    import tomlkit  # 50 ms that only a change pays for

    document = tomlkit.parse(text)
    table: Any = document.get(section)
    holder, key = _holder(table, name)
    if value is None:
        if holder is None:
            return text
        if (without := _put_behind_a_sign(text, section, name)) is not None:
            return without
        del holder[key]
        return tomlkit.dumps(document)
    if holder is not None:
        holder[key] = value
        return tomlkit.dumps(document)
    if (line := _commented(text, section, name)) is not None:
        lines = text.split("\n")
        lines[line] = f"{_key(name)} = {_toml(value)}"
        return "\n".join(lines)
    if table is None:
        return f"{text.rstrip()}\n\n[{section}]\n{_key(name)} = {_toml(value)}\n".lstrip("\n")
    table[name] = value
    return tomlkit.dumps(document)


def _holder(table: Any, name: str) -> tuple[Any, str]:
    """Return the table that has a name, and the key in it: whole, or with its dots as tables."""
    if table is None:
        return None, name
    if name in table:
        return table, name
    *path, last = name.split(".")
    for part in path:
        table = table.get(part) if hasattr(table, "get") else None
    return (table, last) if table is not None and last in table else (None, name)


def _put_behind_a_sign(text: str, section: str, name: str) -> str | None:
    """Return the text with a line of its own no longer in force; None where it has none."""
    lines = text.split("\n")
    where = (section, name)
    index = line_of(lines, where if f'"{name}"' in text else (section, *name.split("."))) - 1
    if re.match(rf"\s*(?:{re.escape(name)}|{re.escape(quoted(name))})\s*=", lines[index]) is None:
        return None
    lines[index] = f"# {lines[index].lstrip()}"
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:  # a value of several lines
        return None
    return "\n".join(lines)


def _commented(text: str, section: str, name: str) -> int | None:
    """Return the index of the line that has the setting behind a #, in its section."""
    inside = False
    line = re.compile(rf"#\s*{re.escape(_key(name))}\s*=")
    for index, each in enumerate(text.split("\n")):
        if re.match(r"\s*\[", each):
            inside = each.split("#")[0].strip() == f"[{section}]"
        elif inside and line.match(each):
            return index
    return None


def template(keys: Mapping[str, str]) -> str:
    """Return a file in which everything is explained and nothing in force."""
    parts = [HEAD]
    for section in SECTIONS[:-1]:
        parts.append(f"\n[{section}]\n")
        for each in SCHEMA:
            if each.section == section:
                meaning = each.meaning
                choices = f" One of: {', '.join(map(quoted, meaning.choices))}."
                about = f"{meaning.title}. {meaning.help}{choices if meaning.choices else ''}"
                parts.append(f"# {about}\n# {each.name} = {_toml(each.default)}\n")
    parts.append(f"\n[{KEYS}]\n{OF_KEYS}")
    parts += [f"# {_key(name)} = {quoted(default)}\n" for name, default in keys.items()]
    return "".join(parts)


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else repr(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)
