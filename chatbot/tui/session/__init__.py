"""What the whole app shares: the paths, the bot that answers, the jobs and how far they are.

In: what the app's handlers write. Out: signals that tell the screens what has changed.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
