"""The command line. Every command imports what it needs in its functions, so all start fast.

Exit codes: 0 fine, 1 the input was wrong, 2 misuse of the command line.
"""

from chatbot.cli.main import main

__all__ = ["main"]
