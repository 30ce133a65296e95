"""The trainings of the forgetting lab: every kind of cell and two deep networks, side by side.

In: Intents. Out: LabProgress records, and at the end a Lab with everything measured.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
