"""kill −9 before every step of every write: the old file or the new one, and nothing is left."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from chatbot.archive import Archive, TurnToKeep
from chatbot.cli import main
from chatbot.common import atomic, jsonlines, paths
from chatbot.conversation import history
from chatbot.intents import save_text
from chatbot.model import files
from chatbot.network import weights_file
from chatbot.opening import read_intents
from chatbot.teaching import inbox
from chatbot.teaching.corrections import correct
from chatbot.tui.settings import SettingsFile
from chatbot.versions import kept
from tests.learning.test_killed import child_of, die_at_write
from tests.tui.made_bot import make_bot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals"),
]


def killed_everywhere(work: Callable[[], object], look: Callable[[], object]) -> int:
    """Do work in processes that kill themselves before their first, second … step of writing.

    Looks at what is there after each; the last one is not killed. Returns how many were.
    """
    for moment in count():

        def dying(moment: int = moment) -> None:
            die_at_write(moment)
            work()

        _, status = os.waitpid(child_of(dying), 0)
        look()
        if not os.WIFSIGNALED(status):
            return moment
        assert os.WTERMSIG(status) == signal.SIGKILL
    raise AssertionError


def left_in(folder: Path) -> list[Path]:
    """Return the temporary files that are left once somebody has written there again."""
    atomic._swept.clear()
    for place in {path.parent for path in folder.rglob("*")} | {folder}:
        atomic.write_atomically(place / "again", b"")
        (place / "again").unlink()
    return [path for path in folder.rglob("*") if path.suffix == ".tmp"]


def run(*arguments: str) -> None:
    CliRunner().invoke(main, list(arguments))


def test_writing_an_intents_file_and_teaching(tmp_path: Path) -> None:
    bot = make_bot(tmp_path / "bot")
    file = bot / "intents.json"
    before = file.read_text(encoding="utf-8")
    after = before.replace("Yes.", "No.")
    seen = set()

    def look() -> None:
        text = file.read_text(encoding="utf-8")
        assert text in (before, after)
        seen.add(text)

    assert killed_everywhere(lambda: save_text(file, after), look) >= 2
    assert seen == {before, after}
    killed_everywhere(lambda: correct(file, ["good day"], "time"), lambda: read_intents(file))
    assert "good day" in read_intents(file).intents.intents[0].patterns
    assert not left_in(bot)


@pytest.mark.parametrize("target", ["out.json", "out.yml", "out.csv"])
def test_converting(tmp_path: Path, target: str) -> None:
    bot = make_bot(tmp_path / "bot")
    out = tmp_path / "out" / target
    work = lambda: run("convert", str(bot / "intents.json"), str(out), "--force")  # noqa: E731
    killed_everywhere(work, lambda: not out.exists() or read_intents(out))
    assert len(read_intents(out).intents.trainable) == 3
    assert not left_in(out.parent)


def test_using_a_version(tmp_path: Path) -> None:
    bot = make_bot(tmp_path / "bot")
    file, model = bot / "intents.json", bot / "models" / "intents"
    card, text = files.read_card(model), file.read_text(encoding="utf-8")
    encoded = weights_file.encode(files.load(model).weights)
    kept.keep(model, card, encoded, text)
    mine = text.replace("Yes.", "Mine.")
    file.write_text(mine, encoding="utf-8")

    def look() -> None:
        assert file.read_text(encoding="utf-8") in (text, mine)
        assert files.load(model).card == card
        aside = list((model / "versions" / kept.REPLACED).glob("*.json"))
        there = [file, *aside]
        assert any(path.read_text(encoding="utf-8") == mine for path in there), "nothing is lost"

    killed = killed_everywhere(
        lambda: run("versions", "use", "1", "--intents", str(file), "--model", str(model)), look
    )
    assert killed >= 4
    assert file.read_text(encoding="utf-8") == text
    assert not left_in(bot)


def test_what_the_app_writes(tmp_path: Path) -> None:
    file = tmp_path / "intents.json"
    said, unknown = paths.history_file(file), paths.inbox_file(file)
    history.add(said, ["first"])
    inbox.add(unknown, "first")

    def look() -> None:
        for path in (said, unknown):
            assert jsonlines.load(path)[0] == "first"

    killed_everywhere(lambda: history.add(said, ["second"]), look)
    killed_everywhere(lambda: inbox.add(unknown, "second"), look)
    assert jsonlines.load(said) == ["first", "second"] == jsonlines.load(unknown)
    settings = paths.settings_file()
    usual = SettingsFile(settings).values.theme

    def read() -> None:
        assert SettingsFile(settings).values.theme in ("nord", usual)

    def choose() -> None:
        chosen = SettingsFile(settings)
        chosen.set("theme", "nord")
        chosen.write({})

    killed_everywhere(choose, read)
    assert SettingsFile(settings).values.theme == "nord"
    assert not left_in(said.parent) and not left_in(unknown.parent)


def test_an_archive_killed_at_random(tmp_path: Path, attack: int) -> None:
    path = tmp_path / "conversations.sqlite3"
    rng = random.Random(attack)
    turn = TurnToKeep("hello", "hi", "greeting", 0.9, True, None)
    for _ in range(3 * attack):

        def write() -> None:
            archive = Archive(path)
            archive.open()
            number = None
            while True:
                number = archive.append(number, tmp_path, turn).conversation

        pid = child_of(write)
        time.sleep(rng.uniform(0.05, 0.5))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        archive = Archive(path)
        archive.open()
        for conversation in archive.conversations():
            assert archive.turns(conversation.id)
        archive.close()
    assert not list(tmp_path.glob("*damaged*"))
    assert all(not file.stat().st_mode & 0o077 for file in tmp_path.glob("conversations*"))
