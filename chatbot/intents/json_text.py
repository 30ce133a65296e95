"""The JSON of an intents file: read it, or say what is wrong with it, where, and the remedy.

Python's own messages name what its parser expected; people need to know what they mistyped.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from chatbot.common import _
from chatbot.intents.json_positions import JsonObject, Position, at

BLANKS = " \t\n\r"
"""JSON's white space; a no-break space is not among it."""

MOST_VALUES = 2_000_000
MOST_OBJECTS = 300_000
"""Values in a text, and objects, of which an empty one takes a hundred times its two characters in
memory. A million patterns are a million values."""

MOST_DIGITS = 4300
"""Python refuses to convert longer integers (CVE-2020-10735)."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[][{}]|-?Infinity|NaN', re.DOTALL)
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{,]', re.DOTALL)
_NO_JSON_WORD = re.compile(r"(True|False|None|undefined|nil)\b")


class BrokenJsonError(ValueError):
    """Text that is not JSON: what is wrong, what to do, and where."""

    def __init__(self, message: str, remedy: str, position: Position) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.position = position


class _Explanation(NamedTuple):
    """What broke the JSON, and the number of characters before the one to look at."""

    message: str
    remedy: str
    offset: int


def load(text: str) -> Any:
    """Return the data of JSON text, its objects as `JsonObject`.

    Stricter than Python's json: NaN and Infinity are refused. Raises BrokenJsonError only.
    """
    try:
        _refuse_too_many(text)
        return json.loads(
            text,
            object_pairs_hook=JsonObject.from_pairs,
            parse_constant=_refuse,
            parse_int=lambda digits: int(digits) if len(digits) <= MOST_DIGITS else float(digits),
        )
    except _TooManyError as error:
        explanation = _Explanation(
            _("there are more than {values:,} values or {objects:,} objects").format(
                values=MOST_VALUES, objects=MOST_OBJECTS
            ),
            _("Split the file, or keep fewer examples of each intent"),
            error.offset,
        )
    except json.JSONDecodeError as error:
        explanation = _explain(text, error)
    except RecursionError:
        index = _deepest_opening(text)
        explanation = _Explanation(
            _("brackets are nested too deeply"), _("An intents file needs four levels"), index
        )
    except _ConstantError as error:
        tokens = (token for token in _TOKEN.finditer(text) if token[0] == str(error))
        explanation = _Explanation(
            _("{word} is not JSON").format(word=error),
            _("Write a number or null"),
            next(tokens).start(),
        )
    raise BrokenJsonError(explanation.message, explanation.remedy, at(text, explanation.offset))


class _TooManyError(Exception):
    """There are more values than are read."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self.offset = offset


def _refuse_too_many(text: str) -> None:
    """Raise _TooManyError before they are made; commas and brackets within quotes do not count."""
    if sum(map(text.count, "[{,")) <= MOST_VALUES and text.count("{") <= MOST_OBJECTS:
        return
    values = objects = 0
    for token in _VALUE.finditer(text):
        values += token[0] in "[{,"
        objects += token[0] == "{"
        if values > MOST_VALUES or objects > MOST_OBJECTS:
            raise _TooManyError(token.start())


class _ConstantError(Exception):
    """NaN, Infinity or -Infinity was read."""


def _refuse(constant: str) -> None:
    raise _ConstantError(constant)


def _explain(text: str, error: json.JSONDecodeError) -> _Explanation:
    """Find the mistake behind the parser's message. `before` and `rest` are the text around it."""
    before = text[: error.pos].rstrip(BLANKS)
    rest = text[error.pos :].lstrip(BLANKS)
    here = len(text) - len(rest)
    first = rest[:1]
    needs_comma = "',' delimiter" in error.msg
    if not text.strip(BLANKS):
        return _Explanation(_("the file is empty"), _('Begin with {"intents": []}'), 0)
    if not rest:
        return _unclosed(text, len(before))
    if rest.startswith(("//", "/*", "#")):
        return _Explanation(_("JSON has no comments"), _("Delete it"), here)
    if "trailing comma" in error.msg:  # Python 3.13 and later
        return _Explanation(_("a comma before a closing bracket"), _("Delete the comma"), here)
    if first in "]}" and before.endswith(","):
        message = _("a comma before a closing bracket")
        return _Explanation(message, _("Delete the comma"), len(before) - 1)
    if first == "," and before.endswith((",", "[", "{")):
        return _Explanation(_("a comma with nothing before it"), _("Delete the comma"), here)
    if first in "]},":
        if before.endswith(":"):
            remedy = _('Write one after the colon, like "…"')
            return _Explanation(_("a value is missing"), remedy, here)
        if needs_comma and first != ",":
            message = _("this {bracket} does not close what is open").format(bracket=first)
            right = "]" if first == "}" else "}"
            return _Explanation(message, _("Write {bracket} before it").format(bracket=right), here)
    if first == ":" and needs_comma:
        remedy = _("Write ] before the key, where the list ends")
        return _Explanation(_("a key stands within a list"), remedy, here)
    if first in "'`":
        return _Explanation(_("single quotes"), _('Use double quotes: "…"'), here)
    if first in "“”„‟«»‘’":
        return _Explanation(_("curly quotes"), _('Use straight ones: "…"'), here)
    if not first.isprintable() and "control character" not in error.msg:
        message = _("an invisible character, U+{code:04X}").format(code=ord(first))
        return _Explanation(message, _("Delete it"), here)
    if "Extra data" in error.msg:
        remedy = _("Delete it, or check the brackets before")
        return _Explanation(_("something follows the end of the JSON"), remedy, here)
    if "control character" in error.msg:
        remedy = _("Write \\n or \\t, or close the quotes")
        return _Explanation(_("a line break or tab within quotes"), remedy, error.pos)
    if "escape" in error.msg:
        message = _("a backslash before something it does not go with")
        remedy = _('Write \\\\ for a backslash, \\" for a quote')
        return _Explanation(message, remedy, error.pos)
    if "Unterminated" in error.msg:
        message = _("the quotes opened here are not closed")
        return _Explanation(message, _('Write " at the end'), here)
    if word := _NO_JSON_WORD.match(rest):
        message = _("{word} is not JSON").format(word=word[0])
        return _Explanation(message, _("Write true, false or null"), here)
    if needs_comma and first.isalnum() and before.endswith('"'):
        remedy = _('Write \\" for a quote within quotes, or put a comma between')
        return _Explanation(_("text goes on after its closing quote"), remedy, here)
    if needs_comma:
        remedy = _("Put one between this and what comes before it")
        return _Explanation(_("a comma is missing"), remedy, here)
    if "':' delimiter" in error.msg:
        return _Explanation(_("a colon is missing"), _('Write "key": value'), here)
    if first.isalpha():
        remedy = _('Write it in double quotes: "…"')
        return _Explanation(_("text without quotes"), remedy, here)
    message = _("broken JSON ({reason})").format(reason=error.msg)
    return _Explanation(message, _("Look at what comes just before"), here)


def _unclosed(text: str, end: int) -> _Explanation:
    """Say which bracket is still open where the text ends, the innermost one."""
    openings: list[int] = []
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            openings.append(token.start())
        elif token[0] in "]}" and openings:
            openings.pop()
    if not openings:
        remedy = _("Complete what comes just before")
        return _Explanation(_("the file ends too early"), remedy, end)
    line, column = at(text, openings[-1])
    bracket = text[openings[-1]]
    message = _("the file ends, and the {bracket} at {line}:{column} is not closed")
    closing = "]" if bracket == "[" else "}"
    return _Explanation(
        message.format(bracket=bracket, line=line, column=column),
        _("Write {bracket} where it ends").format(bracket=closing),
        end,
    )


def _deepest_opening(text: str) -> int:
    """Return the index of the first bracket at the greatest depth."""
    depth = deepest = index = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > deepest:
            deepest, index = depth, token.start()
    return index
