"""Does a conversation of 5,000 messages type, scroll, send and find like one of 5?

`python benchmarks/long_conversation.py [--repeats 50]`. The real app at 140x40, without a terminal.
The clock starts when a key is put into the app's queue, as the terminal's driver does, and stops
when the escape sequences of a frame are made that shows what the key did. *work* is the processor
time of the app's thread in that span: it leaves out waiting, among it that for Textual's next frame
(60 a second). Each figure of the long conversation is printed as a ratio to the short one's.

Opening is measured once per run. A new width is the median of twenty, between 140 and 100 columns.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

# Before NumPy and Textual are imported: colours without a terminal, and nothing that moves.
os.environ |= {"TEXTUAL_COLOR_SYSTEM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line has it
HOME = tempfile.mkdtemp()
for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
    os.environ[variable] = str(Path(HOME) / variable)

import numpy as np  # noqa: E402
from rich.console import RenderableType  # noqa: E402
from textual import events  # noqa: E402
from textual._compositor import CompositorUpdate  # noqa: E402
from textual.pilot import Pilot  # noqa: E402
from textual.screen import Screen  # noqa: E402

from chatbot.common import paths  # noqa: E402
from chatbot.tui import ChatbotApp  # noqa: E402
from chatbot.tui.widgets import FindBar, Hit, Said, ShownReply  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
SHORT, LONG = 5, 5_000
WIDTHS = 20
"""Changes of the terminal's width. One alone varies by a factor of two."""
WORDS = ("what", "time", "is", "it", "weather", "tomorrow", "please", "mấy", "giờ", "rồi", "天气")


class Time(NamedTuple):
    """From a key to its frame, in ms."""

    wall: float
    work: float
    """Of it, processor time of the app's thread."""


class Stopwatch:
    """Waits for the frame that shows what a key did."""

    def __init__(self, app: ChatbotApp) -> None:
        self.app = app
        self._shot = asyncio.Event()
        self._display, app._display = app._display, self._shoot  # type: ignore[method-assign]

    def _shoot(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Do what a terminal's driver is given, which `run_test` leaves out."""
        self._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.app.console)
            self._shot.set()

    async def time(self, start: Callable[[], object], is_done: Callable[[], bool]) -> Time:
        """Start something, and return how long its frame took."""
        began, worked = time.perf_counter(), time.thread_time()
        self._shot.clear()
        start()
        while True:
            await asyncio.wait_for(self._shot.wait(), 20)
            self._shot.clear()
            if is_done():
                wall, work = time.perf_counter() - began, time.thread_time() - worked
                return Time(wall * 1e3, work * 1e3)


def said(count: int) -> list[Said]:
    """Return a conversation of so many messages of 3 to 40 words, each with its reply."""
    rng = Random(0)
    return [
        Said(
            " ".join(rng.choices(WORDS, k=rng.randrange(3, 40))),
            ShownReply(" ".join(rng.choices(WORDS, k=rng.randrange(3, 20))), "time", 0.98, True),
        )
        for _ in range(count)
    ]


def press(app: ChatbotApp, key: str) -> None:
    """Put a key where the terminal's driver puts it."""
    app.post_message(events.Key(key, key if len(key) == 1 else None))


async def measure(count: int, repeats: int) -> dict[str, list[Time]]:
    """Measure everything in a conversation of so many messages."""
    app = ChatbotApp(paths.locate(ROOT / "intents.json"), seed=1, private=True)
    taken: dict[str, list[Time]] = {}
    async with app.run_test(size=(140, 40)) as pilot:
        while app.session.bot is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        watch, chat = Stopwatch(app), app.chat
        turns, prompt = chat.conversation.turns, chat.prompt
        spoken = said(count)
        opening = await watch.time(
            lambda: chat.show_conversation(None, spoken), lambda: len(turns.views) == len(spoken)
        )
        taken["open"] = [opening]

        async def rest() -> None:
            await asyncio.sleep(0.05)

        async def each(name: str, key: str, is_done: Callable[[], Callable[[], bool]]) -> None:
            for _ in range(repeats):
                await rest()
                done = is_done()
                taken.setdefault(name, []).append(await watch.time(lambda: press(app, key), done))

        await each("type a letter", "a", lambda: _changes(lambda: prompt.text))
        prompt.clear()
        for _ in range(repeats):
            for name, key in (("scroll a page up", "pageup"), ("scroll a page down", "pagedown")):
                await rest()
                if turns.max_scroll_y < 40:  # nothing to scroll: a key that does nothing
                    continue
                done = _changes(lambda: turns.scroll_y)
                taken.setdefault(name, []).append(
                    await watch.time(lambda k=key: press(app, k), done)  # type: ignore[misc]
                )
        for _ in range(repeats):
            prompt.load_text("what time is it")
            await rest()
            before = len(turns.views)
            taken.setdefault("send", []).append(
                await watch.time(
                    lambda: press(app, "enter"),
                    lambda n=before: len(turns.views) > n and turns.views[-1].reply is not None,  # type: ignore[misc]
                )
            )
        await find(app, pilot, watch, taken)
        for number in range(WIDTHS):
            await asyncio.sleep(0.3)
            width = 140 if number % 2 else 100
            taken.setdefault("another width", []).append(await resize(pilot, watch, width))
    return taken


async def find(
    app: ChatbotApp, pilot: Pilot[None], watch: Stopwatch, taken: dict[str, list[Time]]
) -> None:
    """Measure the first letter sought, which reads everything, and those after it."""
    press(app, "ctrl+f")
    while app.focused is None or app.focused.id != "find":  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    bar, drawn = app.chat.query_one(FindBar), list[Hit | None]()
    go = bar._go

    def counted(hit: Hit | None) -> None:
        drawn.append(hit)
        go(hit)

    bar._go = counted  # type: ignore[method-assign]
    for number, letter in enumerate("time"):
        await asyncio.sleep(0.1)
        name = "find: the first letter" if number == 0 else "find: another letter"
        done = _changes(lambda: len(drawn))
        taken.setdefault(name, []).append(
            await watch.time(lambda k=letter: press(app, k), done)  # type: ignore[misc]
        )
    press(app, "escape")


async def resize(pilot: Pilot[None], watch: Stopwatch, width: int) -> Time:
    """Measure a terminal that gets another width."""
    turns = watch.app.chat.conversation.turns
    before = turns.size.width
    task: list[asyncio.Task[None]] = []
    return await watch.time(
        lambda: task.append(asyncio.create_task(pilot.resize_terminal(width, 40))),
        lambda: turns.size.width != before,
    )


def _changes(value: Callable[[], object]) -> Callable[[], bool]:
    before = value()
    return lambda: value() != before


def main() -> None:
    """Measure both conversations in turn, and compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=50)
    repeats = parser.parse_args().repeats
    try:
        short = asyncio.run(measure(SHORT, repeats))
        long = asyncio.run(measure(LONG, repeats))
    finally:
        shutil.rmtree(HOME)
    for name, times in long.items():
        wall, work = (float(np.median(column)) for column in zip(*times, strict=True))
        line = f"{name:24} {LONG:,} messages: frame {wall:7.1f} ms, work {work:7.1f} ms"
        if name in short:
            before = float(np.median([each.work for each in short[name]]))
            line += f"   {SHORT} messages: work {before:6.1f} ms, ratio {work / before:.2f}"
        print(line)


if __name__ == "__main__":
    main()
