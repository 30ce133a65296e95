"""All formats: recognise by content which one a file, folder or archive is in, and import it."""

from __future__ import annotations

from pathlib import Path

from chatbot.formats.dialects import (
    botpress,
    deeppavlov,
    dialogflow,
    luis,
    nlpjs,
    own,
    padatious,
    pairs,
    rasa,
    snips,
    tables,
    wit,
)
from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering, Imported
from chatbot.formats.signatures import REMEDY
from chatbot.formats.sources import Source, open_source
from chatbot.intents import IntentsError, check_text, kind_of_json

FORMATS: tuple[Format, ...] = tuple(
    module.FORMAT
    for module in (
        dialogflow, rasa, snips, luis, wit, nlpjs, botpress, padatious, pairs, own, deeppavlov,
        tables,
    )
)  # fmt: skip
"""From formats with unmistakable marks to those recognised by their shape alone."""


def read(path: Path, language: str | None = None) -> Imported:
    """Import a file, folder or zip archive, in one language if it has several.

    Raises FormatError, or IntentsError if a file in our own format has errors.
    """
    source = open_source(path)
    format_, documents = _recognised(source)
    into = Gathering(path, language)
    format_.read(documents, into)
    others = len(source.documents) - len(documents)
    into.note(f"other files were not read: they are not {format_.name}", others)
    into.note("symbolic links were not followed", source.links)
    return into.imported(format_.name, format_.remedy)


def foreign_format(path: Path) -> str | None:
    """Return the name of the format if the file is another program's; None for our own.

    `{"intents": [ … ]}` is ours, whatever its keys: an edit can fix those. None also for a file
    that no format recognises; the check reports that. Raises nothing.
    """
    try:
        format_, documents = _recognised(open_source(path))
    except (IntentsError, OSError):
        return None
    if format_ is own.FORMAT and isinstance(documents[0].object.get("intents"), list):
        return None
    return format_.name


def _recognised(source: Source) -> tuple[Format, list[Document]]:
    """Return the first format that any document is in, and its documents."""
    for format_ in FORMATS:
        documents = [document for document in source.documents if format_.recognises(document)]
        if len(documents) > 1 and not format_.is_project:
            names = ", ".join(document.inside for document in documents[:3])
            message = f"it holds {len(documents)} files in the format {format_.name}: {names}"
            raise FormatError(source.path, message, "Name the one to read")
        if documents:
            return format_, documents
    if not source.is_single:
        kinds = (kind_of_json(document.object) for document in source.documents)
        kind = next((kind for kind in kinds if kind is not None), None)
        message = "it holds no training data in a known format"
        message += f", only {kind}" if kind is not None else ""
        remedy = f"It is a folder or an archive: name the file in it. {REMEDY}"
        raise FormatError(source.path, message, remedy)
    (document,) = source.documents
    if document.looks_like_json:
        errors = check_text(document.text).errors
        raise IntentsError(source.path, errors, document.name)
    message = "this is a text file, but not in a known format"
    raise FormatError(source.path, message, REMEDY)
