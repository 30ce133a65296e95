"""Long work in a process of its own: torch's import and memory never touch the interface.

In: paths and options. Out: records, one by one, and at the end how it went.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
