"""Checkpoints of a pretraining: everything that changes, as one safetensors file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.network import Hashes

NAME = "checkpoint.safetensors"

HASHES = "hashes"
"""(features,) hashes of the features, rising; feature i has row i + 1 of the network's words."""

ROWS = "network.words.weight"
"""The parameter of a module whose rows are those of the features."""

TOPICS = "supervision.topics"
"""The parameter of a module that another corpus has in another number."""


def save(
    folder: Path,
    identity: str,
    step: int,
    module: nn.Module,
    optimizers: Sequence[torch.optim.Optimizer],
    hashes: Hashes,
) -> None:
    """Write a checkpoint, replacing the one before in a single step."""
    part = folder / (NAME + ".part")
    metadata = {"step": str(step), "identity": identity}
    tensors = _tensors(module, optimizers) | {HASHES: torch.from_numpy(hashes)}
    save_file(tensors, part, metadata)
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


def start_from(folder: Path, module: nn.Module, hashes: Hashes) -> int:
    """Give a module what an earlier run in `folder` has learned, be it of another corpus.

    Features that the earlier run did not have, and the topics of another corpus, stay as they are.
    Returns how many of the features in `hashes` it had. Raises PretrainingError where there is no
    checkpoint, or one of a network of another shape.
    """
    path = folder / NAME
    if not path.exists():
        raise PretrainingError(
            f"{folder}: no {NAME} to start from. It is the --work folder of an earlier run"
        )
    with safe_open(path, framework="pt") as file, torch.no_grad():
        known, mine, theirs = np.intersect1d(
            hashes, file.get_tensor(HASHES).numpy(), assume_unique=True, return_indices=True
        )
        for name, parameter in module.named_parameters():
            learned = file.get_tensor(f"parameter.{name}")
            if name == ROWS and learned.shape[1:] == parameter.shape[1:]:
                # Row 0 is the unknown feature's.
                parameter[0] = learned[0]
                parameter[torch.from_numpy(mine + 1)] = learned[torch.from_numpy(theirs + 1)]
            elif learned.shape == parameter.shape:
                parameter.copy_(learned)
            elif name != TOPICS:
                raise PretrainingError(
                    f"{path}: {name} has the shape {tuple(learned.shape)}, not "
                    f"{tuple(parameter.shape)}. Start from a run with the same sizes"
                )
    return len(known)


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
