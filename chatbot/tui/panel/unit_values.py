"""Units of the hidden state: the order in which they are drawn, and the value of one in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatbot.common import N_, _, percent
from chatbot.network import CELLS

if TYPE_CHECKING:
    from chatbot.insight import Explanation, Trace

ORDERS = {
    "number": N_("by number"),
    "decisive": N_("by decisive"),
    "changed": N_("by changed"),
    "owner": N_("by owner"),
}
"""Orders of the units, and how they are called on the screen."""

SORTS = tuple(ORDERS)
"""How units are ordered: by their number (neighbours agree), by how much they decide between the
two best intents, by how much the word at the cursor changed them, or by the word that owns them."""

NEED_EXPLANATION = ("decisive", "owner")
"""Orders that depend on what a worker must work out."""


def in_order(trace: Trace, word: int, sort: str, explained: Explanation | None) -> list[int]:
    """Return the units in the order of `sort`; by number where what it needs is not known yet.

    `word` is the index of the word at the cursor, in the trace.
    """
    import numpy as np  # not at start-up

    order = np.arange(trace.hidden.shape[1])
    if sort == "changed" and trace.words:
        before = trace.hidden[word - 1] if word else np.zeros_like(trace.hidden[0])
        order = np.argsort(-np.abs(trace.hidden[word] - before), kind="stable")
    elif sort == "decisive" and explained is not None:
        order = np.argsort(-explained.decisive, kind="stable")
    elif sort == "owner" and explained is not None and explained.shares is not None:
        order = np.argsort(explained.shares.owners, kind="stable")
    units: list[int] = order.tolist()
    return units


def value_at(trace: Trace, word: int, unit: int, explained: Explanation | None) -> str:
    """Return the value of a unit after a word of the trace, its gates and its owner, in words."""
    step, cell = trace.steps[word], CELLS[trace.cell]
    parts = [
        _("unit {number} after “{word}”: {value:+.3f}").format(
            number=unit, word=trace.words[word], value=trace.hidden[word, unit]
        )
    ]
    gates = (
        (_("keeps {share}"), cell.keep),
        (_("looks back {share}"), cell.look_back),
        (_("writes {share}"), cell.write),
    )
    parts += [
        does.format(share=percent(getattr(step, gate)[unit]))
        for does, gate in gates
        if gate is not None
    ]
    if explained is not None and explained.shares is not None:
        owner = explained.trace.words[int(explained.shares.owners[unit])]
        parts.append(_("owner “{word}”").format(word=owner))
    return " · ".join(parts)
