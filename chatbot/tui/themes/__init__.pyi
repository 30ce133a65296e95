from .contrast import LEAST_CONTRAST as LEAST_CONTRAST
from .contrast import contrast as contrast
from .own import read_themes as read_themes
