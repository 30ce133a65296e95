"""Several bots: making one from a template or from a file, listing them, and which were open.

In: a name, a folder, a file of any format. Out: the intents file of the bot.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
