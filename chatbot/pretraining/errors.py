"""The error of pretraining."""

from chatbot.errors import ChatbotError


class PretrainingError(ChatbotError):
    """Pretraining cannot start or go on; says what to change."""
