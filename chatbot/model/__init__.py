"""A trained model on disk, and its verdict on a hidden state.

In: a folder with a card and weights, and hidden states (hidden,). Out: a Prediction: ranked
intents, confidence, in scope or out of scope. The pretrained base, from which trainings start, is
also here.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
