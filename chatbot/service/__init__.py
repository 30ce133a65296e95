"""The bot as a service: JSON over HTTP, for many conversations at once on one model.

In: a bot, the files it came from, a socket. Out: answers to requests, with the limits of `limits`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
