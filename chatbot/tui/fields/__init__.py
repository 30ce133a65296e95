"""Textual's fields, lists, tables and pages, with keys that a person can change.

In: the registry of actions. Out: the widgets that screens and dialogs are made of.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
