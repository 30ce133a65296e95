"""Killed at any moment: model and intents file always load, and are the old or the new ones."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from chatbot.learning.job import Plan, train_file
from chatbot.learning.training import Settings
from chatbot.model import files as model_files
from chatbot.opening import read_intents
from chatbot.teaching.corrections import correct
from chatbot.versions import kept

QUICK = Settings(cell="rnn", hidden_size=8)
KILLS = 50
LONGEST = 0.3
"""Seconds until the latest kill; an edit and two trainings take less."""
MOMENTS = 20
"""Steps of writing that these take: 9 files are written, each with a sync and a rename, and 2
folders renamed."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("few_steps"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals"),
]


def child_of(work: Callable[[], None]) -> int:
    """Run work in a process of its own, and return its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        os._exit(0)


def die_at_write(moment: int) -> None:
    """Let this process kill itself before its n-th step of writing."""
    steps = count()
    fsync, replace, rename = os.fsync, os.replace, os.rename

    def step() -> None:
        if next(steps) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying_fsync(descriptor: int) -> None:
        step()
        fsync(descriptor)

    def dying_replace(source: Path, target: Path) -> None:
        step()
        replace(source, target)

    def dying_rename(source: Path, target: Path) -> None:
        step()
        rename(source, target)

    os.fsync, os.replace, os.rename = dying_fsync, dying_replace, dying_rename  # type: ignore[assignment]


def test_fifty_kills_lose_nothing(trained_folder: Path, tmp_path: Path) -> None:
    path, model = tmp_path / "intents.json", tmp_path / "models/intents"
    shutil.copy(trained_folder / "intents.json", path)
    for _ in train_file(path, model, QUICK):
        pass
    rng = random.Random(0)
    died = 0
    for kill in range(KILLS):
        before, card = path.read_bytes(), model_files.read_card(model)
        message = f"word{kill} something new"

        def work(message: str = message, kill: int = kill) -> None:
            if kill % 2:
                die_at_write(rng.randrange(MOMENTS))
            correct(path, [message], "greeting")
            for full in (False, True):
                for _ in train_file(path, model, QUICK, plan=Plan(full=full, accept=True)):
                    pass

        rng.random()  # another moment for the next child, which inherits the state
        pid = child_of(work)
        if not kill % 2:
            time.sleep(rng.uniform(0, LONGEST))
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        died += os.WIFSIGNALED(status)

        data = json.loads(path.read_bytes())
        greeting = next(i for i in data["intents"] if i["tag"] == "greeting")
        now = read_intents(path).intents
        assert path.read_bytes() == before or greeting["patterns"][-1] == message
        loaded = model_files.load(model).card
        made_by = {card.intents_digest, read_intents(path).intents.digest}
        assert loaded.intents_digest in made_by, "the old model or the new one, no other"
        for version in kept.listed(model):
            assert version.model().card == version.card
            assert version.intents() is not None
        assert now.trainable
    assert died >= KILLS * 0.9, "most of them died before they were done"
    for _ in train_file(path, model, QUICK, plan=Plan(accept=True)):
        pass
    assert model_files.read_card(model).intents_digest == read_intents(path).intents.digest
    names = [p.name for p in model.rglob("*") if p.name.startswith(".")]
    assert not names, "what they left behind is swept"
