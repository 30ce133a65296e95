"""Setting the threshold: what another one would change on the messages that were typed lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from chatbot.common import _, percent
from chatbot.tui.actions import BY_NAME, keys_for
from chatbot.tui.dialogs import Dialog
from chatbot.tui.session import keys_of
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot

RECENT = 100
"""Messages that are asked."""
STEP = 0.05
RULER = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, and how sure the bot is of its intent."""

    message: str
    intent: str
    confidence: float
    is_certain: bool
    """Whether the file says what it is, or that it is nothing: no threshold changes that."""


class ThresholdScreen(Dialog[float | None]):
    """Dismisses with a threshold, 0 for the model's own, or None."""

    BINDINGS = [
        *keys_for({"dialog.less": "by(-1)", "dialog.more": "by(1)", "dialog.own": "own"}),
        *keys_for({"cursor.choose": "take"}, priority=True),
    ]
    chooses = BY_NAME["text.enter"].title
    moves = ()

    @dataclass
    class Ready(Message):
        """The bot was asked."""

        asked: tuple[Asked, ...]

    def __init__(self, bot: Chatbot | None, messages: Sequence[str], value: float) -> None:
        """Take the bot, what was typed lately (the latest last), and the threshold that is set."""
        super().__init__()
        self._bot = bot
        self._messages = tuple(dict.fromkeys(reversed(messages)))[:RECENT]
        self._value = value
        self._asked: tuple[Asked, ...] | None = None

    @property
    def _own(self) -> float:
        """The threshold that the model has learned; of no model, that of most."""
        from chatbot.model import THRESHOLD  # not paid for at start-up

        return THRESHOLD if self._bot is None else self._bot.model.card.calibration.threshold

    @property
    def _now(self) -> float:
        """The threshold that is in force."""
        return self._own if self._bot is None or not self._bot.threshold else self._bot.threshold

    def compose(self) -> ComposeResult:
        """The threshold above, what it would change below."""
        with Vertical(id="threshold") as box:
            box.border_title = _("Threshold")
            keys = keys_of(self)
            hint = _("{keys} change it · {own} the model's own · {take} takes it").format(
                keys=keys.signs("dialog.less", "dialog.more"),
                own=keys.signs("dialog.own"),
                take=keys.written("cursor.choose"),
            )
            box.border_subtitle = hint
            yield Static(id="threshold-value", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="threshold-effect", markup=False)

    def on_mount(self) -> None:
        """Ask the bot."""
        self._draw()
        if self._bot is not None:
            self._ask(self._bot)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _ask(self, bot: Chatbot) -> None:
        found = []
        for message in self._messages:
            prediction = bot.read(message).prediction
            known = bot.intents.by_tag(prediction.intent) is not None
            certain = prediction.is_pattern or not known
            found.append(Asked(message, prediction.intent, prediction.confidence, certain))
        self.post_message(self.Ready(tuple(found)))

    def on_threshold_screen_ready(self, event: Ready) -> None:
        """Show what it says."""
        self._asked = event.asked
        self._draw()

    def action_by(self, steps: int) -> None:
        """Move the threshold by steps of five percent."""
        value = round((self._value or self._own) / STEP + steps) * STEP
        self._value = round(min(max(value, STEP), 1.0), 2)
        self._draw()

    def action_own(self) -> None:
        """Go back to what the model has learned."""
        self._value = 0.0
        self._draw()

    def action_take(self) -> None:
        """Dismiss with the threshold."""
        self.answer(self._value)

    def _draw(self) -> None:
        value = self._value or self._own
        place = min(round(value * RULER), RULER - 1)
        ruler = "─" * place + "●" + "─" * (RULER - 1 - place)
        own = (
            _("{own:.2f}, the model's own").format(own=self._own)
            if not self._value
            else f"{value:.2f}"
        )
        self.query_one("#threshold-value", Static).update(Content(f"{own}\n0 {ruler} 1"))
        self.query_one("#threshold-effect", Static).update(self._effect(value))

    def _effect(self, value: float) -> Content:
        if self._bot is None:
            return Content(_("No bot answers yet, so what it would change is not known."))
        if self._asked is None:
            return Content(_("Asking the bot …"))
        if not self._asked:
            return Content(_("No messages yet: type some, and what it would change is shown here."))
        open_ones = [asked for asked in self._asked if not asked.is_certain]
        lost = [a for a in open_ones if self._now <= a.confidence < value]
        won = [a for a in open_ones if value <= a.confidence < self._now]
        lines = [Content(_summary(len(self._asked), len(lost), len(won)))]
        for heading, group in ((_("the fallback instead of"), lost), (_("an answer now:"), won)):
            if group:
                lines += [Content(""), Content.styled(heading, "bold")]
                lines += [_line(asked) for asked in sorted(group, key=lambda a: a.confidence)]
        return Content("\n").join(lines)


def _summary(asked: int, lost: int, won: int) -> str:
    if lost:
        text = _(
            "Of your {asked} latest messages, {count} would get the fallback instead of an answer."
        )
    elif won:
        text = _(
            "Of your {asked} latest messages, {count} would get an answer instead of the fallback."
        )
    else:
        text = _("Of your {asked} latest messages, none would be answered otherwise than now.")
    return text.format(asked=asked, count=lost or won)


def _line(asked: Asked) -> Content:
    message = shorten(" ".join(shown(asked.message).split()), 36)
    return Content(f"  {shown(asked.intent)} {percent(asked.confidence)}  “{message}”")
