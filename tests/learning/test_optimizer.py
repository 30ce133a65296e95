"""Our AdamW is torch's, without what torch's class drags in."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import nn

from chatbot.learning.optimizer import AdamW, Group


@pytest.mark.slow
def test_it_takes_the_same_steps_as_torchs_class() -> None:
    torch.manual_seed(0)
    ours, theirs = (nn.Linear(5, 3) for _ in range(2))
    theirs.load_state_dict(ours.state_dict())
    weight, bias = ours.parameters()
    groups = [Group([weight], 0.1, 0.5), Group([bias], 0.01, 0.0)]
    optimizer = AdamW(groups)
    reference = torch.optim.AdamW(
        [{"params": [theirs.weight], "lr": 0.1, "weight_decay": 0.5},
         {"params": [theirs.bias], "lr": 0.01, "weight_decay": 0.0}]
    )  # fmt: skip
    for _ in range(5):
        x = torch.randn(4, 5)
        optimizer.clear()
        reference.zero_grad()
        for layer in (ours, theirs):
            layer(x).square().sum().backward()
        optimizer.step()
        reference.step()
    torch.testing.assert_close(ours.weight, theirs.weight)
    torch.testing.assert_close(ours.bias, theirs.bias)


@pytest.mark.slow
def test_training_does_not_import_torchs_compiler() -> None:
    code = """
import sys
from chatbot.intents import Intent, Intents
from chatbot.learning.training import Settings, train
file = Intents((Intent("a", ("x", "y"), ("r",)), Intent("b", ("z", "w"), ("r",))), None)
list(train(file, Settings()))
list(train(file, Settings(use_base=False)))
print("torch._dynamo" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
