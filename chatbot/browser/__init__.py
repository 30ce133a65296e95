"""The app in the browser (textual-serve): who may open it, and how it is started for each of them.

In: a command that starts the app, a socket. Out: pages; a process of the app for each.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
