"""The side panel: which message and which view it shows, and what stands around the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import var
from textual.widgets import Static

from chatbot.common import KEPT_WORDS, N_, _
from chatbot.tui.actions import bindings
from chatbot.tui.panel.around import draw_around
from chatbot.tui.panel.message import PanelMessage
from chatbot.tui.panel.player import Player
from chatbot.tui.panel.state_view import StateView
from chatbot.tui.panel.view import PanelView, Place, Shown, Subject
from chatbot.tui.panel.work import Explained, PanelWork
from chatbot.tui.session import follow_keys

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Explanation, Trace

EMPTY = N_(
    "Type a message: each word you finish is one step of the network, and its hidden state "
    "appears here."
)


class HiddenStatePanel(Vertical):
    """Shows one message: the one being typed, the selected one, or the pinned one."""

    DEFAULT_CSS = """
    HiddenStatePanel {
        padding: 0 1;
        #panel-title { height: 1; text-style: bold; color: $text-primary; }
        #panel-columns { height: 1; color: $foreground-muted; }
        #panel-note { height: auto; max-height: 3; color: $text-success; display: none; }
        #panel-note.-shown { display: block; }
        #panel-empty { height: 1fr; color: $foreground-muted; padding: 1 0; display: none; }
        #panel-value { height: auto; min-height: 1; max-height: 4; }
        #panel-legend { height: 1; color: $foreground-muted; }
        &.-empty PanelView { display: none; }
        &.-empty #panel-empty { display: block; }
        &.-empty #panel-columns { display: none; }
    }
    """
    PLACE = "panel"
    BINDINGS = bindings(PLACE)
    pinned: var[bool] = var(False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.bot: Chatbot | None = None
        self.view = StateView.NAME
        """Name of the view on show."""
        self._message = PanelMessage()
        self._latest: tuple[Reading | None, str, str] = (None, "", "")
        """What would be on show if nothing were pinned: reading, which message, pending word."""
        self._place = Place()
        """Where the cursor of the view before was."""
        self._player = Player()
        self._work = PanelWork(self)

    def compose(self) -> ComposeResult:
        """Title, who decides, columns, the first view, value, legend."""
        yield Static(id="panel-title")
        yield Static(id="panel-note")
        yield Static(id="panel-columns")
        yield StateView().add_class("-current")
        yield Static(_(EMPTY), id="panel-empty", markup=False)
        yield Static(id="panel-value")
        yield Static(id="panel-legend")

    def on_mount(self) -> None:
        """Begin empty; follow the keys, which title and legend name."""
        self._set(None, "", "")
        follow_keys(self, lambda _: self._draw_around())

    def make_views(self) -> None:
        """Make the other views, once: neither the first paint nor the bot waits for them."""
        from chatbot.tui.panel.registry import VIEWS  # start-up

        views = self.query(PanelView)
        if self.is_attached and len(views) == 1:  # not closed meanwhile, and not there already
            self.mount(*(view() for view in VIEWS[1:]), after=views.first())

    # ---- which message

    @property
    def shown(self) -> Shown | None:
        """The message on show."""
        return self._message.shown

    @property
    def trace(self) -> Trace | None:
        """What the network did with the words of it that are on."""
        return self.shown.trace if self.shown is not None else None

    @property
    def explanation(self) -> Explanation | None:
        """What was worked out of the words that are on."""
        return self._message.explanation

    def show(self, reading: Reading | None, what: str, pending: str = "") -> None:
        """Show a message; a pinned one stays, and is compared with it.

        `what` says which message it is ("typing", "sent"), `pending` is its unfinished word.
        """
        self._latest = (reading, what, pending)
        if self.pinned:
            self._ask()
        elif self.shown is not None and reading is self._message.reading:
            self._message.type_on(what, pending)
            self._draw()
        else:
            self._set(reading, what, pending)

    def _set(self, reading: Reading | None, what: str, pending: str) -> None:
        """Show a message with all its words on."""
        self._player.stop()
        bot = self.bot
        if bot is not None and reading is not None:
            bot = bot.within(reading.contexts)  # what decided about it
        self._message.set(bot, reading, what, pending)
        self._place = self._place._replace(word=None)
        self._draw()
        self._ask()

    def _draw(self) -> None:
        """Give the message to the view that shows it."""
        view = self.current
        self._give(view)
        is_empty = self.shown is None or not (self.shown.words or self.shown.pending)
        self.set_class(is_empty and view.IS_OF_MESSAGE, "-empty")
        self._draw_around()

    def _give(self, view: PanelView) -> None:
        view.subject = self._subject
        view.show(self.shown)
        if self.explanation is not None:
            view.explain(self.explanation)

    @property
    def _subject(self) -> Subject | None:
        return self._message.subject(self._latest[0], is_pinned=self.pinned)

    def _ask(self) -> None:
        """Have worked out what the view on show needs and does not have."""
        view = self.current
        view.subject = self._subject
        view.ask(self._work)

    @on(Explained)
    def _explained(self, event: Explained) -> None:
        event.stop()
        # Another message may be on show by now; its own explanation is on the way.
        if self._message.explain(event.explanation):
            self.current.explain(event.explanation)
            self._draw_around()

    # ---- which view

    @property
    def current(self) -> PanelView:
        """The view on show."""
        return self._named(self.view)

    def _named(self, name: str) -> PanelView:
        return self.query_one(f"#view-{name}", PanelView)

    def focus_view(self) -> None:
        """Give the keys to the view on show."""
        self.current.focus()

    def on_descendant_focus(self) -> None:
        """Who steps through a view is told more than who types."""
        self._ask()

    def next_view(self) -> None:
        """Show the next view."""
        from chatbot.tui.panel.registry import VIEWS  # start-up, as above

        names = [view.NAME for view in VIEWS]
        self.action_view(names[(names.index(self.view) + 1) % len(names)])

    def action_view(self, view: str) -> None:
        """Show a view; the cursor and the keys go along."""
        self.make_views()
        had_focus = self.has_focus_within
        self._note_place()
        self._player.stop()
        self.current.remove_class("-current")
        self.view = view
        self.current.add_class("-current")
        self._draw()
        self.current.go_to(self._place)
        if had_focus:
            self.focus_view()
        self._ask()

    def _note_place(self) -> None:
        """Keep the place of the cursor, of what the view on show does not have the one before."""
        word, unit = self.current.place
        self._place = Place(
            self._place.word if word is None else word, self._place.unit if unit is None else unit
        )

    @on(PanelView.Requested)
    def _requested(self, event: PanelView.Requested) -> None:
        event.stop()
        self.action_view(event.name)

    @on(PanelView.Changed)
    def _changed(self, event: PanelView.Changed) -> None:
        """Say in words what is at the cursor."""
        event.stop()
        if event.needs_work:
            self._ask()
        self._draw_around()

    async def action_of_view(self, view: str, action: str) -> None:
        """Do what a key of a view does that works in all of them."""
        self.make_views()
        target = self._named(view)
        self._give(target)
        await target.run_action(action)

    async def action_in_view(self, view: str, action: str) -> None:
        """Show a view, and do in it what a key of its own does."""
        if view != self.view:
            self.action_view(view)
        await self._named(view).run_action(action)

    # ---- playing, and switching words off

    def action_play(self) -> None:
        """Let the words come one by one; again, or any step, stops it."""
        self._player.toggle(self.current)

    def action_switch_word(self) -> None:
        """Switch the word at the cursor off, or on again; the last one that is on stays."""
        word = self.current.place.word
        if self.shown is None or word is None:
            return
        if self.shown.trace.further:
            text = _("Words of a message of more than {count} are not switched off.")
            self.notify(text.format(count=KEPT_WORDS), markup=False)
            return
        off = self.shown.off ^ {word}
        if len(off) < len(self.shown.words):
            self._switch(off)

    def action_all_words(self) -> None:
        """Switch all words on."""
        if self.shown is not None and self.shown.off:
            self._switch(frozenset())

    def _switch(self, off: frozenset[int]) -> None:
        bot = self._message.bot
        assert bot is not None  # there are words
        self._note_place()
        self._message.switch(bot, off, self._work.patterns(bot))
        self._draw()
        self.current.go_to(self._place)
        self._ask()

    # ---- pinning

    def toggle_pin(self) -> None:
        """Pin the panel to what it shows, or free it."""
        if self.pinned:
            self.free()
        elif self.shown is not None and self.shown.words:
            self.pinned = True
            self._ask()

    def free(self) -> None:
        """Show the latest message again."""
        if self.pinned:
            self.pinned = False
            self._set(*self._latest)

    def watch_pinned(self) -> None:
        """Say so in the title."""
        if self.is_mounted:
            self._draw_around()

    # ---- what stands around the view

    def say_again(self) -> None:
        """Say everything anew, in another language."""
        self.query_one("#panel-empty", Static).update(_(EMPTY))
        self._draw()

    def on_resize(self) -> None:
        """Lay out what depends on the width."""
        self._draw_around()

    def notify_style_update(self) -> None:
        """Another theme: the scale has other colours."""
        super().notify_style_update()
        if self.is_mounted and self.size.width:
            self._draw_around()

    def _draw_around(self) -> None:
        draw_around(self, self.current, self.shown, is_pinned=self.pinned)
