"""All formats: recognise by content which one a file, folder or archive is in, and import it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from chatbot.common import N_, _
from chatbot.formats.copies import SET_ASIDE, LeftOut, without_copies
from chatbot.formats.dialects import (
    aiml,
    alexa,
    bot_framework,
    botpress,
    chatito,
    deeppavlov,
    dialogflow,
    dialogflow_cx,
    fasttext,
    home_assistant,
    lex,
    luis,
    nlpjs,
    other_syntax,
    own,
    padatious,
    pairs,
    questions,
    rasa,
    rhasspy,
    snips,
    tables,
    watson,
    web_page,
    wit,
)
from chatbot.formats.dialects.table_layout import header_of
from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering, Imported, note_of
from chatbot.formats.signatures import REMEDY, begins_like_json, kind_of_text
from chatbot.formats.sources import Source, open_source
from chatbot.intents import IntentsError, check_text, kind_of_json

FORMATS: tuple[Format, ...] = tuple(
    module.FORMAT
    for module in (
        dialogflow, dialogflow_cx, lex, rasa, snips, luis, home_assistant, wit, nlpjs, botpress,
        watson, alexa, aiml, chatito, fasttext, bot_framework, padatious, rhasspy, pairs, own,
        deeppavlov, other_syntax, web_page, tables, questions,
    )
)  # fmt: skip
"""From formats with unmistakable marks to those recognised by their shape alone."""

_ABOUT = frozenset({"readme", "changelog", "contributing", "license", "history", "code_of_conduct"})
"""Names of files about a project, which hold none of its data."""
_YAML = frozenset({".yml", ".yaml"})


def read(path: Path, language: str | None = None) -> Imported:
    """Import a file, folder or zip archive, in one language if it has several.

    Raises FormatError, or IntentsError if a file in our own format has errors.
    """
    source = open_source(path)
    without_example: IntentsError | None = None
    for format_, documents in _recognised(source):
        if source.is_single:
            return _imported(format_, documents, {}, Gathering(path, language))
        chosen, left_out = without_copies(format_, documents)
        try:
            return _from_folder(source, format_, chosen, left_out, language)
        except _NoExampleError as error:
            without_example = without_example or error.error
        if SET_ASIDE in left_out:  # there was nothing else in the folder, after all
            try:
                return _from_folder(source, format_, documents, {}, language)
            except _NoExampleError:
                pass
    raise without_example or _unknown(source)


def foreign_format(path: Path) -> str | None:
    """Return the name of the format if the file is another program's; None for our own.

    `{"intents": [ … ]}` is ours, whatever its keys: an edit can fix those. None also for a file
    that no format recognises; the check reports that. Raises nothing.
    """
    try:
        found = next(_recognised(open_source(path)), None)
    except (IntentsError, OSError):
        return None
    if found is None:
        return None
    format_, documents = found
    if format_ is own.FORMAT and isinstance(documents[0].object.get("intents"), list):
        return None
    return format_.name


class _NoExampleError(Exception):
    """A folder's documents in a format hold no example: another format's may."""

    def __init__(self, error: IntentsError) -> None:
        super().__init__(error)
        self.error = error


def _recognised(source: Source) -> Iterator[tuple[Format, list[Document]]]:
    """Yield the formats that any document is in, and its documents."""
    for format_ in FORMATS:
        documents = [document for document in source.documents if _is_in(format_, document)]
        if documents:
            yield format_, documents


def _is_in(format_: Format, document: Document) -> bool:
    """Tell whether a document is in a format. In a folder, one that cannot be read is in none."""
    is_markdown = bool(document.inside) and document.path.suffix.lower() == ".md"
    if is_markdown and (format_ is not rasa.FORMAT or document.path.stem.casefold() in _ABOUT):
        return False  # somebody's README, whatever it shows; a file that was named may be anything
    try:
        found = format_.recognises(document)
    except IntentsError as error:
        if not document.inside:
            raise
        document.broken = error
        return False
    if found and document.inside and document.path.suffix.lower() not in _YAML:
        # A guide shows a piece of YAML; a broken nlu.yml is the user's own, and has to be mended.
        return document.yaml_error is None
    return found


def _from_folder(
    source: Source,
    format_: Format,
    documents: list[Document],
    left_out: LeftOut,
    language: str | None,
) -> Imported:
    """Import the documents of a folder or an archive, and note what was read and what was not."""
    if len(documents) > 1 and not format_.is_project:
        some = ", ".join(document.inside for document in documents[:3])
        message = _("it holds {count} files in the format {format}: {names}").format(
            count=len(documents), format=format_.name, names=some
        )
        raise FormatError(source.path, message, _("Name the one to read"))
    into = Gathering(source.path, language)
    names = [document.inside for document in documents]
    into.note("files were read", len(names), names)
    gone = {*names, *(name for group in left_out.values() for name in group)}
    others = [document for document in source.documents if document.inside not in gone]
    into.note(
        "other files were not read: they are not {format}",
        len(others),
        _described(others, format_),
        format=format_.name,
    )
    return _without_doubles(_imported(format_, documents, {**left_out, **source.left_out}, into))


def _described(documents: Sequence[Document], format_: Format) -> list[str]:
    """Return the names of files that were not read, with what they are; the broken ones first."""
    broken, known, rest = [], [], []
    for document in documents:
        other = next((f for f in FORMATS if f is not format_ and _is_in(f, document)), None)
        if other is not None:
            known.append(f"{document.inside} ({other.name})")
        elif document.broken is not None and _is_meant(document):
            finding = document.broken.findings[0]
            line, column = finding.position
            broken.append(f"{document.inside} ({line}:{column}: {finding.message})")
        else:
            rest.append(document.inside)
    return [*broken, *known, *rest]


def _is_meant(document: Document) -> bool:
    """Tell whether what is broken was meant to be data, so that its faults interest."""
    if document.yaml_error is not None or not _is_text(document):
        return True
    return begins_like_json(document.text)


def _is_text(document: Document) -> bool:
    try:
        _ = document.text
    except IntentsError:
        return False
    return True


def _imported(
    format_: Format, documents: list[Document], left_out: LeftOut, into: Gathering
) -> Imported:
    """Read the documents. Raises _NoExampleError if there is no example, and they are a folder's.

    Also raises FormatError and IntentsError.
    """
    for what, names in left_out.items():
        into.note(what, len(names), names)
    for document in documents:
        if document.guessed is not None:
            said = f"{document.guessed}: {' '.join(document.telling_words)}"
            into.note("files are not in UTF-8: see whether their words are right", 1, [said])
    format_.read(documents, into)
    try:
        return into.imported(format_.name, format_.remedy)
    except FormatError as error:
        if documents[0].inside:
            raise _NoExampleError(error) from error
        raise


def _without_doubles(imported: Imported) -> Imported:
    """Return what was read with every text of an intent only once: files of a folder overlap."""
    doubles: list[str] = []

    def once(texts: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(dict.fromkeys(texts))
        if len(kept) < len(texts):
            left = list(texts)
            for text in kept:
                left.remove(text)
            doubles.extend(left)
        return kept

    intents = imported.intents
    fallback = intents.fallback
    changed = tuple(
        replace(
            intent,
            patterns=intent.patterns if intent.written else once(intent.patterns),
            written=once(intent.written),
            responses=once(intent.responses),
        )
        for intent in intents.intents
    )
    if not doubles:
        return imported
    place = None if fallback is None else intents.intents.index(fallback)
    intents = replace(intents, intents=changed, fallback=None if place is None else changed[place])
    note = note_of("texts that an intent had twice were taken once", doubles)
    return replace(imported, intents=intents, notes=(*imported.notes, note))


def _unknown(source: Source) -> IntentsError:
    """Return the error of a source in no known format."""
    if source.is_single:
        return _unknown_file(source.documents[0])
    broken = [document.broken for document in source.documents if document.broken is not None]
    if broken and len(broken) == len(source.documents):
        return broken[0]
    texts = [document for document in source.documents if _is_text(document)]
    kinds = (kind_of_json(document.object) for document in texts)
    kind = next((kind for kind in kinds if kind is not None), None)
    message = (
        _("it holds no training data in a known format")
        if kind is None
        else _("it holds no training data in a known format, only {kind}").format(kind=_(kind))
    )
    for what, names in source.left_out.items():
        message += f"; {_(what)}: {', '.join(names[:3])}"
    remedy = _("It is a folder or an archive: name the file in it. {formats}")
    return FormatError(source.path, message, remedy.format(formats=_(REMEDY)))


def _unknown_file(document: Document) -> IntentsError:
    if begins_like_json(document.text):
        if document.looks_like_json and document.json is None and document.broken is not None:
            return document.broken
        return IntentsError(document.source, check_text(document.json_source).errors, document.name)
    suffix = document.path.suffix.lower()
    if document.yaml_error is not None and suffix in _YAML:
        return document.yaml_error
    if document.broken is not None and suffix == ".toml":
        return document.broken
    kind = kind_of_text(document.text)
    remedy = _(REMEDY)
    if kind is None and (header := header_of(document)):
        names = ", ".join(f"“{name}”" for name in header[:8])
        remedy = _(
            "If it is a table, name two columns text and intent, or question and answer: {names}"
        ).format(names=names)
    what = kind or N_("a text file, but not in a known format")
    return FormatError(document.source, _("this is {what}").format(what=_(what)), remedy)
