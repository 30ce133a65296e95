from .finder import SlotFinder as SlotFinder
from .finder import may_be_learned as may_be_learned
from .lists import Lists as Lists
from .values import How as How
from .values import SlotValue as SlotValue
from .values import by_slot as by_slot
