"""How long does a key in the editor take with 10,000 patterns, and do checks pile up?

`python benchmarks/editor.py [--repeats 40]`. The real app at 140x40, without a terminal, measured
as in long_conversation.py: *frame* is the time from a key to the frame that shows it, *work* the
processor time of the app's thread in it. Keys come in bursts of ten, and every 0.3 s, so that a
check begins after nearly each of them. *checks* are those that ran, of those that were asked for,
and how many ran at once at the most. *takes over* is the longest that the app's thread was busy
afterwards, with what a check had found.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import threading
import time
from pathlib import Path
from random import Random

import numpy as np
from long_conversation import HOME, Stopwatch, Time, press
from textual.widgets import TextArea

from chatbot.common import paths
from chatbot.tui import ChatbotApp
from chatbot.tui.editor import EditScreen, checking, document

SIZES = ((10, 10), (1_000, 10), (100, 100))
"""Intents, and patterns of each."""
WORDS = (
    "what",
    "time",
    "is",
    "it",
    "weather",
    "tomorrow",
    "please",
    "order",
    "cancel",
    "book",
    "a",
)


def write(file: Path, intents: int, patterns: int) -> None:
    """Write an intents file."""
    rng = Random(0)
    entries = [
        {
            "tag": f"intent_{number}",
            "patterns": [
                " ".join([f"w{number}", *rng.choices(WORDS, k=rng.randrange(3, 9)), f"x{n}"])
                for n in range(patterns)
            ],
            "responses": ["Yes."],
        }
        for number in range(intents)
    ]
    file.write_text(json.dumps({"intents": entries}, indent=2), encoding="utf-8")


class Counter:
    """Counts the checks: begun, done, and at once."""

    def __init__(self) -> None:
        self.asked = self.done = self.now = self.most = 0
        self._lock = threading.Lock()
        self._check = document.check_text
        checking.check_text = self._counted  # type: ignore[attr-defined]

    def _counted(self, text: str) -> document.Checked:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            return self._check(text)
        finally:
            with self._lock:
                self.now -= 1
                self.done += 1


async def measure(intents: int, patterns: int, repeats: int) -> None:
    """Measure a file of so many intents and patterns, and print."""
    folder = Path(HOME) / f"bot-{intents}-{patterns}"
    folder.mkdir()
    write(folder / "intents.json", intents, patterns)
    app = ChatbotApp(paths.locate(folder / "intents.json"), seed=1, private=True)
    counter = Counter()
    async with app.run_test(size=(140, 40)) as pilot:
        watch = Stopwatch(app)
        await pilot.pause()
        app.session.training_job.cancel()
        press(app, "f2")
        while not isinstance(app.screen, EditScreen):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        screen = app.screen
        while not counter.done or counter.now or not screen.pane.list.places:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        editor = screen.query_one("#edit-text", TextArea)
        editor.move_cursor((6, 12))
        slowest = await _idle(1.0)
        times: list[Time] = []
        begin, asked = screen._checking.begin, 0

        def counted(*args: object) -> None:
            nonlocal asked
            asked += 1
            begin(*args)  # type: ignore[arg-type]

        screen._checking.begin = counted  # type: ignore[method-assign, assignment]
        done = counter.done
        for number in range(repeats):
            if number % 20 < 10:
                await asyncio.sleep(0.3)
            before = editor.text
            times.append(
                await watch.time(lambda: press(app, "a"), lambda b=before: editor.text != b)  # type: ignore[misc]
            )
        slowest = max(slowest, await _idle(3.0))
    wall, work = (np.array(column) for column in zip(*times, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{intents * patterns:6,} patterns of {intents:5,} intents: "
        f"frame {np.median(wall):6.1f} ms (9 of 10: {np.quantile(wall, 0.9):6.1f}), "
        f"work {np.median(work):5.1f} ms; checks "
        f"{counter.done - done} of {asked}, at once {counter.most}; takes over {slowest:5.0f} ms; "
        f"peak {peak:,.0f} MB"
    )
    checking.check_text = document.check_text  # type: ignore[attr-defined]


async def _idle(seconds: float) -> float:
    """Return the longest time in ms for which the app's thread did not come back to us."""
    end, longest = time.perf_counter() + seconds, 0.0
    while time.perf_counter() < end:
        worked = time.thread_time()
        await asyncio.sleep(0)
        longest = max(longest, time.thread_time() - worked)
        await asyncio.sleep(0.005)
    return longest * 1e3


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=40)
    repeats = parser.parse_args().repeats
    try:
        for intents, patterns in SIZES:
            asyncio.run(measure(intents, patterns, repeats))
    finally:
        shutil.rmtree(HOME)


if __name__ == "__main__":
    main()
