"""Settings: a person's choices, in one TOML file that can be edited by hand.

In: the file. Out: `Settings`, the keys as written there, and what is wrong with the rest.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
