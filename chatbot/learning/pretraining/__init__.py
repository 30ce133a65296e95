"""Pretraining: how `models/base` was made, and how to make another.

In: a corpus of sentences and a teacher. Out: a base that trainings start from.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
