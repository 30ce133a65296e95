"""Reading the settings file: what is wrong in it is told with its line, and the rest counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chatbot.common import _
from chatbot.tui.settings.schema import KEYS, SCHEMA, SECTIONS, Setting, Settings

DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that does not count."""

    path: Path
    line: int
    text: str
    """What is wrong, and the remedy."""

    def __str__(self) -> str:
        return _("{file}, line {line}: {text}").format(
            file=self.path.name, line=self.line, text=self.text
        )


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in the file."""

    settings: Settings = DEFAULTS
    keys: Mapping[str, str] | None = None
    """By name of an action, what stands there for its keys; not checked yet."""
    problems: tuple[Problem, ...] = ()
    is_broken: bool = False
    """Whether the file is no TOML at all: nothing in it counts, and it must not be written."""


def read(path: Path) -> Read:
    """Read the settings; what is missing or wrong is as by default. Raises nothing."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Read()
    except OSError as error:
        return Read(
            problems=(
                Problem(path, 1, _("cannot be read: {reason}").format(reason=error.strerror)),
            )
        )
    return read_text(path, content)


def read_text(path: Path, content: bytes) -> Read:
    """Read settings from the content of the file."""
    import tomllib  # only who has a file pays for it at start-up

    try:
        text = content.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Read(problems=(Problem(path, line, _("save the file as UTF-8")),), is_broken=True)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Read(problems=(_broken(path, content, error),), is_broken=True)
    found = _Found(path, text)
    values: dict[str, Any] = {}
    keys: dict[str, str] = {}
    for name, table in tables.items():
        if name not in SECTIONS:
            found.report(
                (name,),
                _("nothing is called “{name}”{advice}").format(
                    name=name, advice=_like(name, SECTIONS)
                ),
            )
        elif not isinstance(table, dict):
            found.report(
                (name,), _("write it as a table, [{name}] on a line of its own").format(name=name)
            )
        elif name == KEYS:
            keys.update(_keys(table, found))
        else:
            values.update(_values(name, table, found))
    settings = replace(Settings(), **values)
    return Read(settings, keys, tuple(found.problems))


def _broken(path: Path, content: bytes, error: Exception) -> Problem:
    """Say where the TOML ends to be TOML; the parser tells the place in its text only."""
    import re

    text = str(error)
    at = re.search(r"\(at line (\d+), column \d+\)", text)
    line = int(at[1]) if at else content.count(b"\n") + 1
    what = re.sub(r" \(at .*\)$", "", text) or _("too deep")
    return Problem(
        path,
        line,
        _("{what}. Until this is put right nothing in the file counts").format(what=what),
    )


def _values(section: str, table: dict[str, Any], found: _Found) -> Iterator[tuple[str, Any]]:
    known = {each.name: each for each in SCHEMA if each.section == section}
    for name, value in table.items():
        if name not in known:
            found.report(
                (section, name),
                _("nothing is called “{name}”{advice}").format(
                    name=name, advice=_like(name, known)
                ),
            )
        elif problem := known[name].problem(value):
            found.report((section, name), f"{name}: {problem}{_stays(known[name])}")
        else:
            kind = type(known[name].default)
            yield name, kind(value)  # a whole number is a fraction too


def _keys(table: dict[str, Any], found: _Found) -> Iterator[tuple[str, str]]:
    """Yield the keys; `edit.save = …` and `"edit.save" = …` are the same."""
    for path, value in _flat(table):
        name = ".".join(path)
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield name, ",".join(value)
        else:
            found.report(
                (KEYS, *path),
                _('{name}: write keys in quotation marks, "f5" or ["f5"]').format(name=name),
            )


def _flat(table: dict[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, *path, name)
        else:
            yield (*path, name), value


def _like(name: str, names: Any) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(names), 1)
    return (
        _(": do you mean “{name}”?").format(name=near[0])
        if near
        else _(". There are: {names}").format(names=", ".join(names))
    )


def _stays(setting: Setting) -> str:
    return _(". It is {default} until then").format(default=setting.in_words(setting.default))


def problem_at(path: Path, where: tuple[str, ...], text: str) -> Problem:
    """Return a problem that only the program can find, with the line of what it is about."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError):
        lines = []
    place = where
    if not any(f'"{where[-1]}"' in line for line in lines):  # `edit.save`, and not `"edit.save"`
        place = (*where[:-1], *where[-1].split("."))
    return Problem(path, line_of(lines, place), text)


class _Found:
    """The problems found so far."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.split("\n")
        self.problems: list[Problem] = []

    def report(self, where: tuple[str, ...], text: str) -> None:
        """Note a problem of what is named so."""
        self.problems.append(Problem(self._path, line_of(self._lines, where), text))


def line_of(lines: list[str], where: tuple[str, ...]) -> int:
    """Return the line that a key of a TOML text begins on, from 1.

    It is the one after the longest beginning of the text that is TOML and does not have the key
    yet: the parser is the one who knows what a line means.
    """
    import tomllib

    last = 0
    for count in range(1, len(lines) + 1):
        try:
            inside: Any = tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value of several lines
        for name in where:
            inside = inside.get(name) if isinstance(inside, dict) else None
        if inside is not None:
            return last + 1
        last = count
    return max(last, 1)
