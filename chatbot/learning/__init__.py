"""How a network learns an intents file: the only package that imports torch.

In: Intents, or a file of them. Out: a generator of Progress records that ends in a trained model.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
