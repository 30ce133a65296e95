"""The error of pretraining."""

from chatbot.common import ChatbotError


class PretrainingError(ChatbotError):
    """Pretraining cannot start or go on; says what to change."""
