"""What pretraining strives for: each loss falls where it should, and only there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from chatbot.learning.data import NO_NOISE, FeatureTable, encode, hashes_of
from chatbot.learning.network import Network, Shape
from chatbot.learning.pretraining.objectives import (
    SHOTS,
    Supervision,
    distillation_loss,
    losses,
)
from chatbot.learning.threads import one_thread
from chatbot.words import words

SIZE = 16


@pytest.fixture(autouse=True)
def seeded() -> Iterator[None]:
    with one_thread():
        torch.manual_seed(0)
        yield


def unit(rows: Tensor) -> Tensor:
    return nn.functional.normalize(rows, dim=1)


def some(lines: int, size: int = SIZE) -> Tensor:
    return unit(torch.randn(lines, size))


# ---- distillation


def test_views_that_are_the_teachers_lose_nothing_but_what_lines_have_in_common() -> None:
    target = torch.eye(8)
    loss, cosine = distillation_loss(target, target)
    assert cosine.item() == pytest.approx(1)
    # Seven others, all alike: the relational term cannot be less than ln 7 nats.
    assert loss.item() == pytest.approx(0.3 * np.log(7), abs=1e-3)


def test_the_opposite_of_the_teacher_is_the_worst_and_between_it_gets_better() -> None:
    target, other = some(32), some(32)
    found = [
        distillation_loss(unit(share * target + (1 - abs(share)) * other), target)
        for share in (-1.0, 0.0, 0.3, 0.6, 1.0)
    ]
    values = [loss.item() for loss, _ in found]
    cosines = [cosine.item() for _, cosine in found]
    assert values == sorted(values, reverse=True)
    assert cosines == sorted(cosines) and cosines[0] == pytest.approx(-1, abs=1e-5)


def test_its_gradient_leads_to_the_teacher() -> None:
    target = some(12)
    free = torch.randn(12, SIZE, requires_grad=True)
    optimizer = torch.optim.Adam([free], lr=0.05)
    for _ in range(200):
        loss, _ = distillation_loss(unit(free), target)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert (unit(free) * target).sum(1).min().item() > 0.95


def test_lines_whose_views_are_mixed_up_lose_more_than_lines_that_are_a_little_off() -> None:
    """Which line of the batch it is counts too, not the direction alone."""
    target = some(16)
    mixed = target.roll(1, dims=0)
    off = unit(target + 0.3 * torch.randn(16, SIZE))
    assert distillation_loss(mixed, target)[0] > distillation_loss(off, target)[0] + 5


def test_a_batch_of_two_equal_lines_has_a_finite_loss() -> None:
    same = some(1).repeat(2, 1)
    loss, cosine = distillation_loss(same, same)
    assert torch.isfinite(loss) and cosine.item() == pytest.approx(1)


# ---- topics


def supervision(languages: list[int]) -> Supervision:
    return Supervision(np.array(languages, dtype=np.int64), SIZE)


def test_without_any_topic_there_is_nothing_to_lose() -> None:
    found = supervision([0, 0]).topic_loss(some(3), torch.tensor([-1, -1, -1]))
    assert found.item() == 0
    none = supervision([]).topic_loss(some(2), torch.tensor([-1, -1]))
    assert none.item() == 0


def test_lines_without_a_topic_change_nothing() -> None:
    judge, views = supervision([0, 0, 1]), some(4)
    alone = judge.topic_loss(views[:2], torch.tensor([1, 2]))
    beside = judge.topic_loss(views, torch.tensor([1, 2, -1, -1]))
    assert beside.item() == pytest.approx(alone.item())


def test_only_the_topics_of_the_same_language_are_rivals() -> None:
    judge = supervision([0, 0, 1, 1])
    own, foreign = judge.topics[0], judge.topics[2]
    with torch.no_grad():
        foreign.copy_(own)  # the same topic in another language may lie in the same place
    view = unit(own[None].detach())
    near = judge.topic_loss(view, torch.tensor([0])).item()
    with torch.no_grad():
        judge.topics[1].copy_(own)
    assert near < 0.1
    assert judge.topic_loss(view, torch.tensor([0])).item() == pytest.approx(np.log(2), abs=1e-3)


def test_a_view_near_its_topic_loses_less_and_the_length_of_a_topic_is_nothing() -> None:
    judge = supervision([0, 0, 0])
    right, wrong = (unit(judge.topics[k][None].detach()) for k in (0, 1))
    topic = torch.tensor([0])
    before = judge.topic_loss(right, topic).item()
    assert before < judge.topic_loss(wrong, topic).item()
    with torch.no_grad():
        judge.topics.mul_(7)
    assert judge.topic_loss(right, topic).item() == pytest.approx(before, abs=1e-5)


# ---- episodes


def episode(
    spread: float, intents: int = 4, each: int = 14, outside: int = 6
) -> tuple[Tensor, np.ndarray]:
    """Views of messages around a direction per intent, then of messages of none."""
    labels = np.repeat(np.arange(intents), each)
    centres = torch.eye(SIZE)[:intents][torch.from_numpy(labels)]
    views = unit(centres + spread * torch.randn(len(labels), SIZE))
    elsewhere = unit(torch.eye(SIZE)[-1:] + 0.1 * torch.randn(outside, SIZE))
    return torch.cat([views, elsewhere]), np.append(labels, np.full(outside, -1))


def episode_loss(views: Tensor, intents: np.ndarray, seed: int = 0) -> float:
    found: Tensor = supervision([]).episode_loss(views, intents, np.random.default_rng(seed))
    return found.item()


def test_the_loss_of_a_bot_falls_as_the_messages_of_an_intent_gather() -> None:
    found = [episode_loss(*episode(spread)) for spread in (2.0, 0.5, 0.2, 0.05)]
    assert found == sorted(found, reverse=True)
    assert found[-1] < 0.1 < found[0]


def test_messages_of_no_intent_must_be_near_none() -> None:
    views, intents = episode(0.1)
    apart = episode_loss(views, intents)
    among = views.clone()
    among[intents < 0] = views[0]
    assert episode_loss(among, intents) > apart + 0.5


def test_a_bot_without_messages_of_no_intent_is_learned_too() -> None:
    views, intents = episode(0.1, outside=0)
    assert np.isfinite(episode_loss(views, intents))


def test_intents_with_few_messages_are_prototypes_and_are_not_asked() -> None:
    """However many patterns are drawn, an intent of one message gives it away."""
    views, intents = episode(0.1, each=SHOTS[1] + 2)
    few = np.append(intents, [4])
    more = torch.cat([views, some(1)])
    for seed in range(8):
        assert np.isfinite(episode_loss(more, few, seed))


def test_a_bot_whose_messages_are_all_prototypes_has_nothing_to_lose() -> None:
    """Two messages per intent, and none of no intent: nothing is left to ask."""
    views, intents = episode(0.1, each=2, outside=0)
    for seed in range(8):
        assert episode_loss(views, intents, seed) == 0


def test_an_intent_whose_messages_an_earlier_bot_had_leaves_the_others_to_learn() -> None:
    """A text is kept once in a corpus: a bot may be left with nothing of an intent."""
    views, intents = episode(0.1)
    chosen = intents != 1
    assert np.isfinite(episode_loss(views[torch.from_numpy(chosen)], intents[chosen]))


def test_a_bot_of_messages_of_no_intent_alone_has_nothing_to_lose() -> None:
    assert episode_loss(some(5), np.full(5, -1)) == 0


def test_learning_an_episode_moves_the_views_of_an_intent_together() -> None:
    views, intents = episode(1.0)
    free, judge = views.clone().requires_grad_(), supervision([])
    optimizer = torch.optim.Adam([free, *judge.parameters()], lr=0.02)
    rng = np.random.default_rng(0)
    for _ in range(150):
        loss = judge.episode_loss(unit(free), intents, rng)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    cosines = (unit(free) @ unit(free).T).detach().numpy()
    same = (intents[:, None] == intents) & (intents >= 0)[:, None]
    other = (intents[:, None] != intents) & (intents >= 0)[:, None]
    assert cosines[same].mean() > cosines[other].mean() + 0.5


# ---- all of them


@pytest.mark.parametrize("topics", [[-1, -1, -1], [0, -1, 1]])
def test_a_step_is_both_teachers_and_the_topics_by_their_share(topics: list[int]) -> None:
    messages = encode([tuple(words(text)) for text in ("what time is it", "hello", "good night")])
    table = FeatureTable(messages.vocabulary, hashes_of(messages.vocabulary))
    network = Network(table.size, Shape(8, 12, (SIZE, SIZE, SIZE), 10))
    batch = table.batch(messages, np.arange(3), NO_NOISE, np.random.default_rng(0))
    states = network.final_states(batch)
    judge = supervision([0, 0])
    first, second, chosen = some(3), some(3), torch.tensor(topics)
    found = losses(network, states, first, second, judge, chosen, topic_weight=0.7)
    one, other, own = network.views(states)
    expected = distillation_loss(one, first)[0] + distillation_loss(other, second)[0]
    share = sum(topic >= 0 for topic in topics) / 3
    expected = expected + 0.7 * share * judge.topic_loss(own, chosen)
    assert found.total.item() == pytest.approx(expected.item(), rel=1e-5)
    assert found.e5_cosine.item() == pytest.approx((one * first).sum(1).mean().item(), abs=1e-5)
    assert found.minilm_cosine.item() == pytest.approx(
        (other * second).sum(1).mean().item(), abs=1e-5
    )
