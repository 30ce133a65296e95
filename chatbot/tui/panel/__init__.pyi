from .panel import HiddenStatePanel as HiddenStatePanel
from .terms import TERMS as TERMS
from .view import PanelView as PanelView
