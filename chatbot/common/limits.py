"""How much of a message is taken, read and kept: the limits of docs/limits.md."""

from __future__ import annotations

from chatbot.common.errors import ChatbotError
from chatbot.common.translation import _

MESSAGE_CHARACTERS = 2_000_000
"""Characters of the longest message: more is refused before any work."""

READ_CHARACTERS = 50_000
"""Of a message, the characters at its beginning that the network reads: some 8,000 English words,
a second's work. In Chinese each character is a word."""

KEPT_WORDS = 500
"""Of a message, the words at its beginning whose states are kept and shown: 6 kB each at 384
units."""

TAUGHT_CHARACTERS = 4_000
"""Characters of the longest message that goes into the inbox or can be taught: nobody makes a
pattern of a longer one."""


class MessageTooLongError(ChatbotError):
    """A message has more characters than are taken."""

    def __init__(self) -> None:
        super().__init__(
            _("This message is too long: a message has at most {most:,} characters.").format(
                most=MESSAGE_CHARACTERS
            )
        )


def as_far_as_read(message: str) -> str:
    """Return the beginning of a message that the network reads; a word that is cut is left out.

    Of a text without blanks, as Chinese is written, the characters are counted and nothing else.
    """
    if len(message) <= READ_CHARACTERS:
        return message
    beginning = message[:READ_CHARACTERS]
    if message[READ_CHARACTERS].isspace():
        return beginning
    last = max(beginning.rfind(blank, READ_CHARACTERS - 100) for blank in " \n\t")
    return beginning if last < 0 else beginning[:last]
