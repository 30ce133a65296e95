"""What every view of the panel offers: a message, a cursor, what is drawn, and what it waits for.

A new view is a subclass of PanelView in a module of its own and one line in `registry.VIEWS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from chatbot.common import N_, _, percent
from chatbot.tui.actions import bindings
from chatbot.tui.panel.work import PanelWork
from chatbot.tui.text import ink, shorten
from chatbot.tui.widgets import palette

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading
    from chatbot.insight import Explanation, Trace


STAGES = (N_("typing"), N_("sent"))
"""What a message that is shown may be."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel shows: a message, and which of its words are read."""

    what: str
    """Which message it is, one of STAGES; in English."""
    words: tuple[str, ...]
    """All words of the message; of a long one, the first, whose states are kept."""
    off: frozenset[int]
    """Indices of the words that are switched off."""
    pending: str
    """The word that is being typed, not read yet."""
    trace: Trace
    """Of the words that are on."""
    tags: Mapping[int, str] = field(default_factory=dict)
    """The slots of words that are values, by the index of the word."""

    @property
    def kept(self) -> tuple[int, ...]:
        """Indices in `words` of the trace's words."""
        return tuple(t for t in range(len(self.words)) if t not in self.off)

    @property
    def last_line(self) -> str:
        """What is drawn below the rows: how many words have none, or the word being typed."""
        further, answer = self.trace.further, self.trace.final_answer
        if not further or answer is None:
            return self.pending
        return _("… and {count:,} more words, then: {intent} {confidence}").format(
            count=further,
            intent=answer.intent if answer.in_scope else f"? {answer.intent}",
            confidence=percent(answer.confidence),
        )

    def place(self, word: int) -> int | None:
        """Return where a word stands in the trace; None if it is off, or of a longer message."""
        if word in self.off or word >= len(self.words):
            return None
        return word - sum(1 for t in self.off if t < word)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a view may ask about: the bot, the message on show, and another one to compare."""

    bot: Chatbot
    reading: Reading | None
    """The message on show, with all its words; None where there is none."""
    read: Reading | None
    """The same with only the words that are on."""
    is_pinned: bool
    latest: Reading | None
    """While a message is pinned: the one that would be on show otherwise."""


class Place(NamedTuple):
    """Where a cursor is. It goes along from view to view; None is nowhere in particular."""

    word: int | None = None
    """Index among all words of the message."""
    unit: int | None = None
    """Index of a unit of the hidden state."""


def beside(text: str, tag: str, width: int) -> tuple[str, str]:
    """Return a word and the slot whose value it is, in so many cells; "" where it has none."""
    if not tag:
        return set_cell_size(shorten(text, width), width), ""
    room = min(cell_len(tag) + 1, width // 2)
    said = shorten(text, width - room)
    left = width - cell_len(said)
    return said, set_cell_size(f" {shorten(tag, left - 1)}", left)


class PanelView(ScrollView, can_focus=True):
    """One view of the panel, drawn line by line as it is scrolled to.

    The panel sets `subject`, then calls `show`, and `explain` once the explanation is there. The
    cursor is on one of `rows`; the heads, the legend and the sentence around the view are its own.
    """

    NAME: ClassVar[str]
    """In the style sheet and in actions."""
    TITLE: ClassVar[str]
    IS_OF_MESSAGE: ClassVar[bool] = True
    """Whether the view is about the message on show, and has nothing to draw without one."""
    HAS_WORD_ROWS: ClassVar[bool] = False
    """Whether the rows are the words of the message: the cursor follows the newest, and they can
    be played one by one."""

    FOCUS_ON_CLICK = False  # who clicks a word and goes on typing is talking to the bot
    PLACE = "panel.view"
    BINDINGS = bindings(PLACE)
    COMPONENT_CLASSES = {
        "panel-view--word",
        "panel-view--muted",
        "panel-view--for",
        "panel-view--against",
    }
    DEFAULT_CSS = """
    PanelView {
        height: 1fr;
        display: none;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        &.-current { display: block; }
        .panel-view--word { text-style: bold; }
        .panel-view--muted { color: $foreground-muted; }
        .panel-view--for { color: $text-success; }
        .panel-view--against { color: $text-warning; }
    }
    """

    class Changed(Message):
        """What stands around the view has changed: its cursor moved, or its size, or its figures.

        `needs_work` says that something must be worked out for it first.
        """

        def __init__(self, *, needs_work: bool = False) -> None:
            super().__init__()
            self.needs_work = needs_work

    class Requested(Message):
        """A view is to be shown."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id=f"view-{self.NAME}")
        self.subject: Subject | None = None
        self.shown: Shown | None = None
        self.explanation: Explanation | None = None
        self.cursor = 0
        """Index of the row that the cursor is on."""
        self.upto: int | None = None
        """The last row that is drawn while the message plays; None for all."""
        self.background = Style()

    # ---- the message

    def show(self, shown: Shown | None) -> None:
        """Show a message; its explanation follows when it is worked out."""
        is_another = self.shown is None or shown is None or _rows(self.shown) != _rows(shown)
        self.shown, self.explanation = shown, None
        follows = is_another and self.HAS_WORD_ROWS
        last = max(self.rows - 1, 0)
        self.cursor = last if follows else min(self.cursor, last)
        self.draw()
        if follows:
            self.scroll_end(animate=False)

    def explain(self, explanation: Explanation) -> None:
        """Take what was worked out of the words that are on."""
        self.explanation = explanation
        self.draw()

    def ask(self, work: PanelWork) -> None:
        """Have worked out what the view needs and does not have; by default the explanation."""
        subject = self.subject
        if subject is not None and subject.read is not None and self.explanation is None:
            work.explain(subject.bot, subject.read)

    # ---- the cursor

    @property
    def rows(self) -> int:
        """Number of rows that the cursor goes over."""
        raise NotImplementedError

    @property
    def place(self) -> Place:
        """Where the cursor is, for the next view."""
        return Place()

    def go_to(self, place: Place) -> None:
        """Put the cursor where it was in the view before, as far as this view has such a place."""

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        self.cursor = min(max(row, 0), max(self.rows - 1, 0))
        self.draw()
        self._show_cursor()
        self.post_message(self.Changed())

    def _show_cursor(self) -> None:
        self.scroll_to_region(self.region_of(self.cursor), animate=False)

    def region_of(self, row: int) -> Region:
        """Return the lines of a row, in cells of the whole drawing."""
        return Region(0, row, 1, 1)

    def action_move(self, by: int) -> None:
        """Move the cursor over the rows."""
        self.move_to(self.cursor + by)

    def play_to(self, row: int | None) -> None:
        """Draw the rows up to one, with the cursor on it; None draws all again."""
        self.upto = row
        if row is None:
            self.draw()
        else:
            self.move_to(row)

    # ---- what stands around it

    def columns(self) -> str:
        """Return the heads of the columns."""
        return ""

    def legend(self) -> Content:
        """Return the line at the bottom of the panel."""
        return Content("")

    def describe(self) -> str:
        """Return what is at the cursor, in words."""
        return ""

    # ---- drawing

    def draw(self) -> None:
        """Lay out and draw everything anew."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines in sight."""
        self.background = self.rich_style  # once per frame: all ancestors are asked for it
        return super().render_lines(crop)

    def on_resize(self) -> None:
        """Draw for the new size, with the cursor in sight."""
        self.draw()
        self.call_after_refresh(self._show_cursor)
        self.post_message(self.Changed())

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        if self.is_mounted:
            self.draw()

    @property
    def glyphs(self) -> bool:
        """Whether there are too few colours to tell words or values by them."""
        return palette.has_few_colours(self.app)

    def style(self, name: str) -> Style:
        """Return the style of a component: word, muted, for, against."""
        return ink(self, f"panel-view--{name}")


def _rows(shown: Shown) -> tuple[object, ...]:
    """Return what the rows are of: more of the same message may have been read."""
    return shown.words, shown.trace.further
