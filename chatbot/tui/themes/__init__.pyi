from .contrasts import LEAST_CONTRAST as LEAST_CONTRAST
from .contrasts import contrast as contrast
from .contrasts import readable as readable
from .contrasts import readable_texts as readable_texts
from .own import read_themes as read_themes
