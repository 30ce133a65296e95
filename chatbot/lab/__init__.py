"""The forgetting lab: what RNN, LSTM and GRU forget, as records, captions and tables. No torch.

In: networks that `chatbot.learning.lab` has trained. Out: figures, and sentences true of them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
