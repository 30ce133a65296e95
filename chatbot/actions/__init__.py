"""Small actions that an intent may name: what they are asked, how they are found and carried out.

In: a message, its slots, the time. Out: a text, values for the reply, or a notification for later.
Functions come from this package and from plug-ins (docs/actions.md), never from an intents file.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
