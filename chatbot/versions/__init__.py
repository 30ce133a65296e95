"""What a training leaves and changes: versions to go back to, changed answers, records of progress.

In: a model folder and two readers to compare. Out: versions kept on disk, the answers that changed,
and the records that `chatbot train --json` prints and the app reads.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
