"""The command line. Every command imports what it needs inside itself, so that each starts fast.

Exit codes: 0 fine, 1 the input was wrong, 2 misuse of the command line.
"""

from chatbot.cli import files, learning, talking  # noqa: F401 - importing them adds the commands
from chatbot.cli.group import main

__all__ = ["main"]
