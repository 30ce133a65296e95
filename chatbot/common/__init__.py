"""What every package may use and what knows nothing of a bot: errors, files, paths, text.

In: paths, bytes and strings. Out: the same, made safe: written atomically, printable, located.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
