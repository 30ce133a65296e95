"""What the hidden states mean: one module per view, NumPy only.

In: a Reading and the bot that read it. Out: frozen records of figures that are computed, exact and
tested: answers so far, shares, gates, gradients, neighbours, units.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
