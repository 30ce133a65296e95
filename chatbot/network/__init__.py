"""Words → hidden states, in NumPy: the weights of a network, the recurrent cell, the feed-forward
layer.

In: a weights file and words. Out: a Step (hidden state and gates) per word, and logits. No torch.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
