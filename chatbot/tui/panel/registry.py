"""The panel's views, in the order of F7 and of the digits; the first is there at the first paint.

A new view is a subclass of PanelView in a module of its own, and one line here.
"""

from chatbot.tui.panel.compare_view import CompareView
from chatbot.tui.panel.gates_view import GatesView
from chatbot.tui.panel.memory_view import MemoryView
from chatbot.tui.panel.state_view import StateView
from chatbot.tui.panel.unit_view import UnitView
from chatbot.tui.panel.view import PanelView

VIEWS: list[type[PanelView]] = [
    StateView,
    MemoryView,
    GatesView,
    CompareView,
    UnitView,
]
