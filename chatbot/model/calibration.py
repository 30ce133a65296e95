"""Calibration: from held-out logits to a confidence that means something, and its threshold.

Few users give out-of-scope examples. Two stand-ins are used: the held-out patterns themselves,
asked of a bot that lacks their own intent (its logit is removed), which are near and hard; and the
shipped outliers, which are about anything else. Examples of the file's own come as a third kind.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chatbot.model.classifier import Calibration, confidences, energies
from chatbot.network import Floats, logistic

TEMPERATURES = np.geomspace(0.4, 4.0, 48)
"""Temperatures tried: 5 % steps are finer than the data can distinguish."""

OUT_OF_SCOPE = 0.2
"""Assumed share of a bot's messages that are out of scope. Measured on the validation part of
CLINC150, 10 patterns per intent, at a threshold of .5: in-scope messages answered correctly, and
out-of-scope messages refused, are 82 and 86 % at .1, 79 and 93 % at .2, 75 and 95 % at .3."""

PRIOR = 0.01
"""Weight of the pull towards a flat curve: with few held-out patterns the fit is too steep."""

THRESHOLDS = (0.4, 0.6)
"""Bounds of the threshold: a small held-out split must not lead to an absurd one."""

UNSURE_OUTLIERS = 0.2
"""Share of the outliers left out, those nearest to the patterns: they may be in scope."""


def fit(
    logits: Floats,
    labels: NDArray[np.int64],
    outliers: Floats | None = None,
    examples: Floats | None = None,
) -> Calibration:
    """Fit temperature, scope and threshold on held-out logits (patterns, intents).

    `labels` (patterns,) holds the index of the right intent, `outliers` the logits
    (messages, intents) of messages about something else, `examples` those of what the intents file
    says is out of scope.
    """
    withheld = logits.copy()
    withheld[np.arange(len(labels)), labels] = -np.inf
    others = [withheld]
    if outliers is not None and len(outliers):
        order = np.argsort(energies(outliers))
        others.append(outliers[order[: max(1, round(len(order) * (1 - UNSURE_OUTLIERS)))]])
    if examples is not None and len(examples):
        others.append(examples)
    every = np.concatenate([logits, *others])
    # In-scope messages have their share of the weight; the kinds of others share the rest equally.
    weight = np.concatenate(
        [np.full(len(logits), (1 - OUT_OF_SCOPE) / len(logits))]
        + [np.full(len(group), OUT_OF_SCOPE / len(others) / len(group)) for group in others]
    )
    right = np.zeros(len(every), dtype=bool)
    right[: len(labels)] = logits.argmax(axis=1) == labels
    slope, centre = _scope(energies(every), np.arange(len(every)) < len(logits), weight)

    def best_confidence(temperature: float) -> NDArray[np.float64]:
        tried = Calibration(temperature, centre, slope, threshold=0.0)
        best: NDArray[np.float64] = confidences(every, tried).max(axis=1)
        return best

    # What the confidence claims is that the answer is right: the Brier score judges that claim.
    temperature = min(
        TEMPERATURES.tolist(), key=lambda t: (weight * (best_confidence(t) - right) ** 2).sum()
    )
    threshold = _worthwhile(best_confidence(temperature), right, weight)
    return Calibration(temperature, centre, slope, float(np.clip(threshold, *THRESHOLDS)))


def _scope(
    energy: NDArray[np.float64], in_scope: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """Return slope and centre of the logistic curve of in scope over energy (Newton's method)."""
    mean, spread = float(energy.mean()), float(energy.std()) + 1e-6
    x = np.stack([(energy - mean) / spread, np.ones_like(energy)], axis=1)
    curve = np.zeros(2)
    for _ in range(25):  # settles to 1e-6 within ten
        probability = logistic(x @ curve)
        gradient = x.T @ (weight * (probability - in_scope)) + PRIOR * curve * (1, 0)
        hessian = (x * (weight * probability * (1 - probability))[:, None]).T @ x
        curve -= np.linalg.solve(hessian + np.diag([PRIOR, 1e-6]), gradient)
    # A falling curve would make strange messages the familiar ones.
    slope = max(float(curve[0]), 1e-3)
    return slope / spread, mean - float(curve[1]) / slope * spread


def _worthwhile(
    best: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> float:
    """Return the threshold at which right answers most outweigh wrong ones.

    Where a model is often wrong, "I don't know" must come earlier.
    """
    order = np.argsort(-best)
    ahead = np.cumsum(np.where(right[order], weight[order], -weight[order]))
    return float(best[order[np.argmax(ahead)]])


def expected_calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> float:
    """Return the mean gap between confidence and accuracy over equal-width bins (Naeini 2015)."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[index == b].mean() - right[index == b].mean()) * np.mean(index == b)
        for b in np.unique(index)
    ]
    return float(sum(gaps))
