"""The arithmetic of the benchmarks, where it could be wrong and nobody would see it."""

from __future__ import annotations

import math
from itertools import permutations
from pathlib import Path

import deletion
import numpy as np
import pytest
from attributions import Case, Methods
from deletion import UNKNOWN, Bounds, Remains, Score
from tables import head, row, write

from chatbot.insight.shares import centred_logits, game_of
from tests.random_network import Network

WORDS = ("tell", "me", "what", "time")


def remains(words: int, seed: int = 0) -> Remains:
    rng = np.random.default_rng(seed)
    return Remains(rng.random(2**words), rng.random(2**words))


def scored(answer: list[float], state: list[float], left: Remains) -> Score:
    found = deletion.score(np.array(answer), np.array(state), left, deletion.bounds_of(left))
    return found


@pytest.mark.parametrize("deletions", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_the_limits_are_those_of_all_orders(deletions: int, seed: int) -> None:
    gain = np.random.default_rng(seed).normal(size=16)
    means = []
    for order in permutations(range(4)):
        left, total = 15, 0.0
        for word in order[:deletions]:
            left -= 1 << word
            total += gain[left]
        means.append(total / deletions)
    assert deletion.limits(gain, deletions) == pytest.approx((min(means), max(means)))


def test_the_best_and_the_worst_order_have_the_normalised_values_one_and_zero() -> None:
    left = remains(4)
    found = [scored(order, order, left) for order in map(list, permutations([4.0, 3.0, 2.0, 1.0]))]
    for figures in ([s.naopc for s in found], [s.state_naopc for s in found]):
        assert min(figures) == pytest.approx(0) and max(figures) == pytest.approx(1)


def test_the_highest_words_go_first_and_everything_counts_as_defined() -> None:
    # Words a, b, c; b has the highest score, then c. Bits: a 1, b 2, c 4.
    probability = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9])
    distance = np.array([1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.0])
    found = scored([1.0, 3.0, 2.0], [0.1, 0.3, 0.2], Remains(probability, distance))
    assert found.aopc == pytest.approx(np.mean([0.9 - 0.6, 0.9 - 0.2, 0.9 - 0.1]))
    # 10, 20 and 50 % of three words are one, one and two.
    assert found.comprehensiveness == pytest.approx(np.mean([0.3, 0.3, 0.7]))
    assert found.sufficiency == pytest.approx(np.mean([0.9 - 0.3, 0.9 - 0.3, 0.9 - 0.7]))
    assert found.state_aopc == pytest.approx(0.5), "half of three words is one"
    # Alone, without a .4, without b .5, without c .7: ranks 1, 2, 3 against 1, 3, 2.
    assert found.rho == pytest.approx(0.5)


def test_where_no_order_is_better_than_another_there_is_nothing_to_normalise() -> None:
    even = Remains(np.full(8, 0.5), np.full(8, 0.5))
    assert deletion.bounds_of(even) == Bounds((0, 0), (0.5, 0.5))
    with np.errstate(invalid="ignore"):
        assert math.isnan(scored([1, 2, 3], [1, 2, 3], even).naopc)


def test_equal_numbers_share_their_rank() -> None:
    a, b = np.array([1.0, 2.0, 2.0, 3.0]), np.array([10.0, 20.0, 20.0, 30.0])
    assert deletion.spearman(a, b) == pytest.approx(1)
    assert deletion.spearman(a, -b) == pytest.approx(-1)


def test_every_subset_with_unknown_words_has_the_state_that_reading_it_gives(
    network: Network,
) -> None:
    recurrent, classifier = network
    states, logits = deletion.replaced(recurrent, classifier, WORDS)
    for subset, state in enumerate(states):
        read = [word if subset >> t & 1 else UNKNOWN for t, word in enumerate(WORDS)]
        expected = recurrent.read(read)[-1].hidden
        np.testing.assert_allclose(state, expected, atol=1e-5)
        np.testing.assert_allclose(logits[subset], centred_logits(classifier, expected), atol=1e-4)


def test_a_message_without_words_is_as_likely_to_mean_one_intent_as_another(
    network: Network,
) -> None:
    states, logits = deletion.deleted(*network, WORDS)
    left = deletion.remains_of(states, logits, temperature=0.7)
    assert left.probability[0] == pytest.approx(1 / len(network[1].intents))
    assert left.distance[0] == pytest.approx(1) and left.distance[-1] == 0


def test_the_interval_of_the_mean_is_that_of_the_normal_distribution() -> None:
    values = np.random.default_rng(1).normal(5, 2, 400)
    low, high = deletion.bootstrap(values)
    half = 1.96 * values.std() / 20
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.03)


def case_of(network: Network) -> Case:
    recurrent, classifier = network
    state = recurrent.read(WORDS)[-1].hidden
    intent = int(classifier.logits(state).argmax())
    game = game_of(recurrent, classifier, WORDS)
    return Case(WORDS, state, game, intent, np.random.default_rng(0))


def test_torch_and_numpy_agree(network: Network) -> None:
    assert Methods(*network).disagreement(case_of(network)) < 1e-5


@pytest.mark.parametrize("target", ["logit", "log-probability"])
def test_shares_and_gradients_explain_the_same_number(
    network: Network,
    target: str,
) -> None:
    methods = Methods(*network, target=target)  # type: ignore[arg-type]
    case = case_of(network)
    in_numpy = methods.explained(case.game.logits[-1], case.intent)
    in_torch = methods.explained_in_torch(methods.vectors(case.words), case.intent)
    assert float(in_torch[0]) == pytest.approx(float(in_numpy), abs=1e-5)
    empty = methods.explained(case.game.logits[0], case.intent)
    assert methods.exact(case).answer.sum() == pytest.approx(float(in_numpy - empty), abs=1e-4)


def test_a_walk_along_the_path_gives_what_it_promises_in_every_unit(
    network: Network,
) -> None:
    methods, case = Methods(*network), case_of(network)
    vectors = methods.vectors(case.words)
    baseline = methods.vectors((UNKNOWN,) * len(case.words))
    nodes, weights = np.polynomial.legendre.leggauss(256)
    units = methods.along(vectors, baseline, (nodes + 1) / 2, weights / 2)
    end, begin = (methods.torch.states(v)[0].numpy() for v in (vectors, baseline))
    np.testing.assert_allclose(units.sum(axis=0), end - begin, atol=2e-3)


def test_it_is_captums_in_every_unit(network: Network) -> None:
    captum = pytest.importorskip("captum.attr")
    methods, case = Methods(*network), case_of(network)
    vectors = methods.vectors(case.words)
    baseline = vectors * 0
    nodes, weights = np.polynomial.legendre.leggauss(32)
    units = methods.along(vectors, baseline, (nodes + 1) / 2, weights / 2)
    for unit in (0, 7):
        theirs = captum.IntegratedGradients(methods.torch.states).attribute(
            vectors, baselines=baseline, target=unit, n_steps=32, method="gausslegendre"
        )
        np.testing.assert_allclose(units[:, unit], theirs[0].sum(dim=1).numpy(), atol=1e-5)


def test_the_slope_times_the_input_is_that_of_small_pushes(network: Network) -> None:
    methods, case = Methods(*network), case_of(network)
    vectors = methods.vectors(case.words).double()
    methods.torch.network.double()
    pushed = []
    for t in range(len(case.words)):
        ends = []
        for push in (1e-4, -1e-4):
            moved = vectors.clone()
            moved[0, t] *= 1 + push
            ends.append(methods.explained_in_torch(moved, case.intent)[0].item())
        pushed.append((ends[0] - ends[1]) / 2e-4)
    methods.torch.network.float()
    assert methods.gradient_times_input(case).answer == pytest.approx(pushed, abs=1e-4)


def test_a_table_written_twice_stands_there_once(tmp_path: Path) -> None:
    path = tmp_path / "doc.md"
    path.write_text("# Before\n", encoding="utf-8")
    write(path, "A", ["| old |"], "faithfulness")
    write(path, "A", ["| other |"], "accuracy")
    write(path, "A", ["| new |"], "faithfulness")
    text = path.read_text(encoding="utf-8")
    assert text.count("<!-- faithfulness: A -->") == 1 and "| old |" not in text
    assert "| new |" in text and "| other |" in text and text.startswith("# Before")


def test_an_empty_cell_of_a_table_is_one_blank_wide() -> None:
    assert head("", "bots") == ["| | bots |", "|---|---|"]
    assert row("mean", "", 0) == "| mean | | 0 |"
