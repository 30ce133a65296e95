"""What runs through several screens: loading, watching, training, evaluating, versions, teaching.

In: the session, read. Out: messages to the app, whose handlers write the session; questions and
notifications to the person.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
