"""Model info: what the model is, how good it is and where its files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from chatbot.common import HARDER, Locations, measured, percent
from chatbot.tui.dialogs import PageScreen
from chatbot.tui.text import shown_path

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.model import Metrics


class ModelInfoScreen(PageScreen):
    """The card of the model that answers."""

    def __init__(self, bot: Chatbot | None, locations: Locations) -> None:
        super().__init__("Model info", _facts(bot, locations))


def _facts(bot: Chatbot | None, found: Locations) -> Content:
    rows = [
        ("intents file", f"{shown_path(found.intents)}\n({found.intents_because})"),
        ("model", f"{shown_path(found.model)}\n({found.model_because})"),
    ]
    rows += [("state", "No model yet: F5 trains one.")] if bot is None else _card_rows(bot)
    lines: list[Content] = []
    for name, value in rows:
        first, *rest = value.split("\n")
        lines.append(Content.assemble((f"{name:<14}", "bold"), Content(first)))
        lines += [Content(" " * 14 + line) for line in rest]
    return Content("\n").join(lines)


def _known(metrics: Metrics) -> str:
    return f"it knows {percent(metrics.known_words or 0)} of the words in the patterns"


def _learned(metrics: Metrics) -> str:
    epochs = "1 epoch" if metrics.epochs == 1 else f"{metrics.epochs} epochs"
    return f"{metrics.patterns} patterns, {epochs}, {metrics.seconds} s"


def _threshold(bot: Chatbot) -> str:
    own = bot.model.card.calibration.threshold
    return (
        f"{own:.2f}" if bot.threshold is None else f"{bot.threshold:.2f} (set; its own: {own:.2f})"
    )


def _card_rows(bot: Chatbot) -> list[tuple[str, str]]:
    card = bot.model.card
    metrics = card.metrics
    weights = bot.model.weights
    start = "random weights" if card.base is None else f"the pretrained base ({_known(metrics)})"
    accuracy = metrics.held_out_accuracy
    if accuracy is None:
        quality = "not known: too few patterns to hold any out"
    else:
        quality = (
            measured(accuracy, metrics.held_out_patterns, "patterns it had not seen")
            + f"\n{HARDER}\nmacro F1 {metrics.held_out_macro_f1:.3f}, calibration error "
            f"{metrics.held_out_calibration_error:.3f}"
        )
    stale = "\nolder than the intents file: F5 retrains it" if bot.is_stale else ""
    return [
        ("network", f"{card.cell.upper()}, {card.hidden_size} units, one direction"),
        (
            "words",
            f"{card.features - 1:,} hashed features of {card.word_size} numbers learned here, "
            f"{len(weights.base.hashes):,} in the base",
        ),
        ("started from", start),
        ("intents", str(len(card.intents))),
        ("learned", _learned(metrics)),
        ("held-out", quality),
        (
            "threshold",
            f"{_threshold(bot)}: below this confidence a message is out of scope",
        ),
        ("trained", f"{card.trained_at}, chatbot {card.chatbot_version}{stale}"),
    ]
