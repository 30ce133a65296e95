"""What the tests share: a small bot that trains in seconds, and a home folder of its own."""

from __future__ import annotations

import gettext
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from chatbot.common.paths import bundled
from chatbot.common.translation import use_language
from chatbot.intents.check import check_text
from chatbot.intents.types import Intents
from chatbot.lab.results import Lab
from chatbot.network.cells import CELLS
from tests.random_network import Network, random_network

# A slow or busy machine is no failure of the program.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

SMALL: dict[str, Any] = {
    "intents": [
        {
            "tag": "greeting",
            "patterns": [
                "Hi", "Hello", "Hey there", "Good morning", "Hello bot", "Hi, how do you do",
                "Good evening to you", "Hey", "Greetings", "Nice to meet you",
            ],
            "responses": ["Hello!", "Hi there, {user}.", "Good to see you."],
        },
        {
            "tag": "time",
            "patterns": [
                "What time is it?", "Tell me the time", "What's the time now?", "Time please",
                "Do you have the time?", "Can you tell me what time it is", "What is the hour",
                "How late is it", "the current time", "Which time do we have",
            ],
            "responses": ["It is {time}.", "{time} o'clock, {unknown} slot."],
        },
        {
            "tag": "goodbye",
            "patterns": [
                "Bye", "Goodbye", "See you later", "I have to go", "Farewell", "Good night",
                "Catch you tomorrow", "So long", "I am leaving now", "Talk to you soon",
            ],
            "responses": ["Bye!", "See you."],
        },
        {"tag": "fallback", "patterns": [], "responses": ["Sorry, what?", "I do not know."]},
    ]
}  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """One command accepts what the screens look like now: pytest --update-snapshots."""
    parser.addoption(
        "--update-snapshots", action="store_true", help="accept what the screens look like now"
    )
    parser.addoption(
        "--attack", type=int, default=1, help="how many times as much to attack (`make attack`)"
    )


@pytest.fixture
def attack(request: pytest.FixtureRequest) -> int:
    """How long an attack lasts: 1, or many times that with `make attack`."""
    return int(request.config.getoption("--attack"))


QUICK_LAB = (24, 80)
"""Units and steps of the lab of the tests."""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the real settings, history and data of whoever runs it."""
    home = tmp_path / "home"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("CHATBOT_LANGUAGE", "en")
    for name in ("CHATBOT_INTENTS", "CHATBOT_MODEL", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def any_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test choose the interface's language; it is English again afterwards."""
    monkeypatch.delenv("CHATBOT_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    yield
    use_language("en")


class _Untranslated(NullTranslations):
    """Notes what no catalogue has."""

    def __init__(self, found: set[str]) -> None:
        super().__init__()
        self.found = found

    def gettext(self, message: str) -> str:
        self.found.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Let the interface speak Vietnamese; the set gets every text that it has no word for."""
    found: set[str] = set()
    catalogue_of = gettext.translation

    def noting(domain: str, folder: Path, languages: list[str]) -> NullTranslations:
        catalogue = catalogue_of(domain, folder, languages)
        catalogue.add_fallback(_Untranslated(found))
        return catalogue

    monkeypatch.setattr(gettext, "translation", noting)
    monkeypatch.setenv("CHATBOT_LANGUAGE", "vi")
    use_language()
    yield found
    monkeypatch.setenv("CHATBOT_LANGUAGE", "en")
    use_language()


def long_to_train(path: Path) -> None:
    """Give an intents file so many patterns that a training takes seconds, to be stopped."""
    data = json.loads(path.read_text(encoding="utf-8"))
    for number, entry in enumerate(data["intents"]):
        if entry["patterns"]:
            entry["patterns"] += [f"topic {number} case {n} please {n * 7}" for n in range(120)]
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """An intents file of three intents and a fallback, with no model yet."""
    path = tmp_path / "intents.json"
    path.write_text(json.dumps(SMALL, indent=2), encoding="utf-8")
    return path


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that is made once in a run: one process makes it, the others wait for it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker has a folder of its own in that of the run
    folder, unfinished = base / name, base / f"{name}-unfinished"
    with FileLock(base / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)  # of a process that failed at it
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


def train_small(folder: Path) -> None:
    """Write the small file and train it with the default settings."""
    from chatbot.learning.job import train_file

    (folder / "intents.json").write_text(json.dumps(SMALL, indent=2), encoding="utf-8")
    for _ in train_file(folder / "intents.json", folder / "models" / "intents"):
        pass


@pytest.fixture(scope="session")
def trained_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with intents.json and its trained model, made once; read only, please."""
    return made_once(tmp_path_factory, "trained", train_small)


@pytest.fixture
def small_bot(trained_folder: Path, tmp_path: Path) -> Path:
    """A copy of the trained folder that a test may change."""

    copy = tmp_path / "bot"
    shutil.copytree(trained_folder, copy)
    return copy


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let trainings in this process take a moment: for what does not depend on what is learned."""
    from chatbot.learning.starts import FromBase, FromNothing

    for start in (FromBase, FromNothing):
        monkeypatch.setattr(start, "recipe", replace(start.recipe, steps=30, epochs=1))


@pytest.fixture(scope="session")
def default_intents() -> Path:
    """The default bot's intents file."""
    return bundled("intents.json")


@pytest.fixture(scope="session")
def default_model() -> Path:
    """The default bot's model, as shipped."""
    return bundled("models") / "intents"


@pytest.fixture(scope="session", params=sorted(CELLS))
def network(request: pytest.FixtureRequest) -> Network:
    """A small network of each cell, of random weights, that knows its own patterns."""
    return random_network(request.param)


@pytest.fixture(scope="session")
def small_intents() -> Intents:
    """The intents of the small file."""
    found = check_text(json.dumps(SMALL)).intents
    assert found is not None
    return found


@pytest.fixture(scope="session")
def lab(small_intents: Intents, tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """A lab trained on the small file, quickly: fewer units and steps than the real one."""

    def train(folder: Path) -> None:
        from chatbot.learning.lab.training import Plan, run_lab

        *_, last = run_lab(small_intents, Plan(*QUICK_LAB))
        (folder / "lab").write_bytes(pickle.dumps(last))

    found = pickle.loads((made_once(tmp_path_factory, "lab", train) / "lab").read_bytes())
    assert isinstance(found, Lab)
    return found
