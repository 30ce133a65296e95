from .limits import TOKEN_CHARACTERS as TOKEN_CHARACTERS
from .running import run as run
