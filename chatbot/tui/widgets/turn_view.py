"""A message and its answer as lines of text: what the list of turns draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from chatbot.common import percent
from chatbot.tui.text import shown

if TYPE_CHECKING:
    from rich.console import Console

    from chatbot.conversation import Turn

SHOWN_CHARACTERS = 4_000
"""Of a message: a pasted book is read whole by the network, but only its beginning is drawn."""

SPEAKER = 5
"""Columns before the text: who speaks, and two blanks."""

Speaker = Literal["you", "bot"]


class ShownReply(NamedTuple):
    """What the bot answered, as far as it is drawn."""

    text: str
    intent: str
    confidence: float
    in_scope: bool
    is_pattern: bool = False
    correction: str = ""
    """What somebody said the intent should have been; empty where nobody did."""


class Mark(NamedTuple):
    """A part of what one of the two said that was sought and found."""

    speaker: Speaker
    start: int
    end: int
    is_current: bool
    """Whether it is the one that the person has gone to."""


@dataclass(eq=False, slots=True)
class TurnView:
    """A turn on the screen; it waits with three dots until the answer is there."""

    message: str
    reply: ShownReply | None = None
    turn: Turn | None = None
    """The answer with all its states; None while it waits. Of earlier turns only `reply` is
    kept: the states of a message are some ten thousand bytes, and can be read again."""
    ticket: object = None
    """What the flow that keeps conversations knows this turn by."""

    def said_by(self, speaker: Speaker) -> str:
        """Return the text of one of the two as it is drawn."""
        if speaker == "bot":
            return "" if self.reply is None else shown(self.reply.text)
        said = shown(self.message[: SHOWN_CHARACTERS + 1])
        if len(self.message) <= SHOWN_CHARACTERS:
            return said
        return f"{said[:SHOWN_CHARACTERS]} … ({len(self.message):,} characters)"


class TurnStyles(NamedTuple):
    """The colours of a turn."""

    text: Style
    you: Style
    bot: Style
    chip: Style
    out_of_scope: Style
    hit: Style
    current_hit: Style


def reply_of(turn: Turn) -> ShownReply:
    """Return what is drawn of an answer."""
    said = turn.reading.prediction
    return ShownReply(turn.reply, said.intent, said.confidence, said.in_scope, said.is_pattern)


def height_of(view: TurnView, width: int, console: Console) -> int:
    """Return how many lines a turn takes, as `lines_of` draws it, without drawing it."""
    parts = (view.said_by("you"), _answer(view))
    return sum(_height(part, width - SPEAKER, console) for part in parts)


def line_of(view: TurnView, mark: Mark, width: int, console: Console) -> int:
    """Return in which line of a turn a mark ends."""
    width -= SPEAKER
    above = 0 if mark.speaker == "you" else _height(view.said_by("you"), width, console)
    return above + _height(view.said_by(mark.speaker)[: mark.end], width, console) - 1


def lines_of(
    view: TurnView, width: int, console: Console, styles: TurnStyles, marks: Iterable[Mark] = ()
) -> Iterator[Text]:
    """Yield the lines of a turn, in two columns: long texts stay beside their speaker."""
    you, bot = Text(view.said_by("you")), Text(_answer(view))
    if view.reply is not None:
        chip = styles.chip if view.reply.in_scope else styles.out_of_scope
        bot.stylize(chip, len(bot) - len(_chip(view.reply)))
    for mark in marks:
        style = styles.current_hit if mark.is_current else styles.hit
        (you if mark.speaker == "you" else bot).stylize(style, mark.start, mark.end)
    for name, style, text in (("you", styles.you, you), ("bot", styles.bot, bot)):
        for number, line in enumerate(_wrapped(text, width - SPEAKER, console)):
            speaker = name if number == 0 else ""
            yield Text.assemble((f"{speaker:<{SPEAKER}}", style), line, style=styles.text)


def _wrapped(text: Text, width: int, console: Console) -> Sequence[Text]:
    return [*text.wrap(console, max(width, 1), overflow="fold")] or [Text()]


def _height(text: str, width: int, console: Console) -> int:
    """Return the number of lines; what fits into one, which is most of it, is not wrapped."""
    lines = text.split("\n")
    return sum(
        1 if cell_len(line) <= width else len(_wrapped(Text(line), width, console))
        for line in lines
    )


def _answer(view: TurnView) -> str:
    if view.reply is None:
        return "…"
    return f"{view.said_by('bot')}  {_chip(view.reply)}"


def _chip(reply: ShownReply) -> str:
    """Return the intent and confidence of a reply as a small label that never breaks."""
    label = f"{reply.intent} {percent(reply.confidence)}"
    if not reply.in_scope:
        why = "exact example" if reply.is_pattern else f"nearest {label}"
        label = f"out of scope · {why}"
    elif reply.is_pattern:
        label += " · exact pattern"
    if reply.correction:
        label += f" · corrected to {reply.correction}"
    return f" {shown(label)} ".replace(" ", "\u00a0")
