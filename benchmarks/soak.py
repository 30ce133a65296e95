"""Does the app stay whole, small and quick under a random walk over everything it offers?

`python benchmarks/soak.py [--operations 10000] [--seed 0] [--session 1000]`. Keys, actions
of the registry, pastes, clicks and resizes, in a seeded order, on a copy of the default bot in a
folder that is removed afterwards. A new action or screen is walked over without a change here: the
keys come from the registry, and the actions are those that the menu would offer on the screen.

An exception is printed with the seed of its session and the operations before it; `--seed` begins
with that session again. Jobs (training, evaluation, lab) start a
process that ends at once without a result. Memory is measured once the allocator has given back
what it does not use: else its holes, which differ from run to run, hide what is kept. The first
sessions fill what is kept on purpose (modules, caches with a limit). The longest block is the
longest time between two turns of the event loop: on the clock, and in processor time of the app's
thread, which leaves out what else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import gc
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from textual import events

from chatbot.common import paths
from chatbot.tui import ChatbotApp
from chatbot.tui.actions import REGISTRY
from chatbot.tui.flows import offers_on
from chatbot.tui.jobs import process

ROOT = Path(__file__).resolve().parents[1]
SIZES = [(1, 1), (2, 2), (4, 4), (6, 6), (20, 6), (30, 8), (60, 20), (80, 24), (140, 40)]
PASTES = (
    "what time is it",
    "two\nlines\r\nand a third\r",
    "\ud800 half a character \udfff",
    "\x1b]0;title\x07\x1b[31mred\x1b[0m \x00\x07\x9b2J",
    "[b]markup[/b] [/] [@click=app.quit] \\[",
    '{"intents": [{"tag": "a", "patterns": ["b"], "responses": ["c"]}]}',
    "天气 mấy giờ 👩‍👩‍👧 e\u0301\u0301\u0301 \u202eright to left",
    "a" * 3_000,
    "hello world " * 3_400,
    "a line of a long paste\n" * 1_800,
    "",
)
KEYS = (
    *("escape", "escape", "enter", "tab", "shift+tab", "space", "up", "down", "left", "right"),
    *("pageup", "pagedown", "home", "end", "backspace", "delete", "ctrl+z", "ctrl+y", "ctrl+a"),
    *("ctrl+j", "ctrl+c", "ctrl+x", "ctrl+v", "ctrl+w", "ctrl+u", "ctrl+k", *'aho1/?"{[é天'),
)
LAST = 25
"""Operations that are told with an exception."""
ENDS = frozenset({"quit"})


@dataclass
class Found:
    """What a walk found."""

    operations: int = 0
    exceptions: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    """Of each session that the walk ended by leaving the app (the menu has Quit, too): how."""
    block: float = 0.0
    """Longest time between two turns of the event loop, in seconds."""
    block_work: float = 0.0
    """The same in processor time of the app's thread."""
    block_after: str = ""
    memory: list[tuple[int, float]] = field(default_factory=list)
    """Operations, and the resident memory after them in MB."""
    kept: list[float] = field(default_factory=list)
    """The resident memory in MB after each session, when its app is gone."""
    screens: set[str] = field(default_factory=set)


class Walk:
    """One session of the app, and the operations on it."""

    def __init__(self, app: ChatbotApp, rng: Random, found: Found) -> None:
        self.app = app
        self.rng = rng
        self.found = found
        self.last: deque[str] = deque(maxlen=LAST)

    async def go(self, operations: int) -> None:
        """Walk so far, or until the app ends. Raises what the app raises."""
        async with self.app.run_test(size=(80, 24)) as pilot:
            watching = asyncio.create_task(self._watch())
            while self.app.session.bot is None and not self._is_over:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            for number in range(operations):
                self.found.operations += 1
                name, operation = self._choose()
                self.last.append(name)
                operation()
                if number % 10 == 0:  # now and then everything comes to rest; else it must hurry
                    await pilot.pause()
                else:
                    await asyncio.sleep(0.02)
                self.found.screens.add(type(self.app.screen).__name__ if self._is_open else "")
                if number % 100 == 99:
                    self.found.memory.append((self.found.operations, memory()))
                    print(".", end="", file=sys.stderr, flush=True)
                if self._is_over:
                    self.found.ended.append(" · ".join(list(self.last)[-6:]))
                    break
            watching.cancel()
            if not self._is_over:
                await pilot.pause()

    @property
    def _is_open(self) -> bool:
        return bool(self.app.screen_stack)

    @property
    def _is_over(self) -> bool:
        return self.app._exit or self.app._exception is not None or not self._is_open

    async def _watch(self) -> None:
        """Note how long the event loop is kept from its next turn."""
        clock, work = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(0.005)
            now, worked = time.perf_counter(), time.thread_time()
            if worked - work > self.found.block_work:
                self.found.block_work = worked - work
                self.found.block_after = " · ".join(list(self.last)[-3:])
            self.found.block = max(self.found.block, now - clock - 0.005)
            clock, work = now, worked

    def _choose(self) -> tuple[str, Callable[[], object]]:
        """Return the next operation, by chance, and what it is called."""
        rng, app = self.rng, self.app
        kind = rng.random()
        if kind < 0.4:
            action = rng.choice([a for a in REGISTRY if a.keys and a.name not in ENDS])
            return self._key(rng.choice(action.keys))
        if kind < 0.65:
            return self._key(rng.choice(KEYS))
        if kind < 0.75:
            offers = [
                offer
                for group in offers_on(app.screen)
                for offer in group.offers
                if offer.action.name not in ENDS
            ]
            if offers:
                offer = rng.choice(offers)
                return f"do {offer.action.name}", lambda: offer.run(app)
        if kind < 0.83:
            place = rng.randrange(len(PASTES))
            return f"paste {place}", lambda: app.post_message(events.Paste(PASTES[place]))
        if kind < 0.92:
            width, height = rng.choice(SIZES)
            return f"resize {width}x{height}", lambda: self._resize(width, height)
        x, y = rng.randrange(max(app.size.width, 1)), rng.randrange(max(app.size.height, 1))
        return f"click {x},{y}", lambda: self._click(x, y)

    def _key(self, key: str) -> tuple[str, Callable[[], object]]:
        character = key if len(key) == 1 else {"space": " ", "slash": "/"}.get(key)
        return key, lambda: self.app.post_message(events.Key(key, character))

    def _resize(self, width: int, height: int) -> None:
        from textual.geometry import Size

        size = Size(width, height)
        driver = self.app._driver
        if driver is not None:
            driver._size = size
        self.app.post_message(events.Resize(size, size))

    def _click(self, x: int, y: int) -> None:
        for event in (events.MouseMove, events.MouseDown, events.MouseUp):
            self.app.post_message(
                event(None, x, y, 0, 0, int(event is not events.MouseMove), False, False, False,
                      screen_x=x, screen_y=y)
            )  # fmt: skip


def without_jobs() -> None:
    """Let every job start a process that ends at once: a walk would train the machine warm."""
    begin = process.Child.begin.__func__  # type: ignore[attr-defined]

    async def harmless(cls: Any, job: process.Job[Any], more: object = ()) -> Any:
        return await begin(cls, replace(job, arguments=("--version",)))

    process.Child.begin = classmethod(harmless)  # type: ignore[assignment, method-assign]


def memory() -> float:
    """Return the resident memory of this process in MB, but for what the allocator can free."""
    with suppress(OSError, AttributeError):  # other than glibc has no such function
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


def walk(bot: Path, seed: int, operations: int, found: Found) -> None:
    """Walk one session on a copy of a bot's folder."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "bot"
        shutil.copytree(bot, copy)
        app = ChatbotApp(paths.locate(copy / "intents.json"), seed=seed)
        session = Walk(app, Random(seed), found)
        try:
            asyncio.run(session.go(operations))
        except Exception:
            found.exceptions.append(
                f"seed {seed}: {traceback.format_exc()}\n"
                f"after {' · '.join(session.last)}, {found.operations:,} operations in all"
            )
    gc.collect()
    found.kept.append(memory())


def growth(memory: list[tuple[int, float]]) -> float:
    """Return by how many MB the memory grows per 1,000 operations, by least squares."""
    if len(memory) < 2:
        return 0.0
    x = [operations / 1_000 for operations, _ in memory]
    y = [size for _, size in memory]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread


def main() -> None:
    """Walk, and print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--operations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--session", type=int, default=1_000, help="operations before a new start")
    asked = parser.parse_args()
    found = Found()
    home = Path(tempfile.mkdtemp())
    os.environ |= {"HOME": str(home), "TEXTUAL_ANIMATIONS": "none", "OPENBLAS_NUM_THREADS": "1"}
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name)
    for name in ("EDITOR", "VISUAL", "CHATBOT_INTENTS", "CHATBOT_MODEL"):
        os.environ.pop(name, None)
    bot = home / "bot"
    bot.mkdir()
    shutil.copy(ROOT / "intents.json", bot)
    shutil.copytree(ROOT / "models" / "intents", bot / "models" / "intents")
    without_jobs()
    try:
        seed = asked.seed
        while found.operations < asked.operations:
            walk(bot, seed, min(asked.session, asked.operations - found.operations), found)
            seed += 1
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for text in found.exceptions:
        print(text, end="\n\n")
    sizes = [size for _, size in found.memory] or [0.0]
    after_1000 = next((size for done, size in found.memory if done >= 1_000), sizes[-1])
    print(f"{found.operations:,} operations in {seed - asked.seed} sessions from seed {asked.seed}")
    print(f"exceptions: {len(found.exceptions)}; sessions that left the app: {len(found.ended)}")
    for way in found.ended:
        print(f"  by … {way}")
    print(
        f"memory: {sizes[0]:.0f} MB at the start, {after_1000:.0f} after 1,000 operations, "
        f"{sizes[-1]:.0f} at the end, {max(sizes):.0f} at most; "
        f"{growth(found.memory):+.1f} MB per 1,000 operations"
    )
    print(f"memory after each session: {' '.join(f'{size:.0f}' for size in found.kept)} MB")
    print(
        f"longest block of the event loop: {found.block * 1e3:.0f} ms, of work "
        f"{found.block_work * 1e3:.0f} ms (after {found.block_after})"
    )
    print(f"screens: {', '.join(sorted(found.screens))}")


if __name__ == "__main__":
    main()
