"""The catalogues of the interface's languages: read, brought up to date with the code, compiled.

`make texts` runs this; the tests compare with it.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from chatbot.cli.speaking import in_paragraphs
from chatbot.common import LANGUAGES
from chatbot.common.translation import CATALOGUES

PACKAGE = CATALOGUES.parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")


def file_of(language: str) -> Path:
    """Return the catalogue of a language; its compiled form lies beside it."""
    return CATALOGUES / language / "LC_MESSAGES" / "chatbot.po"


def texts_in_code(package: Path = PACKAGE) -> Catalog:
    """Return every text that the code marks, with the files that it is in."""
    found = Catalog()
    methods: list[tuple[str, Any]] = [
        ("cli/**.py", of_commands),
        ("formats/**.py", of_formats),
        ("**.py", "python"),
    ]
    for name, line, text, comments, context in extract_from_dir(
        package, method_map=methods, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        place = (f"chatbot/{name}", line)
        found.add(text, None, [place], auto_comments=comments, context=context)
    return found


def of_commands(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Yield the texts of a module of the command line: the help of commands and options, too."""
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
            yield node.lineno, "_", in_paragraphs(ast.get_docstring(node) or ""), []
        elif isinstance(node, ast.Call) and _name_of(node.func) in ("option", "version_option"):
            for keyword in node.keywords:
                if keyword.arg == "help":
                    assert isinstance(keyword.value, ast.Constant)
                    yield node.lineno, "_", in_paragraphs(str(keyword.value.value)), []


def of_formats(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Yield the texts of a module of the formats: what it notes, too.

    That is an argument of `note`, a text called `what`, one that ends with "left out", and in a
    writer what it counts in `notes`.
    """
    yield from extract_python(file, keywords, comment_tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        what: ast.expr | None = None
        if isinstance(node, ast.Call) and _name_of(node.func) == "note" and node.args:
            what = node.args[0]
        elif isinstance(node, ast.Assign) and _name_of(node.targets[0]) == "what":
            what = node.value
        elif isinstance(node, ast.Subscript) and _name_of(node.value) == "notes":
            what = node.slice
        elif isinstance(node, ast.Constant) and str(node.value).endswith("left out"):
            what = node
        # Part of an f-string begins with a blank or a mark, and is no text.
        if isinstance(what, ast.Constant) and str(what.value)[:1] not in " )”":
            yield what.lineno, "_", what.value, []


def _makes_command(decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call):
        return False
    return _name_of(decorator.func) in ("command", "group")


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def catalogue(language: str) -> Catalog:
    """Read the catalogue of a language."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue in the form that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update(language: str) -> int:
    """Take over the texts of the code; return how many have no translation."""
    catalog = catalogue(language)
    # No fuzzy matches: half a translation would be shown as if it were one.
    catalog.update(texts_in_code(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with file_of(language).open("wb") as file:
        # No line numbers: every edit of the code would change the catalogue.
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    file_of(language).with_suffix(".mo").write_bytes(compiled(catalog))
    return sum(not is_translated(message) for message in catalog if message.id)


def texts_of(message: Message) -> tuple[str, ...]:
    """Return the English text, or the one for one thing and the one for many."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations_of(message: Message) -> tuple[str, ...]:
    """Return the translation, or that of every plural form."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def is_translated(message: Message) -> bool:
    """Whether all forms have a translation."""
    return all(translations_of(message))


if __name__ == "__main__":
    for code in TRANSLATED:
        print(f"{file_of(code).relative_to(PACKAGE.parent)}: {update(code)} texts to translate")
