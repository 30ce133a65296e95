"""A process that the app has started ends with the app, however that ends: killed, too."""

from __future__ import annotations

import os
import signal
import sys
from threading import Thread

from chatbot.common import PARENT_VARIABLE


def end_with_parent() -> None:
    """End when standard input does, if the app asked for it: it holds the other end of the pipe.

    A thread waits for that. It is there before anything long begins, such as importing torch.
    """
    if os.environ.pop(PARENT_VARIABLE, None):  # what this process starts ends with its group
        Thread(target=_wait, name="parent", daemon=True).start()


def _wait() -> None:
    while os.read(0, 4096):
        pass
    if sys.platform == "win32":
        os._exit(1)
    if os.getpgrp() == os.getpid():  # as the app starts it
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
