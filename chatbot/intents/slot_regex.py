"""The regular expressions of slots: compiled, and bounded in time, whatever the expression.

An expression like (a|aa)+$ takes twice as long with every further letter. The `regex` module ends a
search at a time limit; the check tries each expression on texts that make such ones slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import prod

import regex

from chatbot.common import _
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, error, warning

LONGEST_REGEX = 1_000
"""Characters of an expression: compiling takes time too."""

SEARCH_SECONDS = 0.05
"""For which an expression may search a message."""

_PROBE_SECONDS = 0.02
_PROBE_LENGTH = 200
"""Repetitions after which what is exponential takes for ever, and what is cubic too long."""

_REPEATS = regex.compile(r"\{(\d*)(?:,(\d*))?\}")
_MOST_REPEATS = 100_000
"""Of counts in counts: compiling (a{1000}){1000} takes a second, a third level the whole memory."""


@lru_cache(maxsize=256)
def compiled(expression: str) -> regex.Pattern[str]:
    """Return an expression, ignoring case. Raises regex.error, or what is wrong with its size."""
    if len(expression) > LONGEST_REGEX:
        raise regex.error(_("longer than {most:,} characters").format(most=LONGEST_REGEX))
    counts = (max(int(n[:9] or 1) for n in found) for found in _REPEATS.findall(expression))
    if prod(max(count, 1) for count in counts) > _MOST_REPEATS:
        raise regex.error(_("it repeats too often"))
    try:
        return regex.compile(expression, regex.IGNORECASE)
    except (OverflowError, RecursionError, MemoryError, ValueError, KeyError) as problem:
        raise regex.error(_("too large or too deep")) from problem


def problem_of(expression: str, slot: str, path: JsonPath) -> Iterator[Problem]:
    """Yield what is wrong with the expression of a slot; `path` leads to it."""
    try:
        pattern = compiled(expression)
    except regex.error as wrong:
        message = _("the regular expression of “{slot}” cannot be read: {reason}")
        remedy = _("Correct it; a backslash is written twice in JSON: \\\\d")
        yield error(path, message.format(slot=slot, reason=wrong), remedy)
        return
    if _matches_nothing(pattern):
        message = _("the regular expression of “{slot}” also matches where there is nothing")
        remedy = _("Ask for one character at least: + in place of *")
        yield warning(path, message.format(slot=slot), remedy)
    if _is_slow(pattern, expression):
        message = _("the regular expression of “{slot}” can take for ever")
        remedy = _(
            "Do not repeat what repeats: (a+)+ is a+. It is stopped after {seconds:g} seconds, and "
            "then finds nothing"
        )
        yield warning(path, message.format(slot=slot), remedy.format(seconds=SEARCH_SECONDS))


def _matches_nothing(pattern: regex.Pattern[str]) -> bool:
    try:
        return pattern.fullmatch("", timeout=_PROBE_SECONDS) is not None
    except TimeoutError:
        return False


def _is_slow(pattern: regex.Pattern[str], expression: str) -> bool:
    """Return whether a repeated character, with one behind it that does not fit, takes too long.

    What the expression itself has stands at the end: a search begins only where it is there.
    """
    characters = [c for c in dict.fromkeys(expression) if c.isalnum() or c in " -_.,@"]
    ends = ("", "!", "!" + "".join(characters))
    probes = dict.fromkeys(("a", "0", " ", "a ", "0 ", "x1", "-", *characters[:20]))
    for probe in probes:
        for end in ends:
            try:
                pattern.search(probe * _PROBE_LENGTH + end, timeout=_PROBE_SECONDS)
            except TimeoutError:
                return True
    return False
