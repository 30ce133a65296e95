from .panel import HiddenStatePanel as HiddenStatePanel
