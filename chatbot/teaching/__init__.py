"""What people teach the bot from the conversation: corrections, and the inbox of unsorted messages.

In: messages and the intents that they should have been. Out: a changed intents file, and the means
to undo it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
