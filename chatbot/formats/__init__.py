"""Intents in the formats of other programs: recognised by content, imported, and written.

One module a format; `chatbot.formats.registry` knows them all. Nothing here is imported to read
an intents file of our own.
"""

from chatbot.formats.errors import FormatError
from chatbot.formats.imported import Imported, Note
from chatbot.formats.registry import foreign_format, read
from chatbot.formats.writing import WRITERS, Written

__all__ = ["WRITERS", "FormatError", "Imported", "Note", "Written", "foreign_format", "read"]
