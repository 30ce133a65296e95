"""Training data of other programs: recognised by content, imported, and written.

In: a file, folder or zip archive. Out: Imported (intents, and notes of what could not be carried
over). The other way round: intents in, Written text in another program's format out.
"""

from chatbot.formats.errors import FormatError
from chatbot.formats.gathering import Imported, Note
from chatbot.formats.registry import foreign_format, read
from chatbot.formats.writers.writing import WRITERS, Written

__all__ = ["WRITERS", "FormatError", "Imported", "Note", "Written", "foreign_format", "read"]
