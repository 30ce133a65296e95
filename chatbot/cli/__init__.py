"""The command line. Every command imports what it needs inside itself, so that each starts fast.

Exit codes: 0 fine, 1 the input was wrong, 2 misuse of the command line.
"""

from chatbot.cli.main import main

__all__ = ["main"]
