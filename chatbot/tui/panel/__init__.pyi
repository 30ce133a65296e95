from .panel import KEYS as KEYS
from .panel import HiddenStatePanel as HiddenStatePanel
