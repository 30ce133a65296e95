"""Other kinds of files: recognised by their first bytes or lines, named and refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from chatbot.common import N_, _
from chatbot.formats.errors import FormatError

_NO_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", N_("a PNG image")),
    (b"\xff\xd8\xff", N_("a JPEG image")),
    (b"GIF8", N_("a GIF image")),
    (b"%PDF-", N_("a PDF document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an old Office document (.doc, .xls)")),
    (b"{\\rtf", N_("an RTF document")),
    (b"\x1f\x8b", N_("a gzip archive")),
    (b"BZh", N_("a bzip2 archive")),
    (b"\xfd7zXZ\x00", N_("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7z archive")),
    (b"Rar!\x1a\x07", N_("a RAR archive")),
    (b"SQLite format 3\x00", N_("an SQLite database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ", N_("a Windows program")),
    (b"\x80\x02", N_("a Python pickle")),
    (b"\x80\x03", N_("a Python pickle")),
    (b"\x80\x04", N_("a Python pickle")),
    (b"\x80\x05", N_("a Python pickle")),
    (b"\x93NUMPY", N_("a NumPy array")),
    (b"\x89HDF\r\n\x1a\n", N_("an HDF5 file (a Keras model?)")),
)

_ZIPS: tuple[tuple[str, str], ...] = (
    ("word/", N_("a Word document")),
    ("xl/", N_("an Excel workbook")),
    ("ppt/", N_("a PowerPoint presentation")),
    ("META-INF/MANIFEST.MF", N_("a Java archive")),
    ("content.xml", N_("an OpenDocument file")),
    ("AndroidManifest.xml", N_("an Android app")),
)

ARCHIVES = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar"})
"""Endings of archives. One within a folder or another archive is not opened."""

_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"\s*<(?:!doctype html|html)\b", re.I),
        N_("a web page, and no questions with answers were found on it"),
    ),
    (
        re.compile(r"\s*<\?xml|\s*<!(?:--|doctype)|\s*<[a-z][\w.:-]*[\s>]", re.I),
        N_("an XML or HTML file"),
    ),
    (
        re.compile(
            r"\s*(?:export\s+default|module\.exports\s*=|(?:export\s+)?(?:const|let|var)\s+\w+[^\n=]{0,80}=)"
            r"\s*[\[{]"
        ),
        N_("JavaScript, with data in it: keep only what is between the outermost brackets"),
    ),
    (re.compile(r"\s*```"), N_("a text within ``` of Markdown: delete those two lines")),
    (
        re.compile(r"(?:\s*[#;][^\n]*\n)*\s*\[[^\]\[\"'{}\n,]+\][ \t]*\n"),
        N_("an INI file, with sections in [brackets]"),
    ),
)
"""Kinds of text by how they begin; they would otherwise be called broken JSON, or nothing."""

_WORDS = r"[^\[\]\"'{}\n]"
_NO_JSON = re.compile(
    rf"\s*(?:\{{[\w .-]+\}}|\[(?={_WORDS}{{0,200}}[^\[\]\"'{{}}\n\s\d.,-]){_WORDS}{{1,300}}\]|\[!)"
)
"""`{thing} has started`, `[GetTime]`, `[link](…)`, `[![badge](…)`: how no JSON begins."""

_COMMENTS = re.compile(r"\A(?:\s*//[^\n]*\n|\s*/\*[^*]{0,2000}\*/)+")
"""Before the JSON that has them, as of a tsconfig."""

_MOST_START = 4_000
"""Characters at the beginning of a text that are looked at."""

REMEDY = N_("`chatbot convert --help` lists the formats; docs/formats.md has the details")
_UNPACK = N_("Unpack it and name the folder")
_SPREADSHEET = N_("Save it as CSV: two columns, text and intent")


def kind_of_text(text: str) -> str | None:
    """Return what kind of text this is, with its article, if it is a known one and no JSON."""
    start = text[:_MOST_START]
    return next((kind for pattern, kind in _TEXTS if pattern.match(start)), None)


def begins_like_json(text: str) -> bool:
    """Tell whether somebody meant to write JSON here, so that its faults are worth naming."""
    text = _COMMENTS.sub("", text[:_MOST_START])
    return text.lstrip()[:1] in ("{", "[") and _NO_JSON.match(text[:_MOST_START]) is None


def refuse_other_kinds(path: Path, data: bytes) -> None:
    """Raise FormatError for a file that is empty or another kind of file."""
    if not data.strip():
        remedy = _("Begin with {example}").format(example='{"intents": []}')
        raise FormatError(path, _("the file is empty"), remedy)
    kind = next((kind for start, kind in _NO_TEXT if data.startswith(start)), None)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = N_("a WebP image")
    if kind is not None:
        remedy = _UNPACK if "archive" in kind else _SPREADSHEET if ".xls" in kind else REMEDY
        raise _no_data(path, kind, remedy)


def refuse_other_zips(path: Path, names: Sequence[str]) -> None:
    """Raise FormatError for documents and programs that are zip archives inside."""
    for start, kind in _ZIPS:
        if any(name.startswith(start) for name in names):
            remedy = _SPREADSHEET if "Excel" in kind or "OpenDocument" in kind else REMEDY
            raise _no_data(path, kind, remedy)


def _no_data(path: Path, kind: str, remedy: str) -> FormatError:
    message = _("this is {kind}, not training data").format(kind=_(kind))
    return FormatError(path, message, _(remedy))
