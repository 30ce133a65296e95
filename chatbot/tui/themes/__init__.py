"""Themes: those of a person's own, read from files, and how well their colours can be read.

In: TOML files. Out: themes of Textual, and what is wrong with the rest.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
