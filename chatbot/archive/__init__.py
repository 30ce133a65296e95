"""The archive: conversations kept on this machine. SQLite, no interface, no network, no torch.

In: what was said, turn by turn. Out: lists, searches, whole conversations, and files of them.
`sqlite3` is imported when the archive is first used, not when it is made.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
