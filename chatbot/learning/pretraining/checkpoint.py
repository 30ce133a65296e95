"""Checkpoints of a pretraining: everything that changes, as one safetensors file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from chatbot.learning.pretraining.errors import PretrainingError

NAME = "checkpoint.safetensors"


def save(
    folder: Path,
    identity: str,
    step: int,
    module: nn.Module,
    optimizers: Sequence[torch.optim.Optimizer],
) -> None:
    """Write a checkpoint, replacing the one before in a single step."""
    part = folder / (NAME + ".part")
    metadata = {"step": str(step), "identity": identity}
    save_file(_tensors(module, optimizers), part, metadata)
    part.replace(folder / NAME)


def load(
    folder: Path,
    identity: str,
    module: nn.Module,
    optimizers: Sequence[torch.optim.Optimizer],
) -> int:
    """Go on from the checkpoint in a folder; return its step, 0 where there is none.

    Raises PretrainingError when it was made from something else than `identity`.
    """
    path = folder / NAME
    if not path.exists():
        return 0
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata()
        if metadata.get("identity") != identity:
            raise PretrainingError(
                f"{path}: of another corpus or with other settings. Choose another folder "
                "with --work, or the settings it was started with"
            )
        for name, tensor in _tensors(module, optimizers).items():
            tensor.copy_(file.get_tensor(name))
        for optimizer in optimizers:
            for state in optimizer.state.values():
                # SparseAdam counts in a plain number.
                if isinstance(state["step"], int):
                    state["step"] = int(metadata["step"])
    return int(metadata["step"])


def _tensors(module: nn.Module, optimizers: Sequence[torch.optim.Optimizer]) -> dict[str, Tensor]:
    """Return everything that changes, by name; the tensors themselves, not copies."""
    names = {parameter: name for name, parameter in module.named_parameters()}
    tensors = {f"parameter.{name}": p.data for p, name in names.items()}
    for optimizer in optimizers:
        for parameter in (p for group in optimizer.param_groups for p in group["params"]):
            state = optimizer.state[parameter]
            if not state:
                is_sparse = isinstance(optimizer, torch.optim.SparseAdam)
                state["step"] = 0 if is_sparse else torch.tensor(0.0)
                state["exp_avg"] = torch.zeros_like(parameter)
                state["exp_avg_sq"] = torch.zeros_like(parameter)
            tensors |= {
                f"{key}.{names[parameter]}": value
                for key, value in state.items()
                if isinstance(value, Tensor)
            }
    return tensors
