"""The texts of the tour, filled with the figures of a message.

Sentences that interpret the figures are chosen by the figures. What a person typed is inserted as
it is, never used as a template.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.common import _, percent
from chatbot.tour.figures import TourFigures
from chatbot.tour.sentences import SENTENCES

STEPS = (
    "sequence", "words", "state", "feed_forward",
    "circle", "forgetting", "backpropagation", "gates",
)  # fmt: skip

NEARLY_LOST = 0.7
"""A word whose share is below this part of an equal share counts as nearly lost."""


@dataclass(frozen=True, slots=True)
class Page:
    """One step of the tour in words."""

    name: str
    heading: str
    text: str


def pages(figures: TourFigures) -> tuple[Page, ...]:
    """Return the eight steps for a message, in the interface's language."""
    values = _values(figures)
    chosen = _chosen(figures)
    return tuple(
        Page(
            name,
            _(SENTENCES[name]["heading"]),
            " ".join(
                _(SENTENCES[name][key]).format_map(values)
                for key in ("text", *chosen.get(name, ()))
            ),
        )
        for name in STEPS
    )


def _values(figures: TourFigures) -> dict[str, object]:
    """Return the values of the names in the sentences."""
    explained, words = figures.explanation, figures.words
    answer = explained.trace.answers[-1]
    decided = explained.decided_at or 0
    strongest = max(range(len(words)), key=lambda t: figures.shares[t])
    gates = explained.gates or ()
    keep = sum(use.keep for use in gates) / len(gates) if gates else 0.0
    return {
        "count": len(words),
        "units": explained.trace.hidden.shape[1],
        "cell": explained.trace.cell.upper(),
        "intents": len(explained.intents),
        "intent": answer.intent,
        "confidence": percent(answer.confidence),
        "decided_word": words[decided],
        "decided": decided + 1,
        "first": words[0],
        "first_share": percent(figures.shares[0]),
        "first_untrained": percent(figures.untrained_shares[0]),
        "last": words[-1],
        "last_untrained": percent(figures.untrained_shares[-1]),
        "strongest": words[strongest],
        "strongest_share": percent(figures.shares[strongest]),
        "gradient": percent(figures.gradient[0]),
        "gradient_untrained": _small(figures.untrained_gradient[0]),
        "keep": percent(keep),
    }


def _chosen(figures: TourFigures) -> dict[str, tuple[str, ...]]:
    """Return the keys of the sentences that are true of the figures, by step."""
    explained, count = figures.explanation, len(figures.words)
    answer = explained.trace.answers[-1]
    lost = figures.untrained_shares[0] < NEARLY_LOST / count
    ours = figures.shares[0] >= figures.untrained_shares[0]
    more = figures.gradient[0] > figures.untrained_gradient[0]
    single = count == 1
    return {
        "words": ("decided",) if answer.in_scope else ("undecided",),
        "feed_forward": ("in_scope",) if answer.in_scope else ("out_of_scope",),
        "forgetting": ("single",)
        if single
        else ("lost" if lost else "not_lost", "kept" if ours else "not_kept"),
        "backpropagation": ("single",) if single else ("more" if more else "not_more",),
        "gates": ("gated",) if explained.gates is not None else ("gateless",),
    }


def _small(share: float) -> str:
    """Return a share that may be far below one percent."""
    return percent(share) if share >= 0.01 else f"{share * 100:.2g} %"
