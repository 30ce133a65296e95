"""A new cell is one entry in the table: everything that depends on the kind of cell takes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from chatbot.insight.gates import gate_use
from chatbot.insight.gradients import gradient_norms, logit_gradient
from chatbot.insight.untrained import untrained_weights
from chatbot.intents.types import Intents
from chatbot.lab import files, report
from chatbot.lab.results import Lab, read_sentence
from chatbot.learning.lab.training import Plan, run_lab
from chatbot.learning.unit_order import renumbered
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.network import weights_file
from chatbot.network.cells import CELLS
from chatbot.network.feed_forward import intent_logits
from chatbot.network.recurrent import Recurrent
from chatbot.network.weights_file import Sizes
from chatbot.words import words
from tests.insight.test_gradients import WORDS, pushed
from tests.network import minimal_gated_unit as mgu
from tests.network.networks import torch_states
from tests.random_network import HIDDEN_SIZE, WORD_SIZE, random_weights

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def with_the_new_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CELLS, mgu.NAME, mgu.ENTRY)


@pytest.mark.parametrize("cell", [*CELLS, mgu.NAME])
def test_every_block_and_gate_of_an_entry_is_a_field_of_its_steps(cell: str) -> None:
    entry = CELLS[cell]
    step = Recurrent(random_weights(cell)).read(["time"])[-1]
    gates = {entry.keep, entry.write, entry.look_back} - {None}
    for name in {*entry.blocks, *gates}:
        assert name is not None and getattr(step, name).shape == (HIDDEN_SIZE,)


@pytest.mark.parametrize("message", ["what time is it ?", "zzz", "tell me something new " * 5])
def test_its_states_and_logits_are_torchs(message: str) -> None:
    weights = random_weights(mgu.NAME)
    steps = Recurrent(weights).read(words(message))
    states, logits = torch_states(weights, message)
    np.testing.assert_allclose(np.stack([step.hidden for step in steps]), states, atol=1e-5)
    np.testing.assert_allclose(intent_logits(weights, steps[-1].hidden), logits, atol=1e-5)


@pytest.mark.parametrize("t", [4, 1])
def test_its_gradient_is_that_of_pushing_its_state(t: int) -> None:
    weights = random_weights(mgu.NAME)
    recurrent = Recurrent(weights)
    classifier = IntentClassifier(weights, tuple("abc"), Calibration(1.0, 0.0, 1.0, 0.5))
    steps = recurrent.read(WORDS)
    norms = gradient_norms(recurrent, steps, logit_gradient(weights, steps[-1].hidden, 1))
    expected = np.linalg.norm(pushed((recurrent, classifier), t, "hidden", 1))
    assert norms[t] == pytest.approx(expected, rel=1e-2)


def test_its_gates_are_told_as_the_entry_names_them() -> None:
    steps = Recurrent(random_weights(mgu.NAME)).read(["what", "time"])
    uses = gate_use(mgu.NAME, steps)
    assert uses is not None
    for use, step in zip(uses, steps, strict=True):
        assert step.update_gate is not None
        assert use.keep == use.look_back == pytest.approx(float(step.update_gate.mean()))
        assert use.write == pytest.approx(1 - use.keep)


def test_its_weights_are_written_read_drawn_and_renumbered() -> None:
    weights = random_weights(mgu.NAME)
    sizes = Sizes.of(weights)
    data = weights_file.encode(weights)
    again = weights_file.decode(data, sizes, weights.base, Path("weights.safetensors"))
    np.testing.assert_array_equal(again.recurrent_weight, weights.recurrent_weight)
    with pytest.raises(weights_file.ModelError, match="shape"):
        gru = sizes._replace(cell="gru")
        weights_file.decode(data, gru, weights.base, Path("weights.safetensors"))
    assert untrained_weights(weights, mgu.NAME, 0).input_weight.shape == (
        2 * HIDDEN_SIZE,
        WORD_SIZE,
    )
    order = np.random.default_rng(0).permutation(HIDDEN_SIZE)
    before = Recurrent(weights).read(["what", "time"])[-1].hidden
    after = Recurrent(renumbered(weights, order)).read(["what", "time"])[-1].hidden
    np.testing.assert_allclose(after, before[order], atol=1e-6)


@pytest.mark.slow
def test_the_lab_trains_compares_and_keeps_it(small_intents: Intents) -> None:
    *_, lab = run_lab(small_intents, Plan(hidden=8, steps=20))
    assert isinstance(lab, Lab)
    assert [result.cell for result in lab.cells] == [*CELLS]
    lines = "\n".join(report.as_lines(lab, read_sentence(lab, "what time is it")))
    assert lines.count(mgu.ENTRY.title) > 5
    files.save(lab, small_intents.digest)
    kept = files.load(small_intents.digest)
    assert kept.cells[-1].cell == mgu.NAME
    np.testing.assert_array_equal(
        kept.cells[-1].trained.recurrent_weight, lab.cells[-1].trained.recurrent_weight
    )


@pytest.mark.slow
def test_the_command_line_trains_and_explains_it(small_file: Path) -> None:
    def chatbot(*arguments: str) -> str:
        code = (
            "import sys; from tests.network import minimal_gated_unit; minimal_gated_unit.add();"
            "from chatbot.cli import main; main(sys.argv[1:])"
        )
        command = [sys.executable, "-c", code, "--intents", str(small_file), *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
        assert done.returncode == 0, done.stderr
        return done.stdout

    chatbot("train", "--cell", mgu.NAME, "--hidden", "8")
    traced = json.loads(chatbot("trace", "hello there", "--json"))
    assert traced["cell"] == mgu.NAME
    assert len(traced["gates"]) == 2
    assert traced["answers"][-1]["intent"] == "greeting", "it has learned something"
