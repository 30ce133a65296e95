"""How long do a search, the list and the newest conversation take with 100,000 turns kept?

The file is filled in large transactions, and the last turns one by one, as a chat does. Each figure
is printed with its limit, and the program fails if one is missed.
`python benchmarks/archive.py [--turns 100000]`
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import numpy as np
from latency import milliseconds

from chatbot.archive import Archive, TurnToKeep
from chatbot.archive.database import Database
from chatbot.archive.writing import append, prepared
from chatbot.conversation import NOTHING
from chatbot.opening import read_intents

ROOT = Path(__file__).resolve().parents[1]
ONE_BY_ONE = 1000
PER_CONVERSATION = 20
SEARCH_LIMIT = 50.0
OPEN_LIMIT = 200.0
CHINESE = ("今天天气怎么样", "明天会下雨吗", "现在几点了", "谢谢你的帮助")
QUERIES = ("w", "weather", "may gio", "天气", "what is the", "tell me abou", "zzz nothing", "a b c")


def report(name: str, values: list[float], limit: float) -> bool:
    """Print median and worst with the limit, which the worst has to keep; return whether it did."""
    median, worst = np.median(values), max(values)
    print(f"{name:44} median {median:7.2f} ms   worst {worst:7.2f} ms   limit {limit:5.0f} ms")
    return worst <= limit


def fill(path: Path, turns: list[TurnToKeep]) -> None:
    """Keep the turns, PER_CONVERSATION in each conversation."""
    bot = ROOT / "intents.json"
    conversation = None
    database = Database(path)
    bulk = turns[:-ONE_BY_ONE]
    for start in range(0, len(bulk), 5000):
        with database.writing() as connection:
            for i, turn in enumerate(bulk[start : start + 5000], start):
                if i % PER_CONVERSATION == 0:
                    conversation = None
                with_index = database.has_index
                place = append(
                    connection, conversation, bot, prepared(turn), NOTHING, i, with_index=with_index
                )
                conversation = place.conversation
    database.close()
    with Archive(path) as archive:
        kept = []
        for i, turn in enumerate(turns[-ONE_BY_ONE:]):
            if i % PER_CONVERSATION == 0:
                conversation = None
            started = time.perf_counter()
            conversation = archive.append(conversation, bot, turn).conversation
            kept.append((time.perf_counter() - started) * 1e3)
    print(f"{'keeping a turn':44} median {np.median(kept):7.2f} ms   worst {max(kept):7.2f} ms")


def main() -> None:
    """Fill, then measure: a fresh opening each time, searches in an open archive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=100_000)
    options = parser.parse_args()
    rng = Random(0)
    intents = read_intents(ROOT / "intents.json").intents
    messages = [p for intent in intents.trainable for p in intent.patterns] + list(CHINESE)
    turns = [
        TurnToKeep(
            f"{rng.choice(messages)} {rng.choice(messages)}, {rng.randrange(100_000)}",
            rng.choice(messages),
            "greeting",
            rng.random(),
            True,
        )
        for _ in range(options.turns)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "conversations.sqlite3"
        fill(path, turns)
        print(f"{len(turns)} turns, {path.stat().st_size / 1e6:.0f} MB")
        opening = []
        for _ in range(10):
            archive = Archive(path)
            opening.append(
                milliseconds(lambda a=archive: a.turns(a.conversations()[0].id))  # type: ignore[misc]
            )
            archive.close()
        kept = [report("open the list and the newest conversation", opening, OPEN_LIMIT)]
        with Archive(path) as archive:
            for query in QUERIES:
                values = [
                    milliseconds(lambda q=query: archive.search(q))  # type: ignore[misc]
                    for _ in range(10)
                ]
                kept.append(report(f"search {query!r}, {len(archive.search(query))} found", values,
                                   SEARCH_LIMIT))  # fmt: skip
            newest = archive.conversations()[0].id
            print(f"delete a conversation: {milliseconds(lambda: archive.delete([newest])):.0f} ms")
    if not all(kept):
        sys.exit("a limit was missed")


if __name__ == "__main__":
    main()
