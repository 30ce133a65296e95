from .own import read_themes as read_themes
from .readable import LEAST_CONTRAST as LEAST_CONTRAST
from .readable import contrast as contrast
from .readable import readable as readable
from .readable import readable_texts as readable_texts
