"""The corpus: from a folder of texts to the lines that a base learns from.

The folder holds `messages/` (topics with plain messages and templates), `practice/` (practice bots)
and, each optional, `sentences/`, `wordlists/` and `utterances.txt.gz`; files begin with their
language. People type one word, or three, and the panel asks the network after every word: cut-off
lines and single words are lines of their own. The same folder and seed give the same lines.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chatbot.learning.data import Indices
from chatbot.learning.pretraining import practice, templates
from chatbot.learning.pretraining.errors import PretrainingError

LANGUAGES = (
    "en", "vi", "es", "pt", "fr", "de", "it", "nl", "pl",
    "ru", "tr", "id", "ar", "hi", "ja", "zh", "ko",
)  # fmt: skip
"""ISO 639-1 codes of the languages of the base."""

EACH = 60
"""Different expansions of a template, at most."""

SENTENCES, WORDS, UTTERANCES = 100_000, 12_000, 200_000
"""Lines taken of a language's sentences and of its most frequent words, and of the utterances."""

CUT_OFF = 0.12
"""Share of the lines that are added once more, cut off somewhere."""

NO_TOPIC = NO_BOT = -1
OUT_OF_SCOPE = -1
"""The intent of a practice bot's messages that belong to none."""

_SPACELESS = {"ja", "zh"}


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line comes from."""

    language: str
    topic: str = ""
    bot: int = NO_BOT
    intent: int = OUT_OF_SCOPE
    tag: str = ""
    """What the bot calls the intent."""


@dataclass(frozen=True)
class Corpus:
    """Lines to learn from, and what is known of them."""

    texts: tuple[str, ...]
    languages: Indices
    """(lines,) index in LANGUAGES"""
    topics: Indices
    """(lines,) index of the topic among all, NO_TOPIC for none"""
    intents: Indices
    """(lines,) index of the intent within its practice bot, OUT_OF_SCOPE for none"""
    bots: tuple[Indices, ...]
    """The lines of every practice bot."""
    tags: tuple[tuple[str, ...], ...]
    """What every practice bot calls its intents, by their index."""
    languages_of_topics: Indices
    """(topics,) index in LANGUAGES"""

    @property
    def digest(self) -> str:
        """SHA-256 of the lines: two corpora with the same are the same."""
        return digest_of(self.texts)


def digest_of(texts: Iterable[str]) -> str:
    """Return the SHA-256 of lines."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def read_practice(folders: Sequence[Path]) -> dict[str, Line]:
    """Return the lines of the practice bots in corpus folders, each text once.

    Raises PretrainingError naming what cannot be read.
    """
    lines: dict[str, Line] = {}
    add = _adder(lines)
    number = 0
    for path in _files(folders, "practice/*.txt"):
        for bot in practice.bots(path):
            for intent, (tag, messages) in enumerate(bot.intents.items()):
                for text in messages:
                    add(text, Line(_language(path), bot=number, intent=intent, tag=tag))
            for text in bot.out_of_scope:
                add(text, Line(_language(path), bot=number))
            number += 1
    return lines


def read_corpus(folders: Sequence[Path], seed: int = 0) -> dict[str, Line]:
    """Return the lines of corpus folders, those of practice bots first, each text once.

    Raises PretrainingError naming what cannot be read.
    """
    chance = random.Random(seed)
    lines = read_practice(folders)
    add = _adder(lines)
    for path in _files(folders, "messages/*.txt"):
        for topic, text in templates.expansions(path, EACH, chance):
            add(text, Line(_language(path), topic=topic))
    for pattern, most in (("sentences/*.gz", SENTENCES), ("wordlists/*.gz", WORDS)):
        for path in _files(folders, pattern):
            for text in _some(path, most, chance if pattern.startswith("sent") else None):
                add(text, Line(_language(path)))
    for path in _files(folders, "utterances.txt.gz"):
        for text in _some(path, UTTERANCES, chance):
            add(text, Line("en"))
    for text, line in list(lines.items()):
        if chance.random() < CUT_OFF:
            add(_cut_off(text, line.language, chance), Line(line.language))
    if not lines:
        raise PretrainingError(
            f"{', '.join(map(str, folders))}: no lines to learn from. A corpus folder holds "
            "messages/, practice/, sentences/ or wordlists/"
        )
    return lines


def assembled(lines: dict[str, Line]) -> Corpus:
    """Return lines as arrays; topics of two languages are different topics."""
    topics: dict[tuple[str, str], int] = {}
    bots: dict[int, list[int]] = {}
    tags: dict[int, dict[int, str]] = {}
    for index, line in enumerate(lines.values()):
        if line.topic:
            topics.setdefault((line.language, line.topic), len(topics))
        if line.bot != NO_BOT:
            bots.setdefault(line.bot, []).append(index)
            tags.setdefault(line.bot, {})[line.intent] = line.tag
    code = {language: index for index, language in enumerate(LANGUAGES)}
    every = list(lines.values())
    return Corpus(
        texts=tuple(lines),
        languages=np.array([code[line.language] for line in every]),
        topics=np.array([topics.get((line.language, line.topic), NO_TOPIC) for line in every]),
        intents=np.array([line.intent for line in every]),
        bots=tuple(np.array(members) for members in bots.values()),
        tags=tuple(
            tuple(of_bot.get(intent, "") for intent in range(max(of_bot) + 1))
            for of_bot in tags.values()
        ),
        languages_of_topics=np.array([code[language] for language, _ in topics]),
    )


def _adder(lines: dict[str, Line]) -> Callable[[str, Line], None]:
    """Return what adds a text to lines, unless it is there already."""

    def add(text: str, line: Line) -> None:
        text = " ".join(text.split())
        if text:
            lines.setdefault(text, line)

    return add


def _files(folders: Sequence[Path], pattern: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob(pattern))


def _language(path: Path) -> str:
    code = path.name[:2]
    if code not in LANGUAGES:
        raise PretrainingError(
            f"{path}: its name does not begin with a language of the base ({', '.join(LANGUAGES)})"
        )
    return code


def _some(path: Path, most: int, chance: random.Random | None) -> list[str]:
    """Return some lines of a gzip file: drawn by chance, or the first."""
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8-sig").splitlines()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise PretrainingError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    if chance is not None and len(lines) > most:
        return chance.sample(lines, most)
    return lines[:most]


def _cut_off(text: str, language: str, chance: random.Random) -> str:
    """Return the beginning of a line; nothing of one that is too short."""
    if language in _SPACELESS:
        return text[: chance.randrange(2, len(text) - 1)] if len(text) >= 6 else ""
    parts = text.split()
    return " ".join(parts[: chance.randrange(1, len(parts) - 1)]) if len(parts) >= 4 else ""
