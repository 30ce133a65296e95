"""Values of slots in a message: by lists, by regular expressions, by kind, and by a learned tagger.

In: the slots of an intents file and a message that the network has read. Out: `SlotValue`s. No
torch, no Textual; libraries for dates and numbers in words only where a file asks for them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
