"""Training data of other programs: recognised by content, imported, and written.

In: a file, folder or zip archive. Out: Imported (intents, and notes of what could not be carried
over). The other way round: intents in, Written text in another program's format out.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
