"""The terminal interface: draws turns and traces, sends commands; knows nothing of weights.

In: frozen records. Out: messages and commands. Its floors, from the top: app, flows, screens and
editor, panel, widgets, dialogs, fields, session, jobs, and at the bottom settings, messages,
actions, themes and text.

Data goes one way: threads and flows post messages, the app's handlers write the session (a job's
course through its flow), and screens follow the session's signals.

Two rules for all of its modules:

- Styles of a screen lie in a style sheet beside it, `<module>.tcss`, named in its CSS_PATH; all
  dialogs share `dialog.tcss`. A widget has DEFAULT_CSS instead: Textual reads files for screens
  only.
- What a person can do is in the registry (`actions`): `BINDINGS = bindings(PLACE)`; in fields and
  dialogs `BINDINGS = keys_for({name: call, …})`. Neither has an annotation: Textual's own declares
  the type.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
