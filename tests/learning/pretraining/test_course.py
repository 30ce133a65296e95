"""A pretraining learns what the teachers say, on one process or two; a stop costs nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from chatbot.learning.data import NO_NOISE
from chatbot.learning.pretraining import course as module
from chatbot.learning.pretraining.corpus import Line, assembled
from chatbot.learning.pretraining.course import Course, weights_of
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.targets import Targets
from chatbot.network import Recurrent, embeddings
from chatbot.words import words
from tests.learning.pretraining import small

pytestmark = pytest.mark.slow


def test_it_learns_both_teachers_views_and_a_stop_costs_nothing(tmp_path: Path) -> None:
    whole = small.course(tmp_path / "whole")
    (tmp_path / "whole").mkdir()
    before = whole.held_out_cosines()
    records = list(whole.run())
    after = whole.held_out_cosines()
    assert all(b > a + 0.5 for a, b in zip(before, after, strict=True))
    assert records[-1].held_out == after

    (tmp_path / "parts").mkdir()
    stopped = small.course(tmp_path / "parts")
    list(stopped.run(save_every=7, cancelled=lambda: stopped.step >= 25))
    again = small.course(tmp_path / "parts")
    list(again.run(save_every=7))
    assert again.held_out_cosines() == pytest.approx(after, abs=1e-5)

    with pytest.raises(PretrainingError, match="another corpus or with other settings"):
        list(small.course(tmp_path / "parts", replace(small.PLAN, epochs=9)).run())


def test_it_goes_on_from_an_earlier_run_of_another_corpus(tmp_path: Path) -> None:
    earlier = small.course(tmp_path)
    list(earlier.run())
    more = small.lines() | {
        f"rufe {name} {end}": Line("de", topic="rufe")
        for name in ("Anna", "Jonas")
        for end in small.ENDS
    }
    corpus = assembled(more)
    targets = Targets(small.taught(corpus.texts, 0), small.taught(corpus.texts, 1))
    anew = Course(corpus, targets, tmp_path / "anew", small.PLAN)
    later = Course(corpus, targets, tmp_path / "later", small.PLAN, start=tmp_path)
    assert len(later.table.hashes) > len(earlier.table.hashes)
    for before, after in zip(anew.held_out_cosines(), later.held_out_cosines(), strict=True):
        assert after > before + 0.5


def test_it_names_what_it_cannot_start_from(tmp_path: Path) -> None:
    list(small.course(tmp_path).run())
    with pytest.raises(PretrainingError, match="to start from"):
        small.course(tmp_path / "new", start=tmp_path / "nothing")
    wider = replace(small.PLAN, hidden_size=32)
    with pytest.raises(PretrainingError, match="Start from a run with the same sizes"):
        small.course(tmp_path / "new", wider, start=tmp_path)


def test_two_processes_learn_what_one_does(tmp_path: Path) -> None:
    alone = small.course(tmp_path)
    list(alone.run())
    (tmp_path / "two").mkdir()
    done = subprocess.run(
        [
            sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone",
            "-m", "tests.learning.pretraining.small", str(tmp_path / "two"),
        ],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = next(line for line in done.stdout.splitlines() if line.startswith("cosines"))
    found = [float(figure) for figure in figures.split()[1:]]
    assert found == pytest.approx(alone.held_out_cosines(), abs=0.05)


def test_what_ships_reads_as_what_was_trained(tmp_path: Path) -> None:
    learner = small.course(tmp_path)
    list(learner.run())
    weights = weights_of(learner)
    recurrent = Recurrent(weights)
    text = "please book the hotel today"
    state = recurrent.read(words(text))[-1].hidden
    line = learner.corpus.texts.index(text)
    batch = learner.table.batch(
        learner.messages, np.array([line]), NO_NOISE, np.random.default_rng(0)
    )
    with torch.no_grad():
        views = learner.network.views(learner.network.final_states(batch))
    expected = torch.cat(views, dim=1)[0].numpy() / 3**0.5
    found = embeddings(weights, state)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    assert float(found @ expected) > 0.99  # four bits a number are not all of them


def test_the_rate_rises_first_and_ends_near_nothing() -> None:
    rates = [module.rate_at(done, 1.0) for done in (0.0, 0.025, 0.05, 0.5, 1.0)]
    assert rates == pytest.approx([0.0003 * 1, 0.5, 0.994, 0.5, 0.0003], abs=0.005)
