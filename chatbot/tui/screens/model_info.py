"""Model info: what the model is, how good it is and where its files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from chatbot.common import HARDER, Locations, _, measured, ngettext, percent
from chatbot.tui.actions import Keymap
from chatbot.tui.dialogs import PageScreen
from chatbot.tui.text import shown_path

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.model import Metrics


class ModelInfoScreen(PageScreen):
    """The card of the model that answers."""

    def __init__(self, bot: Chatbot | None, locations: Locations, keys: Keymap) -> None:
        super().__init__(_("Model info"), _facts(bot, locations, keys.written("retrain")))


def _facts(bot: Chatbot | None, found: Locations, retrain: str) -> Table:
    rows = [
        (_("intents file"), f"{shown_path(found.intents)}\n({found.intents_because})"),
        (_("model"), f"{shown_path(found.model)}\n({found.model_because})"),
    ]
    if bot is None:
        rows.append((_("state"), _("No model yet: {key} trains one.").format(key=retrain)))
    else:
        rows += _card_rows(bot, retrain)
    table = Table.grid(padding=(0, 2, 0, 0))  # a value that wraps stays in its column
    for name, value in rows:
        table.add_row(Text(name, "bold"), Text(value))
    return table


def _known(metrics: Metrics) -> str:
    return _("it knows {share} of the words in the patterns").format(
        share=percent(metrics.known_words or 0)
    )


def _learned(metrics: Metrics) -> str:
    epochs = ngettext("{count} epoch", "{count} epochs", metrics.epochs)
    return _("{patterns} patterns, {epochs}, {seconds} s").format(
        patterns=metrics.patterns,
        epochs=epochs.format(count=metrics.epochs),
        seconds=metrics.seconds,
    )


def _threshold(bot: Chatbot) -> str:
    own = bot.model.card.calibration.threshold
    return (
        f"{own:.2f}"
        if bot.threshold is None
        else _("{threshold:.2f} (set; its own: {own:.2f})").format(threshold=bot.threshold, own=own)
    )


def _card_rows(bot: Chatbot, retrain: str) -> list[tuple[str, str]]:
    card = bot.model.card
    metrics = card.metrics
    weights = bot.model.weights
    start = (
        _("random weights")
        if card.base is None
        else _("the pretrained base ({known})").format(known=_known(metrics))
    )
    accuracy, is_part = metrics.held_out_accuracy, metrics.is_of_a_part
    if accuracy is None:
        quality = _("not known: too few patterns to hold any out")
    else:
        quality = _(
            "{measured}\n{warning}\nmacro F1 {f1:.3f}, calibration error {error:.3f}"
        ).format(
            measured=measured(accuracy, metrics.held_out_patterns, "patterns it had not seen")
            + (_(",\na part of its {patterns}: Evaluate asks them all") if is_part else "").format(
                patterns=metrics.patterns
            ),
            warning=_(HARDER),
            f1=metrics.held_out_macro_f1,
            error=metrics.held_out_calibration_error,
        )
    old = _("\nolder than the intents file: {key} retrains it").format(key=retrain)
    stale = old if bot.is_stale else ""
    return [
        (
            _("network"),
            _("{cell}, {units} units, one direction").format(
                cell=card.cell.upper(), units=card.hidden_size
            ),
        ),
        (
            _("words"),
            _(
                "{features:,} hashed features of {word_size} numbers learned here, {base:,} in "
                "the base"
            ).format(
                features=card.features - 1, word_size=card.word_size, base=len(weights.base.hashes)
            ),
        ),
        (_("started from"), start),
        (_("intents"), str(len(card.intents))),
        (_("learned"), _learned(metrics)),
        (_("held-out"), quality),
        (
            _("threshold"),
            _("{threshold}: below this confidence a message is out of scope").format(
                threshold=_threshold(bot)
            ),
        ),
        (
            _("trained"),
            _("{time}, chatbot {version}{stale}").format(
                time=card.trained_at, version=card.chatbot_version, stale=stale
            ),
        ),
    ]
