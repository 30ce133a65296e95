"""Model info: what the model is, how good it is and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from chatbot.paths import Locations
from chatbot.tui.text import shown_path

if TYPE_CHECKING:
    from chatbot.bot import Chatbot


class ModelInfoScreen(ModalScreen[None]):
    """The card of the model that answers."""

    DEFAULT_CSS = """
    ModelInfoScreen {
        align: center middle;
        VerticalScroll {
            width: 84;
            max-width: 96%;
            height: auto;
            max-height: 94%;
            padding: 1 2;
            border: round $primary;
            background: $surface;
            border-title-color: $text-primary;
        }
    }
    """
    BINDINGS = [Binding("escape,enter,q", "dismiss(None)", "Close", show=False)]

    def __init__(self, bot: Chatbot | None, locations: Locations) -> None:
        super().__init__()
        self._bot = bot
        self._locations = locations

    def compose(self) -> ComposeResult:
        """List the facts."""
        with VerticalScroll() as box:
            box.border_title = "Model info · Escape closes"
            yield Static(self._facts())

    def _facts(self) -> Content:
        rows = [
            (
                "intents file",
                f"{shown_path(self._locations.intents)}\n({self._locations.intents_because})",
            ),
            ("model", f"{shown_path(self._locations.model)}\n({self._locations.model_because})"),
        ]
        if self._bot is None:
            rows.append(("state", "No model yet: F5 trains one."))
        else:
            rows += _card_rows(self._bot)
        lines: list[Content] = []
        for name, value in rows:
            first, *rest = value.split("\n")
            lines.append(Content.assemble((f"{name:<14}", "bold"), Content(first)))
            lines += [Content(" " * 14 + line) for line in rest]
        return Content("\n").join(lines)


def _card_rows(bot: Chatbot) -> list[tuple[str, str]]:
    card = bot.model.card
    metrics, calibration = card.metrics, card.calibration
    parameters = sum(
        array.size
        for name, array in vars(bot.model.weights).items()
        if name not in ("cell", "buckets", "row_of_bucket")
    )
    if metrics.held_out_accuracy is None:
        quality = "not known: too few patterns to hold any back"
    else:
        quality = (
            f"{metrics.held_out_accuracy:.1%} right of {metrics.held_out_patterns} patterns it "
            f"had not seen\nmacro F1 {metrics.held_out_macro_f1:.3f}, calibration error "
            f"{metrics.held_out_calibration_error:.3f}"
        )
    stale = "\nolder than the intents file: F5 retrains it" if bot.is_stale else ""
    return [
        ("network", f"{card.cell.upper()}, {card.hidden_size} units, one direction"),
        ("words", f"{card.features:,} hashed features of {card.word_size} numbers"),
        ("parameters", f"{parameters:,}"),
        ("intents", str(len(card.intents))),
        ("learned", f"{metrics.patterns} patterns, {metrics.epochs} epochs, {metrics.seconds} s"),
        ("held-out", quality),
        (
            "threshold",
            f"{calibration.threshold:.2f}: below this confidence a message is out of scope",
        ),
        ("trained", f"{card.trained_at}, chatbot {card.chatbot_version}{stale}"),
    ]
