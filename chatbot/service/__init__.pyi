from .limits import REQUESTS_A_MINUTE as REQUESTS_A_MINUTE
from .limits import TOKEN_CHARACTERS as TOKEN_CHARACTERS
from .running import run as run
