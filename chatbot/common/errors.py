"""The error that people are told: each boundary of the program raises a kind of it."""

from __future__ import annotations


class ChatbotError(Exception):
    """Something is wrong with a person's input; str() says what, where, and what to do."""
