"""A walk through every screen and dialog of the app, with a bot that has no English word."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot
from textual.screen import Screen

from chatbot.bots import recent
from chatbot.common.paths import Locations
from chatbot.intents import Intent, Intents
from chatbot.lab import LabProgress
from chatbot.model import Metrics, files
from chatbot.model.classifier import Calibration
from chatbot.network import weights_file
from chatbot.quality.metrics import figures
from chatbot.quality.results import Answer
from chatbot.tui.app import ChatbotApp
from chatbot.tui.screens.evaluate import EvaluateScreen
from chatbot.tui.screens.lab import ForgettingScreen
from chatbot.tui.screens.threshold import ThresholdScreen
from chatbot.tui.screens.train import TrainScreen
from chatbot.tui.session import TrainingCourse
from chatbot.versions import Failed, Progress, Saved, kept
from chatbot.versions.answer_changes import AnswerChanges, Change, FailedTest
from tests.model.models import card_of
from tests.random_network import random_weights
from tests.tui.helpers import say, seen, until

INTENTS = Intents(
    (
        Intent("gio", ("mở cửa lúc mấy giờ", "mấy giờ đóng cửa", "hôm nay mở cửa à"), ("Dạ.",)),
        Intent("mon", ("có món gì ngon", "thực đơn ra sao", "cho xem món chay"), ("Dạ.",)),
        Intent("vui", ("kể chuyện cười đi", "nói gì vui vui", "làm tôi cười nào"), ("Dạ.",)),
    ),
    None,
)
UNKNOWN = "qwxzzk vbnmq"
STILL = 4
"""Looks at the screen, 0.1 s apart, between which nothing may change."""
METRICS = Metrics(9, 3, 0.7, 0.68, 0.05, None, 12, 3.5)


def make_bot(folder: Path) -> Path:
    """Write the bot, and the version of its model before the one that answers."""
    entries = [
        {"tag": intent.tag, "patterns": intent.patterns, "responses": intent.responses}
        for intent in INTENTS.intents
    ]
    text = json.dumps({"intents": entries}, indent=2, ensure_ascii=False)
    folder.mkdir()
    (folder / "intents.json").write_text(text, encoding="utf-8")
    model = folder / "models" / "intents"
    for seed in (0, 1):
        weights = random_weights("gru", INTENTS, seed, from_base=False)
        card = card_of(weights, Calibration(1.0, 0.0, 1.0, 0.5), INTENTS)
        encoded = weights_file.encode(weights)
        kept.keep(model, card, encoded, text)
    files.save(model, card, encoded)
    return folder


Open = Callable[[ChatbotApp, Pilot[None]], Awaitable[None]]


class Visit(NamedTuple):
    """A screen, or a state of one."""

    open: Open
    says: str
    """An English text that is on it."""


def key_of(action: str) -> Open:
    """Return what opens the screen of an action by its key."""

    async def press(app: ChatbotApp, pilot: Pilot[None]) -> None:
        await pilot.press(app.session.keys.of(action)[-1])

    return press


def over(make: Callable[[ChatbotApp], Screen[None]]) -> Open:
    """Return what opens a screen that would start long work by its key."""

    async def push(app: ChatbotApp, pilot: Pilot[None]) -> None:
        await app.push_screen(make(app))

    return push


async def _nothing(app: ChatbotApp, pilot: Pilot[None]) -> None:
    pass


def _then(first: Open, *keys: str) -> Open:
    async def press(app: ChatbotApp, pilot: Pilot[None]) -> None:
        await first(app, pilot)
        before = app.screen
        await pilot.pause()
        await pilot.press(*keys)
        await until(pilot, lambda: app.screen is not before)

    return press


def _training(*records: Progress | Saved | Failed) -> Open:
    def make(app: ChatbotApp) -> TrainScreen:
        course = TrainingCourse()
        for record in records:
            course = course.after(record)
        app.session.set_training(course)
        return TrainScreen(app.session)

    return over(make)


def _evaluation(app: ChatbotApp) -> EvaluateScreen:
    answers = (
        Answer("mấy giờ đóng cửa", "gio", "gio", 0.95, True),
        Answer("có món gì ngon", "mon", "gio", 0.41, False),
        Answer("nói gì vui vui", "vui", "vui", 0.99, True),
    )
    found = figures(answers, ("gio", "mon", "vui"), source="x", seconds=9, not_asked=("le",))
    return EvaluateScreen(found, intents=app.session.locations.intents)


async def _lab(app: ChatbotApp, pilot: Pilot[None]) -> None:
    screen = ForgettingScreen(app.session.locations.intents)
    screen._run_job = lambda retrain: None  # type: ignore[assignment, method-assign, misc]
    await app.push_screen(screen)
    await until(pilot, lambda: screen._state == "training")
    screen._show_progress(LabProgress("GRU", 3, 600, 0.5, 1.0, 90.0))


def _changes(*changes: Change) -> AnswerChanges:
    failed = (FailedTest("nói gì vui vui", "vui", None, 0),)
    return AnswerChanges(9, 2, 1, changes, failed, 9, 0.9, 0.8)


_EPOCH = Progress("held-out", 2, 40, 6, 120, 0.6, 0.5, 1.0, 130.0)
_WORSE = Change("mấy giờ đóng cửa", "pattern", "gio", None, "worse")
_SAVED = Saved("m", 2, False, 3, False, METRICS, METRICS, _changes(_WORSE))

VISITS: dict[str, Visit] = {
    "chat": Visit(_nothing, "Send"),
    "menu": Visit(key_of("menu"), "New conversation"),
    "command_palette": Visit(key_of("command_palette"), "Search for commands…"),
    "help": Visit(key_of("help"), "Conversation"),
    "model_info": Visit(key_of("model_info"), "intents file"),
    "choose_theme": Visit(key_of("choose_theme"), "Theme"),
    "settings": Visit(key_of("settings"), "Appearance"),
    "a setting of several": Visit(_then(key_of("settings"), "down", "enter"), "basic"),
    "a setting that is written": Visit(
        _then(key_of("settings"), *["down"] * 6, "enter"), "Hidden units"
    ),
    "threshold": Visit(
        over(lambda app: ThresholdScreen(app.session.bot, [UNKNOWN], 0.0)),  # type: ignore[arg-type, return-value]
        "Threshold",
    ),
    "versions": Visit(key_of("versions"), "Versions"),
    "using a version": Visit(_then(key_of("versions"), "down", "enter"), "Model only"),
    "correct": Visit(key_of("correct"), "none of them: out of scope"),
    "inbox": Visit(key_of("inbox"), "Inbox"),
    "conversations": Visit(key_of("conversations"), "Conversations"),
    "deleting a conversation": Visit(_then(key_of("conversations"), "d"), "Keep"),
    "renaming a conversation": Visit(_then(key_of("conversations"), "r"), "Rename to"),
    "exporting a conversation": Visit(
        _then(key_of("conversations"), "e"), "Export to a file: .md, .json or .html"
    ),
    "find": Visit(key_of("find"), "Close"),
    "new_bot": Visit(key_of("new_bot"), "Name of the new bot"),
    "open_bot": Visit(key_of("open_bot"), "Open bot"),
    "recent_bots": Visit(key_of("recent_bots"), "Recent bots"),
    "edit_intents": Visit(key_of("edit_intents"), "Save"),
    "tour": Visit(key_of("tour"), "Leave"),
    "welcome": Visit(key_of("welcome"), "First steps"),
    "explain_panel": Visit(key_of("chat.explain_panel"), "Hidden state"),
    "maximise_panel": Visit(key_of("maximise_panel"), "Panel"),
    "evaluate": Visit(over(_evaluation), "What next"),
    "an evaluation that starts": Visit(over(lambda app: EvaluateScreen()), "Getting ready"),
    "retrain": Visit(_training(_EPOCH), "Loss"),
    "a training that failed": Visit(_training(_EPOCH, Failed("–")), "Retry"),
    "a model that waits": Visit(_training(_EPOCH, _SAVED), "Use the new model anyway"),
    "forgetting_lab": Visit(_lab, "Back"),
}
"""By name of the action, or what it is."""

WITHOUT_A_SCREEN = {
    "new_conversation", "continue_last", "undo_correction", "next_view", "focus_panel", "pin",
    "switch_language", "quit",
}  # fmt: skip
"""Actions that open nothing."""


async def talk(pilot: Pilot[None]) -> None:
    """Leave something in conversation, inbox and the list of bots."""
    await say(pilot, "mấy giờ đóng cửa")
    await say(pilot, UNKNOWN)
    recent.add(Locations(Path("/bots/quan.json"), "", Path("/bots/models/quan"), ""))


async def still(pilot: Pilot[None]) -> str:
    """Return what is seen once nothing changes any more."""
    seen_last: list[str] = []
    while len(seen_last) < STILL or len(set(seen_last[-STILL:])) > 1:
        await pilot.pause(0.1)
        seen_last.append(seen(pilot.app))
    return seen_last[-1]
