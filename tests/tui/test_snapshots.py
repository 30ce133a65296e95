"""What the main screens look like, at three sizes, in the dark, in the light and without colour.

What they look like is kept in `snapshots`; `pytest --update-snapshots` accepts how they look now.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual import constants
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from chatbot.common.paths import locate
from chatbot.intents.check import check_text
from chatbot.model import files as model_files
from chatbot.model.card import FORMAT, Card, Metrics, sizes_in_card
from chatbot.model.classifier import Calibration
from chatbot.network import weights_file
from chatbot.quality.metrics import figures
from chatbot.quality.results import Answer
from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.evaluate import EvaluateScreen
from chatbot.tui.screens.train import TrainScreen
from chatbot.tui.session import TrainingCourse
from chatbot.versions import kept
from chatbot.versions.records import Progress
from tests.conftest import SMALL
from tests.random_network import random_weights
from tests.tui.conftest import SNAPSHOTS, Check
from tests.tui.drawn import Ink, Row, difference, from_text, to_text
from tests.tui.helpers import ready, say, seen, until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths are written with /")

THEMES = {"dark": "textual-dark", "light": "textual-light", "colourless": "textual-dark"}
SIZES = ((60, 20), (80, 24), (140, 40))
QUICK = ((80, 24), "dark")
LOOKS = [
    *((size, look) for size in SIZES for look in ("dark", "light")),
    ((80, 24), "colourless"),
]
INTENTS = Path("/home/ada/bots/intents.json")


def write_bot(folder: Path) -> None:
    """Write the small file, and two versions of a model of random weights that never changes."""
    path, model = folder / "intents.json", folder / "models/intents"
    path.write_text(json.dumps(SMALL, indent=2), encoding="utf-8")
    intents = check_text(path.read_text(encoding="utf-8")).intents
    assert intents is not None
    weights = random_weights("gru", intents, from_base=False)
    card = Card(
        format=FORMAT,
        **sizes_in_card(weights),
        base=None,
        intents=tuple(intent.tag for intent in intents.trainable),
        intents_digest=intents.digest,
        calibration=Calibration(1.0, 0.0, 1.0, 0.5),
        metrics=Metrics(30, 5, 0.8, 0.78, 0.05, None, 12, 3.5),
        seed=0,
        trained_at="2025-03-04T05:06:07+00:00",
        chatbot_version="1.0",
        weights="",
        weights_sha256="",
    )
    metrics = replace(card.metrics, held_out_accuracy=0.6)
    older = replace(card, trained_at="2025-01-02T03:04:05+00:00", metrics=metrics)
    encoded = weights_file.encode(weights)
    for version in (older, card):
        kept.keep(model, version, encoded, path.read_text(encoding="utf-8"))
    model_files.save(model, card, encoded)


@pytest.fixture
def pictured(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A bot at home with a person, in a time zone, who are the same everywhere."""
    home = tmp_path / "ada"
    home.mkdir()
    write_bot(home)
    for name, value in {"HOME": str(home), "USER": "ada", "LOGNAME": "ada", "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    yield home
    monkeypatch.undo()
    time.tzset()


async def chat(app: ChatbotApp, pilot: Pilot[None]) -> None:
    await say(pilot, "Hello bot")
    await say(pilot, "jdkjfkd skdj")
    app.chat.prompt.load_text("how late is ")
    await until(pilot, lambda: "is" in seen(app))


async def editor(app: ChatbotApp, pilot: Pilot[None]) -> None:
    await pilot.press("f2")
    await until(pilot, lambda: "column 9: warning" in seen(app))  # what the base finds comes last


async def training(app: ChatbotApp, pilot: Pilot[None]) -> None:
    course = [
        Progress("held-out", n, 40, 3 * n, 120, 1.2 / n, 0.5 + 0.04 * n, 0.5 * n, 8 - 0.5 * n)
        for n in range(1, 11)
    ]
    so_far = TrainingCourse()
    for record in course:
        so_far = so_far.after(record)
    app.session.set_training(so_far)
    app.push_screen(TrainScreen(app.session))
    await until(pilot, lambda: "Epoch" in seen(app))


async def evaluation(app: ChatbotApp, pilot: Pilot[None]) -> None:
    answers = (
        Answer("[b]hello[/b] there", "greeting", "greeting", 0.95, True),
        Answer("早上好", "greeting", "time", 0.41, False),
        Answer("what time", "time", "time", 0.99, True),
        Answer("bye", "goodbye", "goodbye", 0.9, True),
    )
    tags = ("greeting", "time", "goodbye")
    found = figures(answers, tags, source="three-fold", seconds=9, not_asked=("lone",))
    app.push_screen(EvaluateScreen(found, intents=INTENTS))
    await until(pilot, lambda: "Accuracy" in seen(app))


async def versions(app: ChatbotApp, pilot: Pilot[None]) -> None:
    await pilot.press("shift+f5")
    await until(pilot, lambda: "2025-03-04 05:06" in seen(app))
    await pilot.press("down")
    await until(pilot, lambda: "With version 1 instead of 2" in seen(app))


async def help_page(app: ChatbotApp, pilot: Pilot[None]) -> None:
    await pilot.press("f1")
    await until(pilot, lambda: app.screen is not app.chat)


SCREENS: dict[str, Callable[[ChatbotApp, Pilot[None]], Awaitable[None]]] = {
    "chat": chat,
    "editor": editor,
    "training": training,
    "evaluation": evaluation,
    "versions": versions,
    "help": help_page,
}


def name_of(screen: str, size: tuple[int, int], look: str) -> str:
    return f"{screen}-{size[0]}x{size[1]}-{look}"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("size", "look"),
    [pytest.param(*look, marks=[] if look == QUICK else pytest.mark.slow) for look in LOOKS],
)
async def test_the_screen_looks_as_it_did(
    pictured: Path,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: Check,
    screen: str,
    size: tuple[int, int],
    look: str,
) -> None:
    monkeypatch.setattr(TextArea.cursor_blink, "_default", False)
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")
    if look == "colourless":
        monkeypatch.setenv("NO_COLOR", "1")
    app = ChatbotApp(locate(pictured / "intents.json"), seed=1)
    app.theme = THEMES[look]
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await SCREENS[screen](app, pilot)
        await snapshot(pilot, name_of(screen, size, look))


def test_no_snapshot_is_left_of_a_screen_that_is_no_more() -> None:
    names = {name_of(screen, size, look) for screen in SCREENS for size, look in LOOKS}
    assert {path.stem for path in SNAPSHOTS.iterdir()} == names


def row(text: str, colour: str = "#e0e0e0", *attributes: str) -> Row:
    return Row(text, (Ink(colour, "#121212", attributes),) * len(text))


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (row("Quit"), "row 1 is  │Quit│"),
        (row("Send", "#ff0000"), "row 1, “Send” at 0: was #e0e0e0 on #121212, is #ff0000 on"),
        (row("Send", "#e0e0e0", "bold"), "is #e0e0e0 on #121212 bold"),
        (row("Send", "#e0e1e0"), ""),
    ],
)
def test_a_difference_that_people_would_see_is_told(now: Row, says: str) -> None:
    told = difference((row("Send"),), (now,))
    assert says in told and bool(says) == bool(told)


def test_what_is_drawn_comes_back_from_its_file_as_it_was() -> None:
    one, other = row("a │ b  ", "default", "bold", "underline"), row("早上好")
    rows = (one, row("  ", "·"), Row(other.text + one.text, other.ink + one.ink), other)
    assert from_text(to_text(rows)) == rows
