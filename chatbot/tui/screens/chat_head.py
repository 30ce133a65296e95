"""The head of the conversation: which bot it is, what answers, and what is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from chatbot.common import N_, _, bot_title, likely_range, ngettext, percent
from chatbot.tui.session import Session
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot

LOADING = N_("loading…")
CANNOT_ANSWER = N_("cannot answer")
NO_MODEL = N_("no model")
"""What is lacking while the bot has never been trained."""


class MenuButton(Static):
    """The visible way to the menu."""

    async def on_click(self) -> None:
        """Open the menu."""
        await self.app.run_action("menu")


class ChatHead(Vertical):
    """A bar with name, status and menu; below it a banner, while something is lacking."""

    DEFAULT_CSS = """
    ChatHead {
        height: auto;
        #bar { height: 1; background: $panel; }
        #bar-title { width: auto; padding: 0 1; text-style: bold; color: $text-primary; }
        #bar-status {
            width: 1fr;
            color: $foreground-muted;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        #bar-menu {
            width: auto;
            padding: 0 1;
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            &:hover { text-style: underline; }
        }
        #banner {
            display: none;
            height: auto;
            max-height: 4;
            padding: 0 1;
            background: $warning-muted;
            color: $text-warning;
            &.-shown { display: block; }
        }
    }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lack = LOADING
        """What to say while there is no bot."""
        self._problem = ""
        """Why there is none."""

    def compose(self) -> ComposeResult:
        """The bar and the banner."""
        with Horizontal(id="bar"):
            yield Static("chatbot", id="bar-title", markup=False)
            yield Static(_(self._lack), id="bar-status", markup=False)
            yield MenuButton(self._way_to_menu, id="bar-menu", markup=False)
        yield Static(id="banner", markup=False)

    def on_mount(self) -> None:
        """Follow the session."""
        self._session.bot_changed.subscribe(self, lambda __: self.draw())
        self._session.training_changed.subscribe(self, lambda __: self.draw())
        self._session.keys_changed.subscribe(self, lambda __: self.draw())
        self.draw()

    def _key(self, action: str) -> str:
        return self._session.keys.written(action)

    def bot_failed(self, problem: str, *, needs_training: bool) -> None:
        """There is no bot: say why, and the way out."""
        self._lack = NO_MODEL if needs_training else CANNOT_ANSWER
        self._problem = problem
        self.draw()

    def enter_bot(self) -> None:
        """Another bot is open now; it is loading."""
        self._lack, self._problem = LOADING, ""
        self.draw()

    def say_again(self) -> None:
        """Say it in another language."""
        self.draw()

    def draw(self) -> None:
        """Write all of it anew."""
        title, status = self._title, self._private + self._status
        self._write("bar-title", title)
        self._write("bar-status", status)
        self._write("bar-menu", self._way_to_menu)
        banner = self._banner
        self._write("banner", banner)
        self.query_one("#banner").set_class(bool(banner), "-shown")

    def _write(self, part: str, text: str) -> None:
        self.query_one(f"#{part}", Static).update(Content(text))

    def on_resize(self) -> None:
        """Another width has room for other facts."""
        self.call_after_refresh(self.draw)

    @property
    def _private(self) -> str:
        return _("private · {text}").format(text="") if self._session.is_private else ""

    @property
    def _room(self) -> int:
        """Cells for what answers; without a layout yet, many."""
        width = self.query_one("#bar-status").size.width
        return (width or self.app.size.width) - len(self._private)

    @property
    def _way_to_menu(self) -> str:
        return _("≡ Menu {key}").format(key=self._key("menu"))

    @property
    def _title(self) -> str:
        """The name of the bot, where its file has one of its own."""
        return shorten(shown(bot_title(self._session.locations.intents)), 20)

    @property
    def _status(self) -> str:
        """How far a training is, else what answers, else what is lacking."""
        course, bot = self._session.training, self._session.bot
        retrain = self._key("retrain")
        if course is not None and course.waiting is not None:
            return _("a new model waits for you · {key} shows it").format(key=retrain)
        if course is not None and course.is_running:
            if course.share is None:
                return _("training starts · {key} shows it").format(key=retrain)
            text = _("training {share} · {key} shows it")
            return text.format(share=percent(course.share), key=retrain)
        return _(self._lack) if bot is None else describe(bot, self._room)

    @property
    def _banner(self) -> str:
        """What is lacking, and the way to it; empty where nothing is."""
        bot, intents = self._session.bot, self._session.locations.intents
        retrain = self._key("retrain")
        if bot is not None:
            old = _("The model is older than {name}: {key} retrains it.")
            return old.format(name=shown(intents.name), key=retrain) if bot.is_stale else ""
        if self._lack != NO_MODEL:
            return self._problem
        course = self._session.training
        is_running = course is not None and course.is_running
        text = (
            _(
                "No model for {file} yet: it is in training, {key} shows it. Messages wait until "
                "then."
            )
            if is_running
            else _("No model for {file} yet: {key} trains one. Messages wait until then.")
        )
        return text.format(file=shown(intents.name), key=retrain)


def _intents(bot: Chatbot) -> str:
    """Return how many intents the model knows, and how many of them the file no longer has."""
    known = bot.model.card.intents
    text = ngettext("{count} intent", "{count} intents", len(known)).format(count=len(known))
    gone = sum(bot.intents.by_tag(intent) is None for intent in known)
    # Translators: of the intents that the model has learned.
    return text + (" " + _("({count} not in the file)").format(count=gone) if gone else "")


def describe(bot: Chatbot, width: int) -> str:
    """Return what answers, in a few words; what has no room in `width` cells is left out.

    How good it is comes first: on how many patterns that was measured, and how far chance may go.
    """
    card = bot.model.card
    metrics = card.metrics
    facts = [
        card.cell.upper(),
        _("{count} units").format(count=card.hidden_size),
        _intents(bot),
    ]
    if metrics.held_out_accuracy is not None:
        asked = metrics.held_out_patterns
        facts.append(
            _("held-out {share} of {asked} ({range})").format(
                share=percent(metrics.held_out_accuracy),
                asked=asked,
                range=likely_range(metrics.held_out_accuracy, asked),
            )
        )
    texts = [" · ".join(facts[start:]) for start in range(len(facts))]
    return next((text for text in texts if len(text) <= width), texts[-1])
