"""The editor of the intents file: its screen, the document behind it, its changes and findings.

In: the session, read. Out: IntentsChanged, when the file was saved.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
