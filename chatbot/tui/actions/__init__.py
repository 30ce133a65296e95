"""The registry of actions: keys, footer, menu, palette and help are made from it.

In: nothing. Out: what a person can do, where it works, and with which keys.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
