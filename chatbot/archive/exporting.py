"""Conversations as a file of their own: Markdown, JSON or a page for the browser, by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from chatbot.archive import export_html, export_json, export_markdown
from chatbot.archive.errors import ArchiveError
from chatbot.archive.keeping import Archive
from chatbot.archive.records import KeptTurn, Transcript
from chatbot.common import _, write_atomically

EXPORTS: Mapping[str, Callable[[Sequence[Transcript]], str]] = {
    ".md": export_markdown.document,
    ".json": export_json.document,
    ".html": export_html.document,
}
"""What makes the file, by its suffix."""

_AT_ONCE = 500
"""Turns that are read at once: other threads may use the archive in between."""


def export(archive: Archive, conversations: Sequence[int], path: Path) -> None:
    """Write conversations into one file, in the order given; those that are gone are left out.

    The file is the whole new one or the old one. Raises ArchiveError, also for a suffix that is
    not in EXPORTS and where none of the conversations is left.
    """
    document = EXPORTS.get(path.suffix.lower())
    if document is None:
        *others, last = EXPORTS
        raise ArchiveError(
            _(
                "{path}: conversations are exported to {others} or {last}. Choose a name that "
                "ends so"
            ).format(path=path, others=", ".join(others), last=last)
        )
    if not path.parent.is_dir():  # a slip of the pen makes no folder
        raise ArchiveError(
            _("{path}: there is no folder {folder}. Choose one that is there").format(
                path=path, folder=path.parent
            )
        )
    found = [made for id_ in conversations if (made := transcript(archive, id_)) is not None]
    if not found:
        raise ArchiveError(
            _(
                "{path}: nothing to export: the conversation was deleted. Open the list of "
                "conversations again"
            ).format(path=path)
        )
    try:
        write_atomically(path, document(found).encode(), private=True)
    except OSError as error:
        raise ArchiveError(
            _("{path}: the file could not be written ({reason}). Choose another place").format(
                path=path, reason=error.strerror or error
            )
        ) from error


def transcript(archive: Archive, conversation: int) -> Transcript | None:
    """Return a whole conversation; None if it is gone. Raises ArchiveError."""
    about = archive.conversation(conversation)
    if about is None:
        return None
    turns: list[KeptTurn] = []
    while page := archive.turns(conversation, _AT_ONCE, after=turns[-1].id if turns else 0):
        turns += page
    return Transcript(about, tuple(turns), archive.remembered(conversation))
