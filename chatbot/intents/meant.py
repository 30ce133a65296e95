"""The remedy of a name that nobody knows: the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from chatbot.common import _

ALIKE = 0.6
"""How alike a slip and what was meant are at least, from 0 to 1: "wekend", "slotts"."""


def meant(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the question whether one of the `known` was meant; `otherwise` where none is alike."""
    near = get_close_matches(name.strip(), sorted(known), 1, ALIKE)
    return _("Did you mean “{name}”?").format(name=near[0]) if near else otherwise
