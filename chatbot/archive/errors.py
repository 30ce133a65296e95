"""The errors of the archive: what could not be kept, read or written, and what to do."""

from __future__ import annotations

from chatbot.common import ChatbotError


class ArchiveError(ChatbotError):
    """Conversations could not be read or written; str() names the file and the remedy."""


class GoneError(ArchiveError):
    """What was to be changed is not kept any more: another window has deleted it."""
