from .errors import FormatError as FormatError
from .gathering import Imported as Imported
from .gathering import Note as Note
from .registry import foreign_format as foreign_format
from .registry import read as read
from .writers.registry import WRITERS as WRITERS
from .writers.writing import Written as Written
