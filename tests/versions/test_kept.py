"""Versions: kept, compared, gone back to; nothing is lost, whatever happens meanwhile."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.common import atomic
from chatbot.learning.job import Plan, train_file
from chatbot.learning.training import Settings
from chatbot.model import files as model_files
from chatbot.network.weights_file import ModelError
from chatbot.opening import read_intents
from chatbot.versions import kept, lock
from chatbot.versions.records import Saved

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_steps")]

QUICK = Settings(cell="rnn", hidden_size=8)
"""Trains in under a second."""


class Bot:
    """A bot in a folder, as a person works on it."""

    def __init__(self, folder: Path) -> None:
        self.intents, self.model = folder / "intents.json", folder / "models/intents"

    def train(self, **plan: Any) -> Saved:
        *_, saved = train_file(self.intents, self.model, QUICK, plan=Plan(**plan))
        assert isinstance(saved, Saved)
        return saved

    def add(self, pattern: str, tag: str = "greeting") -> None:
        data = json.loads(self.text)
        next(i for i in data["intents"] if i["tag"] == tag)["patterns"].append(pattern)
        self.intents.write_text(json.dumps(data, indent=2), encoding="utf-8")

    @property
    def text(self) -> str:
        return self.intents.read_text(encoding="utf-8")

    @property
    def numbers(self) -> list[tuple[int, bool]]:
        return [(v.number, v.answers) for v in kept.listed(self.model)]

    def run(self, *arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["--intents", str(self.intents), *arguments])
        assert result.exit_code == code, result.output
        return result.output


@pytest.fixture(scope="module")
def trained_once(tmp_path_factory: pytest.TempPathFactory, trained_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("quick")
    shutil.copy(trained_folder / "intents.json", folder)
    Bot(folder).train()
    return folder


@pytest.fixture
def bot(trained_once: Path, tmp_path: Path) -> Bot:
    shutil.copytree(trained_once, tmp_path / "bot")
    return Bot(tmp_path / "bot")


def test_before_any_training_there_is_no_version(small_file: Path) -> None:
    assert kept.listed(small_file.parent / "models/intents") == ()
    output = Bot(small_file.parent).run("versions")
    assert "no version yet" in output and "chatbot train" in output


def test_every_training_is_a_version_with_its_card_and_its_intents(bot: Bot) -> None:
    first = bot.text
    bot.add("good day")
    saved = bot.train(accept=True)
    assert (saved.version, saved.answers) == (2, True)
    assert bot.numbers == [(2, True), (1, False)]
    new, old = kept.listed(bot.model)
    assert old.intents_path.read_text(encoding="utf-8") == first
    assert new.intents_path.read_text(encoding="utf-8") == bot.text
    assert new.card == model_files.read_card(bot.model)
    assert old.card.metrics.patterns + 1 == new.card.metrics.patterns


def test_going_back_brings_model_and_intents_back_and_there_again(bot: Bot) -> None:
    first, card = bot.text, model_files.read_card(bot.model)
    bot.add("good day")
    second = bot.text
    bot.train(accept=True)
    output = bot.run("versions", "use", "1")
    assert "Version 1 answers from now on." in output
    assert bot.text == first
    assert model_files.load(bot.model).card == card
    assert bot.numbers == [(2, False), (1, True)]
    bot.run("versions", "use", "2")
    assert bot.text == second
    assert bot.numbers == [(2, True), (1, False)]


def test_an_intents_file_that_no_version_has_is_put_aside_byte_for_byte(bot: Bot) -> None:
    bot.add("good day")
    bot.train(accept=True)
    mine = ("\ufeff" + bot.text.replace("Hello!", "Hello to you!")).replace("\n", "\r\n").encode()
    bot.intents.write_bytes(mine)
    used = kept.use(bot.intents, bot.model, 1)
    assert used.replaced is not None
    assert used.replaced.read_bytes() == mine
    assert b"Hello to you!" not in bot.intents.read_bytes()
    assert bot.intents.read_bytes().startswith("\ufeff".encode()), "the file keeps its ways"


def test_only_the_model_if_that_is_what_one_wants(bot: Bot) -> None:
    bot.add("good day")
    bot.train(accept=True)
    text = bot.text
    bot.run("versions", "use", "1", "--model-only")
    assert bot.text == text
    assert bot.numbers == [(2, False), (1, True)]


def test_a_file_of_another_program_is_not_written_to(bot: Bot, tmp_path: Path) -> None:
    text = "text,intent\nhi,greeting\nhello,greeting\nwhat time is it,time\nthe time,time\n"
    path = tmp_path / "bot.csv"
    path.write_text(text)
    for _ in train_file(path, tmp_path / "model", QUICK, plan=Plan()):
        pass
    path.write_text(text + "good day,greeting\n")
    for _ in train_file(path, tmp_path / "model", QUICK, plan=Plan(accept=True)):
        pass
    used = kept.use(path, tmp_path / "model", 1)
    assert not used.intents_changed and "CSV" in used.note
    assert "good day" in path.read_text()
    restored = used.version.intents()
    assert restored is not None and [i.tag for i in restored.trainable] == ["greeting", "time"]


def test_the_last_ten_are_kept_and_the_one_that_answers_always(bot: Bot) -> None:
    data = model_files.encoded(bot.model, model_files.read_card(bot.model))
    card = model_files.read_card(bot.model)
    for seed in range(1, 15):
        kept.keep(bot.model, replace(card, seed=seed), data, None)
    kept.prune(bot.model, 10)
    assert [n for n, _ in bot.numbers] == [*range(15, 5, -1), 1]
    kept.prune(bot.model, 3)
    assert bot.numbers == [(15, False), (14, False), (13, False), (1, True)]
    bot.train(kept=2, accept=True)
    assert bot.numbers == [(16, True), (15, False)]


def test_the_shipped_model_is_kept_with_the_shipped_intents(
    default_intents: Path, default_model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(default_model, folder, ignore=shutil.ignore_patterns("versions", "*.lock"))
    with lock.held(folder):
        kept.keep_present(folder, None)
        kept.keep_present(folder, None)
    (version,) = kept.listed(folder)
    assert version.answers
    assert version.intents() == read_intents(default_intents).intents


@pytest.mark.parametrize("damage", ["card", "weights", "gone"])
def test_a_damaged_version_is_never_taken_over(bot: Bot, damage: str) -> None:
    bot.add("good day")
    bot.train(accept=True)
    before = bot.text, model_files.load(bot.model).card
    folder = kept.find(bot.model, 1).folder
    if damage == "card":
        (folder / "card.json").write_text("{")
    elif damage == "weights":
        (path,) = folder.glob("*.safetensors")
        path.write_bytes(path.read_bytes()[:-9])
    else:
        shutil.rmtree(folder)
    output = bot.run("versions", "use", "1", code=1)
    assert ("truncated" if damage == "weights" else "no version 1. Kept: 2") in output
    assert (bot.text, model_files.load(bot.model).card) == before


@pytest.mark.parametrize("answer", ["", "n", "y"])
def test_a_model_that_answers_worse_is_not_taken_over_unasked(
    bot: Bot, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = json.loads(bot.text)
    data["tests"] = [{"message": "zzgl wfp", "intent": "greeting"}]
    bot.intents.write_text(json.dumps(data), encoding="utf-8")
    bot.add("zzgl wfp")
    bot.train(accept=True)
    moved = json.loads(bot.text)
    moved["intents"][0]["patterns"].remove("zzgl wfp")
    moved["intents"][1]["patterns"].append("zzgl wfp")
    bot.intents.write_text(json.dumps(moved), encoding="utf-8")
    if answer:
        monkeypatch.setattr("chatbot.cli.output.is_person", lambda: True)
    result = CliRunner().invoke(
        main, ["--intents", str(bot.intents), "train", "--cell", "rnn", "--hidden", "8"], answer
    )
    assert "worse    “zzgl wfp” (test): greeting → time" in result.output
    assert result.exit_code == (0 if answer == "y" else 1), result.output
    assert bot.numbers == [(3, answer == "y"), (2, answer != "y"), (1, False)]
    if answer != "y":
        assert "The old model still answers" in result.output
        assert "chatbot versions use 3" in result.output
        bot.run("versions", "use", "3")
        assert bot.numbers[0] == (3, True)


def test_json_and_comparison_tell_what_a_version_is(bot: Bot) -> None:
    bot.add("good day")
    bot.train(accept=True)
    listed = json.loads(bot.run("versions", "--json"))
    assert [(v["version"], v["answers"], v["has_intents"]) for v in listed] == [
        (2, True, True),
        (1, False, True),
    ]
    assert listed[0]["metrics"]["patterns"] == 31
    lines = bot.run("versions", "compare", "1", "2")
    assert "+ greeting: “good day”" in lines
    assert "Answers to 31 patterns" in lines
    compared = json.loads(bot.run("versions", "compare", "1", "2", "--json"))
    assert compared["intents"]["patterns_added"] == [["greeting", "good day"]]
    assert compared["answer_changes"]["patterns"] == 31
    assert "no version 7. Kept: 1, 2" in bot.run("versions", "compare", "1", "7", code=1)


# ---- what goes wrong meanwhile


def test_two_trainings_at_once_and_the_second_says_so_at_once(bot: Bot) -> None:
    before = model_files.read_card(bot.model)
    first = train_file(bot.intents, bot.model, QUICK)
    next(first)
    result = CliRunner().invoke(main, ["--intents", str(bot.intents), "train"])
    assert result.exit_code == 1
    assert "another process is training this model" in result.output
    assert "another process" in bot.run("versions", "use", "1", code=1)
    assert model_files.read_card(bot.model) == before
    *_, saved = first
    assert isinstance(saved, Saved)
    bot.train()  # the lock is open again


def test_the_lock_of_a_process_that_was_killed_is_open(bot: Bot) -> None:
    code = f"""
import time
from pathlib import Path
from chatbot.versions import lock
with lock.held(Path({str(bot.model)!r})):
    print("held", flush=True)
    time.sleep(60)
"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ModelError, match="another process"), lock.held(bot.model):
            pass
        process.kill()
    (bot.model / ".chatbot-0123456789abcdef.tmp").write_text("half of a file")
    with lock.held(bot.model):
        assert not list(bot.model.glob(".*.tmp")), "what it left behind is swept"


def test_a_folder_that_cannot_be_written_is_said_before_the_training(
    bot: Bot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match=r"could not be written there.*--model"):
        next(iter(train_file(bot.intents, tmp_path / "file" / "model", QUICK)))


@pytest.mark.parametrize("writes", range(5))
def test_a_disk_that_fills_up_at_any_write_leaves_the_old_model_answering(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    text, card = bot.text, model_files.read_card(bot.model)
    bot.add("good day")
    real, left = atomic.write_atomically, writes

    def full(path: Path, data: bytes) -> None:
        nonlocal left
        if left == 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        left -= 1
        real(path, data)

    monkeypatch.setattr(model_files, "write_atomically", full)
    monkeypatch.setattr(kept, "write_atomically", full)
    if writes < 4:  # weights and card of the version, then those of the model
        with pytest.raises(ModelError, match="No space left on device"):
            bot.train(accept=True)
        assert model_files.load(bot.model).card == card
    else:
        bot.train(accept=True)
        assert model_files.load(bot.model).card != card
    for version in kept.listed(bot.model):
        version.model()
    monkeypatch.undo()
    kept.use(bot.intents, bot.model, 1)
    assert bot.text == text
    leftovers = [p for p in bot.model.rglob("*") if p.name.startswith(".")]
    assert not leftovers
