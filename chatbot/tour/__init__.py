"""The guided tour: how recurrent networks work, told with the figures of a message.

In: a bot and a message. Out: eight pages, in the interface's language.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
