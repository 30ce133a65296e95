"""Lines to learn from: a corpus, and the short and unfinished sentences that a corpus lacks.

People type one word, or three, and the panel asks the network after every word: it must have
learned single words, phrases, and sentences that stop in the middle. The same corpus gives the same
lines.
"""

from __future__ import annotations

import gzip
import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import regex

from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.network import Hashes
from chatbot.words import clean, features, spans, words

FREQUENT_WORDS = 40_000
"""The most frequent words become lines of their own."""

FREQUENT_PHRASES = 70_000
"""The most frequent runs of 2 to 4 words become lines of their own, too."""

CUT_OFF = 0.5
"""Share of the lines of at least 4 words that are added once more, cut off at a random word."""

INNER = 0.25
"""Share of the lines of at least 6 words of which 2 to 7 words from the middle are added."""

FEATURES = 45_000
"""Features with a row of their own: the most frequent, 98.6 % of all that a corpus of 4 million
words meets. The rest, four in five and mostly met once or twice, are unknown."""

_WORD = regex.compile(r"[\w']+")


def read_corpus(path: Path) -> list[str]:
    """Return the lines of a UTF-8 text file, or of one in gzip. Raises PretrainingError."""
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        lines = data.decode("utf-8-sig").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise PretrainingError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    lines = [line for line in lines if words(line)]
    if len(lines) < 2:
        raise PretrainingError(f"{path}: has no lines to learn from; write one sentence per line")
    return lines


def lines_of(corpus: Sequence[str]) -> list[str]:
    """Return the lines of a corpus, then its frequent words, cut-off lines and phrases."""
    counts = Counter(word for line in corpus for word in _WORD.findall(line.lower()))
    lines = [*corpus, *(word for word, _ in counts.most_common(FREQUENT_WORDS))]
    chance = random.Random(0)
    phrases: Counter[str] = Counter()
    added: dict[str, None] = {}
    for line in corpus:
        text, read = clean(line), list(spans(line))
        for length in (2, 3, 4):
            for start in range(len(read) - length + 1):
                run = [word.text for word in read[start : start + length]]
                if all(word[0].isalnum() for word in run):
                    phrases[" ".join(run)] += 1
        if len(read) >= 4 and chance.random() < CUT_OFF:
            added[text[: read[chance.randrange(1, len(read) - 1)].end]] = None
        if len(read) >= 6 and chance.random() < INNER:
            start = chance.randrange(1, len(read) - 3)
            end = min(len(read), start + chance.randrange(2, 8))
            added[text[read[start].start : read[end - 1].end]] = None
    added |= dict.fromkeys(phrase for phrase, _ in phrases.most_common(FREQUENT_PHRASES))
    known = set(corpus)
    return lines + [line for line in added if line not in known]


def digest_of(lines: Sequence[str]) -> str:
    """Return the SHA-256 of lines: unfinished work belongs to these lines only."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def frequent_features(messages: Sequence[Sequence[str]]) -> Hashes:
    """Return the sorted hashes of the FEATURES features that the words of messages have most."""
    counts: Counter[int] = Counter()
    for word, times in Counter(word for message in messages for word in message).items():
        for feature in features(word):
            counts[feature] += times
    return np.array(sorted(h for h, _ in counts.most_common(FEATURES)), dtype=np.uint32)
