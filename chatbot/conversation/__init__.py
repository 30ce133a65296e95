"""A message and its answer: the reader, the replier, the bot that joins them, and the history.

In: an intents file, a model, a message. Out: a Turn: the Reading (words, states, prediction) and
the reply.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
