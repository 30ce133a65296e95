"""Small screens that ask one question and return the answer.

In: a question. Out: the answer, to a coroutine that waits for it with `push_screen_wait`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
