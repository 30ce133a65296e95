"""The terminal interface: draws turns and traces, sends commands; knows nothing of weights.

In: frozen records. Out: messages and commands. Its floors, from the top: app, flows, screens and
editor, panel, widgets, dialogs, jobs, and at the bottom settings, messages, actions and text.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
