"""How long from a finished word to the panel's new figures, and until they are on the screen?

`python benchmarks/panel.py [--repeats 200]`. Messages of the default bot's words, drawn at random:
the last word of each is finished by a space, as in typing.

- *figures*: what the app calls, without the app. The trace goes on from the word before; shares
  are worked out in a worker thread, so they are counted apart.
- *frame*: the real app at 140x40, without a terminal. The clock starts when the space is put into
  the app's queue, as the terminal's driver does, and stops when the escape sequences of a frame are
  made in which the panel was drawn with the new word. *work* is the processor time of the app's
  thread in that span: it leaves out waiting, among it that for Textual's next frame (60 a second).
- *blocked*: the longest that a task of the app's event loop, which would wake every millisecond,
  had to wait while whole messages were typed at 40 keys a second in the memory view.

Run it on a machine that does nothing else: with as many other programs as cores, only the figures
of *work* mean something.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# Before NumPy and Textual are imported: colours without a terminal, and nothing that moves.
os.environ |= {"TEXTUAL_COLOR_SYSTEM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line has it
HOME = tempfile.mkdtemp()
for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
    os.environ[variable] = str(Path(HOME) / variable)

import numpy as np  # noqa: E402
from latency import milliseconds  # noqa: E402
from rich.console import RenderableType  # noqa: E402
from textual import events  # noqa: E402
from textual._compositor import CompositorUpdate  # noqa: E402
from textual.geometry import Region  # noqa: E402
from textual.pilot import Pilot  # noqa: E402
from textual.screen import Screen  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402

from chatbot.common import paths  # noqa: E402
from chatbot.conversation import Chatbot, Reader  # noqa: E402
from chatbot.insight import PatternStates, explain, trace  # noqa: E402
from chatbot.tui import ChatbotApp  # noqa: E402
from chatbot.words import words  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
LENGTHS = (6, 10, 12, 14)
FRAME, SHARES = 16.0, 60.0
"""Limits at 12 words, ms: a frame, and the shares that may follow it."""
KEY_SECONDS = 1 / 40
"""Four times as fast as the fastest typists."""


class Drawn(NamedTuple):
    """What the panel showed in a frame."""

    words: int
    has_shares: bool


class Frame(NamedTuple):
    """A frame that was ready for the terminal."""

    drawn: Drawn
    time: float
    """seconds"""
    work: float
    """Processor seconds of the app's thread until then."""


class Beat(NamedTuple):
    """How long the event loop did not come to a task, in ms."""

    wait: float
    work: float
    """Of it, processor time of the app's thread; another thread or program had the rest."""


class Camera:
    """Watches the app's panel being drawn, and its frames to the last escape sequence."""

    def __init__(self, app: ChatbotApp) -> None:
        self.app, self.frames = app, list[Frame]()
        self._drawn = Drawn(0, False)
        self._shot = asyncio.Event()
        self._display, app._display = app._display, self._shoot  # type: ignore[method-assign]
        for view in ("#view-state", "#view-memory"):
            self._watch(app.chat.panel.query_one(view))

    def _watch(self, widget: Widget) -> None:
        render_lines = widget.render_lines

        def noted(crop: Region) -> list[Strip]:
            self._drawn = showing(self.app)
            return render_lines(crop)

        widget.render_lines = noted  # type: ignore[method-assign]

    def _shoot(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Do what a terminal's driver is given, which `run_test` leaves out."""
        self._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.app.console)
            self.frames.append(Frame(self._drawn, time.perf_counter(), time.thread_time()))
            self._shot.set()

    def forget(self) -> None:
        """Forget all frames."""
        self.frames.clear()
        self._drawn = Drawn(0, False)

    async def shot_of(self, *drawn: Drawn) -> Frame:
        """Wait for the first frame in which the panel was drawn so."""
        while True:
            for frame in self.frames:
                if frame.drawn in drawn:
                    return frame
            self._shot.clear()
            await asyncio.wait_for(self._shot.wait(), 20)


def showing(app: ChatbotApp) -> Drawn:
    """Return what the panel has been given to show."""
    panel = app.chat.panel
    count = len(panel.trace.words) if panel.trace is not None else 0
    return Drawn(count, panel.view == "memory" and panel.explanation is not None)


def type_key(app: ChatbotApp, character: str) -> None:
    """Put a key where the terminal's driver puts it."""
    app.post_message(events.Key("space" if character == " " else character, character))


def messages(reader: Reader, count: int, seed: int) -> Iterator[list[str]]:
    """Yield messages of so many words of the bot's patterns."""
    known = {w for i in reader.intents.trainable for p in i.patterns for w in words(p)}
    vocabulary = sorted(word for word in known if word.isascii() and word.isalpha())
    rng = random.Random(seed)
    while True:
        yield [rng.choice(vocabulary) for _ in range(count)]


def report(name: str, values: list[float], limit: float | None = None) -> None:
    """Print median and 95th percentile, the median as a ratio to its limit."""
    median, p95 = np.percentile(values, [50, 95])
    ratio = "" if limit is None else f"   {median / limit:.2f} of the limit, {limit:.0f} ms"
    print(f"{name:44} median {median:7.2f} ms   p95 {p95:7.2f} ms{ratio}", flush=True)


def figures(reader: Reader, repeats: int) -> None:
    """Measure the figures without the app."""
    patterns = PatternStates(reader)
    for length in LENGTHS:
        traces: list[float] = []
        shares: list[float] = []
        typed: list[float] = []
        for read, _ in zip(messages(reader, length, seed=length), range(repeats), strict=False):
            before = reader.read(" ".join(read[:-1]))
            game = explain(reader, before, patterns).game
            text = " ".join(read)
            traces.append(
                milliseconds(lambda t=text, b=before: trace(reader, reader.read(t, after=b)))  # type: ignore[misc]
            )
            shares.append(
                milliseconds(lambda t=text: explain(reader, reader.read(t), patterns))  # type: ignore[misc]
            )
            typed.append(
                milliseconds(
                    lambda t=text, g=game: explain(  # type: ignore[misc]
                        reader, reader.read(t), patterns, game=g
                    )
                )
            )
        at_limit = length == 12
        report(f"{length:2} words: states and answers so far", traces, FRAME if at_limit else None)
        report(
            f"{length:2} words: shares, as the word is typed", typed, SHARES if at_limit else None
        )
        report(
            f"{length:2} words: shares, of a whole message", shares, SHARES if at_limit else None
        )


async def frames(camera: Camera, pilot: Pilot[None], repeats: int) -> None:
    """Measure the frames of both views."""
    assert camera.app.session.bot is not None
    for view in ("state", "memory"):
        camera.app.chat.panel.action_view(view)
        await pilot.pause()
        for length in LENGTHS:
            taken: dict[str, list[float]] = defaultdict(list)
            reader = camera.app.session.bot.reader
            for read, _ in zip(messages(reader, length, length), range(repeats)):  # noqa: B905
                await _rest_before_blank(camera, pilot, read)
                started, began = time.perf_counter(), time.thread_time()
                type_key(camera.app, " ")
                frame = await camera.shot_of(Drawn(length, False), Drawn(length, True))
                taken[f"frame, {view} view"].append((frame.time - started) * 1e3)
                taken["of it work"].append((frame.work - began) * 1e3)
                if view == "memory":
                    frame = await camera.shot_of(Drawn(length, True))
                    taken["frame with shares"].append((frame.time - started) * 1e3)
            for name, values in taken.items():
                limit = SHARES if name == "frame with shares" else FRAME
                report(f"{length:2} words: {name}", values, limit if length == 12 else None)


async def _rest_before_blank(camera: Camera, pilot: Pilot[None], read: list[str]) -> None:
    """Type a message but for the blank at its end, and let the app come to rest."""
    prompt = camera.app.chat.prompt
    prompt.load_text(" ".join(read))
    prompt.move_cursor(prompt.document.end)
    rest = Drawn(len(read) - 1, camera.app.chat.panel.view == "memory")
    while showing(camera.app) != rest:
        await pilot.pause(0.01)
    await pilot.pause(0.05)
    camera.forget()


async def blocked(camera: Camera, pilot: Pilot[None], runs: int) -> None:
    """Type messages of 14 words quickly, with a heart that beats every millisecond."""
    assert camera.app.session.bot is not None
    camera.app.chat.panel.action_view("memory")
    longest: list[Beat] = []
    for read, _ in zip(messages(camera.app.session.bot.reader, 14, seed=1), range(runs)):  # noqa: B905
        camera.app.chat.prompt.clear()
        await pilot.pause(0.2)
        camera.forget()
        beats: list[Beat] = []
        heart = asyncio.create_task(_beat(beats))
        due = time.perf_counter()
        for character in " ".join([*read, ""]):
            type_key(camera.app, character)
            due += KEY_SECONDS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await camera.shot_of(Drawn(14, True))
        heart.cancel()
        longest.append(max(beats))
    report("blocked, longest while 14 words are typed", [beat.wait for beat in longest], FRAME)
    report("of it work", [beat.work for beat in longest])


async def _beat(beats: list[Beat]) -> None:
    while True:
        due, began = time.perf_counter() + 0.001, time.thread_time()
        await asyncio.sleep(0.001)
        wait, work = time.perf_counter() - due, time.thread_time() - began
        beats.append(Beat(wait * 1e3, work * 1e3))


async def in_app(locations: paths.Locations, repeats: int) -> None:
    """Measure everything that needs the app."""
    app = ChatbotApp(locations, seed=1)
    async with app.run_test(size=(140, 40)) as pilot:
        while app.session.bot is None or not app.chat.panel.query("#view-memory"):
            await pilot.pause(0.02)  # the views that are not on show are made after the first paint
        camera = Camera(app)
        await frames(camera, pilot, repeats)
        await blocked(camera, pilot, max(repeats // 10, 3))


def main() -> None:
    """Measure in one process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=200)
    repeats = parser.parse_args().repeats
    try:
        locations = paths.locate(ROOT / "intents.json")
        figures(Chatbot.load(locations.intents, locations.model).reader, repeats)
        asyncio.run(in_app(locations, repeats))
    finally:
        shutil.rmtree(HOME)


if __name__ == "__main__":
    main()
