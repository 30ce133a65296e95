"""What a bot's own patterns say about how sure is sure enough, beside what all bots taught.

A bot that is easy for the base, or that has many patterns, is surer of itself than the practice
bots were, and rightly so. Its answers to its own patterns, each asked before it was learned, adapt
the coefficients that all bots share: a little where they are few, more where they are many. What is
out of scope needs no example: a pattern of an intent that is left out is one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatbot.model import Sureness
from chatbot.network import logistic

SPREADS = np.array([2.5, 0.3, 2.5, 2.5, 0.15, 0.15, 0.08, 0.05, 1.0])
"""By how much each of OF_ANSWERS differs between the answers of practice bots: the coefficients are
pulled in these units."""

RIDGE, OFFSET_RIDGE = 1_000.0, 30.0
"""Penalties: half of it for each squared spread by which a coefficient moves, and for the squared
logit by which the offset does. Measured before the base learned on from its last bots: CLINC150
with 50 patterns an intent has an AUROC of .960 without, .962 with these, .961 with a ridge of 300,
.959 of 100. With 10 for the offset the small bots in other languages answer 12.5 % wrongly, with 30
9.9."""

OUT_OF_SCOPE_WEIGHT = 0.5
"""What an answer to a pattern of an intent that is left out weighs. With 1, CLINC150 with 10
patterns an intent would answer 83.3 % rightly instead of 86.0 (and refuse 89.7 % of what is out of
scope instead of 84.7): such messages are nearer than most of what people type."""

ENOUGH = 1e-6
"""Largest part of a step at which it ends."""

STEPS = 100
"""Of Newton's method at most; 4 to 10 are usual."""


def adapted(
    shared: Sureness,
    numbers: NDArray[np.float64],
    is_right: NDArray[np.bool_],
    out_of_scope: NDArray[np.float64],
) -> Sureness:
    """Return the sureness of a bot, adapted to its answers.

    `numbers` (asked, OF_ANSWERS) describe answers to its patterns and `is_right` (asked,) says
    which are right, `out_of_scope` (others, OF_ANSWERS) describe answers to messages out of scope.
    Without these nothing would speak against answering, and it stays as it is.

    Logistic regression with a ridge towards the shared coefficients: convex, so one solution. The
    steps of Newton's method are halved while they lead uphill.
    """
    if not len(out_of_scope):
        return shared
    rows = np.concatenate([numbers, out_of_scope]) / SPREADS
    wanted = np.concatenate([is_right, np.zeros(len(out_of_scope))])
    weight = np.where(np.arange(len(rows)) < len(numbers), 1.0, OUT_OF_SCOPE_WEIGHT)
    centre = rows.mean(axis=0)  # so that coefficients and offset hardly depend on each other
    inputs = np.column_stack([rows - centre, np.ones(len(rows))])
    logits = rows @ (np.array(shared.coefficients) * SPREADS) + shared.offset
    ridge = np.append(np.full(len(SPREADS), RIDGE), OFFSET_RIDGE)

    def loss(change: NDArray[np.float64]) -> float:
        moved = logits + inputs @ change
        unlikely = np.logaddexp(0, moved) - wanted * moved
        return float(weight @ unlikely + ridge @ change**2 / 2)

    change = np.zeros(len(ridge))
    least = loss(change)
    for _ in range(STEPS):
        chance = logistic(logits + inputs @ change)
        gradient = inputs.T @ (weight * (chance - wanted)) + ridge * change
        hessian = (inputs.T * (weight * chance * (1 - chance))) @ inputs + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        while (after := loss(change - step)) > least and np.abs(step).max() > ENOUGH:
            step /= 2
        if np.abs(step).max() <= ENOUGH:
            break
        change, least = change - step, after
    coefficients = np.array(shared.coefficients) + change[:-1] / SPREADS
    return Sureness(
        tuple(np.round(coefficients, 5).tolist()),
        round(shared.offset + float(change[-1] - centre @ change[:-1]), 5),
        shared.threshold,
    )
