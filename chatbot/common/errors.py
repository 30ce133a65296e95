"""The base of all errors that are shown to people; each package raises its own kind."""

from __future__ import annotations


class ChatbotError(Exception):
    """Something is wrong with a person's input; str() says what, where, and what to do."""
