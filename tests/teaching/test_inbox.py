"""The inbox: messages are kept once, survive anything in the file, and are grouped by likeness."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import chatbot
from chatbot.common import paths
from chatbot.conversation.reader import Reader
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.network.recurrent import Recurrent
from chatbot.network.step import Step
from chatbot.teaching import inbox
from tests.random_network import random_weights

ANY = Calibration(1.0, 0.0, 1.0, 0.5)


def test_a_message_is_kept_once_whatever_its_case_and_punctuation(tmp_path: Path) -> None:
    path = tmp_path / "new" / "inbox.jsonl"
    for message in ("Order a pizza", "order a pizza!", "…", "pizza\nwith { braces }"):
        inbox.add(path, message)
    assert inbox.load(path) == ["Order a pizza", "pizza\nwith { braces }"]


def test_a_damaged_file_loses_only_its_damaged_lines(tmp_path: Path) -> None:
    path = tmp_path / "inbox.jsonl"
    path.write_bytes(b'"one"\n{\xff\n5\n"two"\n')
    assert inbox.load(path) == ["one", "two"]
    inbox.add(path, "three")
    assert inbox.load(path) == ["one", "two", "three"]


def test_the_oldest_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "KEPT", 3)
    for number in range(5):
        inbox.add(tmp_path / "inbox.jsonl", f"message {number}")
    assert inbox.load(tmp_path / "inbox.jsonl") == ["message 2", "message 3", "message 4"]


def test_forgetting_forgets_those_only(tmp_path: Path) -> None:
    path = tmp_path / "inbox.jsonl"
    for message in ("one", "two", "three"):
        inbox.add(path, message)
    inbox.remove(path, ["two", "never there"])
    assert inbox.load(path) == ["one", "three"]


def test_every_intents_file_has_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "a/intents.json", tmp_path / "b/intents.json"
    assert paths.inbox_file(one) != paths.inbox_file(other)
    assert paths.history_file(one) != paths.history_file(other)
    assert paths.inbox_file(one) != paths.history_file(one)


def test_likes_are_grouped_and_no_message_is_lost(trained_folder: Path) -> None:
    bot = chatbot.load(trained_folder / "intents.json", trained_folder / "models/intents")
    messages = ["order a pizza", "zebra crossing", "please order a pizza", "", "order a pizza now"]
    found = inbox.groups(bot.reader, messages)
    assert sorted(message for group in found for message in group) == sorted(messages)
    assert {"order a pizza", "order a pizza now"} <= set(found[0])
    assert "zebra crossing" not in found[0]


def test_messages_are_grouped_by_states_that_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of states 35° apart most pairs are of one intent; at 50° apart they no longer are."""
    weights = random_weights("gru")
    reader = Reader(Recurrent(weights), IntentClassifier(weights, ("a", "b", "c"), ANY))

    def at(degrees: float) -> Step:
        state = np.zeros(weights.hidden_size, np.float32)
        state[:2] = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        return Step(state, state)

    angles = {"first": 0, "near": 35, "far": 50, "near far": 80}
    monkeypatch.setattr(reader.recurrent, "read", lambda read: [at(angles[" ".join(read)])])
    assert inbox.groups(reader, list(angles)) == [["first", "near"], ["far", "near far"]]
