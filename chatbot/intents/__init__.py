"""The intents file as a document: its types, its check, and edits that keep its layout.

In: JSON text. Out: Intents (tags, patterns, replies), findings with line, column and remedy, and
changed text. No NumPy, no torch, no Textual.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
