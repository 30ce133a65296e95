from .keys import KEYS as KEYS
from .panel import HiddenStatePanel as HiddenStatePanel
