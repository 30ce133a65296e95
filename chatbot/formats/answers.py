"""Tells answers from the names of intents, and questions from keys, where nothing names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from chatbot.words import is_punctuation, words

_ENDS_QUESTION = re.compile(r"[?？؟]\s*$|^\s*¿")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’)]*\s*$")


def is_asked(text: str) -> bool:
    """Tell whether a text is written as a question."""
    return _ENDS_QUESTION.search(text) is not None


def is_sentence(text: str) -> bool:
    """Tell whether a text reads as what somebody says, not as a name: its end, or its length."""
    said = _count(text)
    return said >= 2 and (_ENDS_SENTENCE.search(text) is not None or said >= 5)


def are_answers(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the second texts of pairs are answers to the first, not names of intents.

    Names repeat and are short; answers are sentences, most of them different.
    """
    seconds = [second for _, second in pairs]
    if not pairs or len(set(seconds)) * 2 < len(seconds):
        return False
    asked = _share(is_asked(first) for first, _ in pairs)
    blank = _share(" " in second.strip() for second in seconds)
    return _share(map(is_sentence, seconds)) >= 0.5 or (asked >= 0.5 and blank >= 0.5)


def are_messages(keys: Sequence[str]) -> bool:
    """Tell whether the keys of an object are what people say, not names of intents."""
    return _share(map(_is_message, keys)) >= 0.5


def answers_messages(answers: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an object of lists of texts leads from what people say to what is answered.

    Else its keys are names of intents, and the texts examples.
    """
    keys = list(answers)
    if are_messages(keys):
        return True
    said = [text for texts in answers.values() for text in texts]
    ended = _share(_ENDS_SENTENCE.search(t) is not None and not is_asked(t) for t in said)
    return ended >= 0.5 and any(" " in key.strip() and "_" not in key for key in keys)


def _is_message(key: str) -> bool:
    return is_asked(key) or (_count(key) >= 3 and "_" not in key)


def _count(text: str) -> int:
    """Return how many words a text has, without punctuation."""
    return sum(not is_punctuation(word) for word in words(text))


def _share(found: Iterable[bool]) -> float:
    """Return how many of some are true, as a share; 0 of none."""
    values = list(found)
    return sum(values) / len(values) if values else 0.0
