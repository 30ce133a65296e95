"""Large files: read as a stream, learned with little memory, taken up again after a kill."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.conversation.bot import Chatbot
from chatbot.intents.sample import count_of, sampled
from chatbot.intents.types import Intent, Intents
from chatbot.learning import background, head_by_batches, large, unfinished
from chatbot.learning.cross_validation import evaluate
from chatbot.learning.data import patterns_of
from chatbot.learning.head_by_batches import HeadByBatches
from chatbot.learning.job import Plan, train_file
from chatbot.learning.threads import one_thread
from chatbot.learning.training import Settings, Trained, TrainingCancelledError, train
from chatbot.learning.unfinished import NoSpaceError, Unfinished
from chatbot.opening import read_intents
from chatbot.quality.results import Evaluated
from chatbot.versions.records import Progress, Saved


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let small files be learned as large ones are, in several blocks and batches."""
    monkeypatch.setattr(large, "LARGE", 50)
    monkeypatch.setattr(large, "READ", 32)
    monkeypatch.setattr(large, "WAIT", -1.0)
    for module in (large, head_by_batches):
        monkeypatch.setattr(module, "BATCH", 16)
        monkeypatch.setattr(module, "EPOCH", 300)
    few = background.background_texts()[:20]
    monkeypatch.setattr(background, "background_texts", lambda: few)
    with one_thread():
        yield


@pytest.fixture(scope="module")
def intents(default_intents: Path) -> Intents:
    """A part of the default bot, with twins and what has no words."""
    file = read_intents(default_intents).intents
    some = [intent for intent in file.trainable if len(intent.patterns) > 12][:9]
    odd = Intent("odd", ("?!", "odd thing", "Odd thing", "...", "quite odd"), ("x",))
    return Intents((*some, odd), out_of_scope=("how tall is the tower",))


@pytest.fixture
def file(tmp_path: Path, intents: Intents) -> Path:
    items = [
        {"tag": intent.tag, "patterns": intent.patterns, "responses": [f"This is {intent.tag}."]}
        for intent in intents.intents
    ]
    path = tmp_path / "intents.json"
    path.write_text(json.dumps({"intents": items}), encoding="utf-8")
    return path


def last(records: Iterator[Progress | Trained]) -> Trained:
    *_before, trained = records
    assert isinstance(trained, Trained)
    return trained


def same(one: Trained, other: Trained) -> bool:
    ours, theirs = one.weights.parameters(), other.weights.parameters()
    return one.calibration == other.calibration and all(
        np.array_equal(ours[name], theirs[name]) for name in ours
    )


def test_a_large_file_is_read_then_learned_and_its_bot_answers(file: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    *progress, saved = train_file(file, model)
    assert isinstance(saved, Saved) and saved.answers
    phases = [record.phase for record in progress if isinstance(record, Progress)]
    assert list(dict.fromkeys(phases)) == ["reading", "held-out", "all patterns"]
    assert all(isinstance(r, Progress) and r.eta_seconds >= 0 for r in progress)
    bot = Chatbot.load(file, model, seed=0)
    intents = read_intents(file).intents
    assert saved.metrics.patterns == len(patterns_of(intents))
    assert (saved.metrics.held_out_accuracy or 0) > 0.5
    right = [
        bot.reader.classifier.predict(bot.read(text).last.hidden).intent == intent.tag
        for intent in intents.trainable
        for text in intent.patterns[:5]
    ]
    assert np.mean(right) > 0.8
    assert not (model / unfinished.NAME).exists(), "nothing is left of the work"


@pytest.mark.parametrize("end", [1, 3, 17, 45])
def test_a_training_that_was_ended_goes_on_where_it_was(
    intents: Intents, tmp_path: Path, end: int
) -> None:
    whole = last(train(intents, Settings(), work=tmp_path / "whole"))
    records = train(intents, Settings(), work=tmp_path / "work")
    begun = [record for _, record in zip(range(end), records, strict=False)]
    records.close()  # type: ignore[attr-defined]
    later = list(train(intents, Settings(), work=tmp_path / "work"))
    assert same(whole, later[-1])  # type: ignore[arg-type]
    done = [r for r in begun if isinstance(r, Progress) and r.phase == "reading"]
    again = [r for r in later if isinstance(r, Progress) and r.phase == "reading"]
    assert not again or again[0].step > done[-1].step, "what was read is not read again"


def test_what_a_kill_leaves_of_a_write_is_written_anew(intents: Intents, tmp_path: Path) -> None:
    work = tmp_path / "work"
    whole = last(train(intents, Settings(), work=tmp_path / "whole"))
    records = train(intents, Settings(), work=work)
    next(records), next(records)
    records.close()  # type: ignore[attr-defined]
    for name in ("states.f16", "labels.i32"):
        with (work / name).open("ab") as kept:
            kept.write(b"half a bloc")
    assert same(whole, last(train(intents, Settings(), work=work)))


@pytest.mark.parametrize(
    ("name", "damage"),
    [("layer.npz", b"rubbish"), ("done.json", b""), ("states.f16", None), ("labels.i32", b"x")],
)
def test_damaged_work_is_done_again(
    intents: Intents, tmp_path: Path, name: str, damage: bytes | None
) -> None:
    work = tmp_path / "work"
    whole = last(train(intents, Settings(), work=work))
    if damage is None:
        (work / name).unlink()
    else:
        (work / name).write_bytes(damage)
    assert same(whole, last(train(intents, Settings(), work=work)))


@pytest.mark.parametrize("what", ["a pattern more", "another order", "another seed"])
def test_work_of_another_training_is_not_gone_on_from(
    intents: Intents, tmp_path: Path, what: str
) -> None:
    work = tmp_path / "work"
    list(train(intents, Settings(), work=work))
    settings = Settings(seed=5 if what == "another seed" else 0)
    first, *rest = intents.intents
    if what == "a pattern more":
        more = Intent(first.tag, (*first.patterns, "one more of them"), first.responses)
        intents = Intents((more, *rest), out_of_scope=intents.out_of_scope)
    elif what == "another order":
        intents = Intents((*rest, first), out_of_scope=intents.out_of_scope)
    afresh = last(train(intents, settings, work=tmp_path / "other"))
    assert same(afresh, last(train(intents, settings, work=work)))


def test_a_training_can_be_cancelled_at_any_moment(intents: Intents, tmp_path: Path) -> None:
    for moment in (0, 2, 8, 20):
        asked = iter(range(1_000))
        with pytest.raises(TrainingCancelledError):
            list(train(intents, Settings(), lambda a=asked, m=moment: next(a) >= m))  # type: ignore[misc]


def test_after_cancelling_the_command_line_says_that_the_work_is_kept(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: HeadByBatches) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(HeadByBatches, "encoded", interrupt)
    arguments = ["--intents", str(file), "--model", str(tmp_path / "model"), "train"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1 and "train again to go on from there" in result.output
    monkeypatch.undo()
    assert (tmp_path / "model" / unfinished.NAME / "states.f16").exists()


def test_without_room_on_the_disk_the_training_does_not_begin(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**6))
    with pytest.raises(NoSpaceError, match=r"needs 2\d\d MB on the disk.*Free some space"):
        list(train_file(file, tmp_path / "model", plan=Plan()))


def test_a_disk_that_fills_up_is_told(intents: Intents, tmp_path: Path) -> None:
    kept = Unfinished(tmp_path / "work", "key", 4)
    (tmp_path / "work").rmdir()
    with pytest.raises(NoSpaceError, match="could not be written"):
        kept.append(np.zeros((2, 4), np.float32), *np.zeros((2, 2), np.int64))


def test_a_large_file_is_cross_validated_on_a_sample(
    intents: Intents, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chatbot.learning import cross_validation

    monkeypatch.setattr(cross_validation, "LARGE", 50)
    monkeypatch.setattr(cross_validation, "SAMPLE", 60)
    *_progress, found = evaluate(intents, folds=2)
    assert isinstance(found, Evaluated)
    assert f"a sample of {count_of(intents):,}" in found.source
    assert 40 <= len(found.answers) <= 70
    assert found.asks_a_part, "the model itself holds out a part"


def test_where_the_base_does_not_know_the_words_each_epoch_learns_a_sample(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from chatbot.learning import run

    georgian = Intents(
        tuple(
            Intent(tag, tuple(f"{word} {other} {n}" for n in range(30) for other in ("და", "არა")))
            for tag, word in (("a", "რომელი"), ("b", "ძალიან"))
        )
    )
    monkeypatch.setattr(run, "EPOCH", 64)
    records = list(train(georgian, Settings(cell="rnn", hidden_size=8)))
    assert isinstance(records[-1], Trained)
    steps = [r.step for r in records if isinstance(r, Progress) and r.epoch == 1]
    assert max(steps) == 2, "two batches of 32"


@pytest.mark.parametrize("most", [10, 33, 100])
def test_a_sample_has_all_intents_and_the_same_share_of_each(intents: Intents, most: int) -> None:
    some = sampled(intents, most)
    assert [i.tag for i in some.intents] == [i.tag for i in intents.intents]
    assert patterns_of(some).tags == patterns_of(intents).tags
    sizes = {i.tag: len(i.patterns) for i in intents.trainable}
    for intent in some.trainable:
        share = sizes[intent.tag] * most / count_of(intents)
        assert len(intent.patterns) <= max(share, 3)
    assert sampled(intents, 10_000) is intents


def test_the_layer_by_batches_tells_apart_what_the_exact_one_does() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(5), 40)
    points = np.eye(5, 12)[labels] + 0.3 * rng.normal(size=(200, 12))
    embedded = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    head = HeadByBatches(5, 12, 1, 20, seed=0)
    while head.epoch < head.epochs:
        losses = list(head.run(embedded.__getitem__, labels, np.arange(200)))
    assert losses[-1] < 0.5
    assert (head.head.logits(embedded).argmax(axis=1) == labels).mean() > 0.9


def test_a_layer_does_not_go_on_from_one_of_another_size() -> None:
    other = HeadByBatches(4, 12, 1, 3, seed=0)
    head = HeadByBatches(5, 12, 1, 3, seed=0)
    assert not head.go_on_from(other.encoded()) and head.epoch == 0
    assert not head.go_on_from(b"") and not head.go_on_from(other.encoded()[:100])
