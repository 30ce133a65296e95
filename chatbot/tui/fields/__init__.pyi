from .hint import Hint as Hint
from .line import Line as Line
from .lists import Choices as Choices
from .lists import Marks as Marks
from .lists import Page as Page
from .lists import Table as Table
from .text_area import SteadyTextArea as SteadyTextArea
