"""A message and its answer as lines of text: what the list of turns draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.style import Style
from rich.text import Text

from chatbot.common import _, ngettext, percent
from chatbot.tui.text import shorten, shown
from chatbot.tui.widgets.line_breaks import NO_BREAK, breaks

if TYPE_CHECKING:
    from chatbot.conversation import Turn

SHOWN_CHARACTERS = 4_000
"""Of a message: a pasted book is read whole by the network, but only its beginning is drawn."""

SPEAKER = 5
"""Columns before the text: who speaks, and two blanks."""

LABEL_BESIDES = 9
"""Cells of the label behind a reply besides the intent, mostly: for an estimate."""

REMEMBER = 0
"""The choice below a reply that makes what was said before it a pattern."""

MOST_REMEMBERED = 40
"""Cells of a message that can be remembered, where that is asked."""

Speaker = Literal["you", "bot"]
SPEAKERS: tuple[Speaker, ...] = ("you", "bot")
"""The two, in the order in which they speak."""


class ShownReply(NamedTuple):
    """What the bot answered, as far as it is drawn."""

    text: str
    intent: str
    confidence: float
    in_scope: bool
    is_pattern: bool = False
    correction: str = ""
    """What somebody said the intent should have been; empty where nobody did."""
    parts: tuple[tuple[str, float], ...] = ()
    """Intent and confidence of each of two messages in one; else none."""
    active: str = ""
    """What is active after it."""
    offers: tuple[str, ...] = ()
    """What can be asked instead, by number."""
    needs: str = ""
    """The intent that the message is a pattern of, where its context is not active."""
    are_likely: bool = False
    """Whether the message may have meant one of them."""
    instead_of: str = ""
    """The message that this one was chosen in place of: it can be remembered."""
    slots: tuple[tuple[str, str], ...] = ()
    """The slots that the message names, with what they mean."""
    goes_on: str = ""
    """The intent of an earlier message that is answered."""
    is_gone: bool = False
    """Whether the network still knows the nearest intent, and the intents file no longer does."""


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

    def original(self, speaker: Speaker) -> str:
        """Return what one of the two said, as it was said; nothing while the bot has not."""
        if speaker == "bot":
            return "" if self.reply is None else self.reply.text
        return self.message

    def said_by(self, speaker: Speaker) -> str:
        """Return the text of one of the two as it is drawn."""
        if speaker == "bot":
            return "" if self.reply is None else shown(self.reply.text)
        said = shown(self.message[: SHOWN_CHARACTERS + 1])
        if len(self.message) <= SHOWN_CHARACTERS:
            return said
        count = len(self.message)
        long = ngettext("({count:,} character)", "({count:,} characters)", count)
        return f"{said[:SHOWN_CHARACTERS]} … {long.format(count=count)}"


class Hit(NamedTuple):
    """A part of what one of the two said that was sought and found."""

    view: TurnView
    speaker: Speaker
    start: int
    end: int


class TurnStyles(NamedTuple):
    """The colours of a turn."""

    text: Style
    you: Style
    bot: Style
    chip: Style
    out_of_scope: Style
    hit: Style
    current_hit: Style
    offer: Style
    selected: Style


class Line(NamedTuple):
    """A line of a turn, in two columns."""

    speaker: Speaker
    label: Text
    """Who speaks, where it is the first line."""
    text: Text
    start: int
    """Index of its first character in the text."""


def reply_of(turn: Turn) -> ShownReply:
    """Return what is drawn of an answer."""
    said = turn.reading.prediction
    return ShownReply(
        turn.reply,
        said.intent,
        said.confidence,
        turn.is_answered,
        said.is_pattern,
        parts=tuple((part.prediction.intent, part.prediction.confidence) for part in turn.parts),
        active=", ".join(f"{context.name} {context.turns}" for context in turn.contexts),
        offers=tuple(offer.message for offer in turn.offers.choices),
        are_likely=turn.offers.are_likely,
        needs=said.needs,
        instead_of=(turn.instead_of or "") if turn.is_another_way else "",
        slots=tuple((value.slot, value.value) for value in turn.slots),
        goes_on=turn.goes_on or "",
        is_gone=said.is_gone,
    )


def height_of(view: TurnView, width: int) -> int:
    """Return how many lines a turn takes, as `lines_of` draws it, without drawing it."""
    return sum(_height(said, width - SPEAKER) for said in (view.said_by("you"), _all(view)))


class Lengths(NamedTuple):
    """Of a turn, what its height is estimated from, whatever the width."""

    lines: int
    """Without those that are too long."""
    message: int
    """Characters of the message that are drawn."""
    answer: int
    """Characters of the reply and its label."""


def lengths_of(view: TurnView) -> Lengths:
    """Return about how long the texts of a turn are, without drawing them."""
    reply = view.reply
    message, breaks_in = min(len(view.message), SHOWN_CHARACTERS), view.message.count("\n")
    if reply is None:
        return Lengths(2 + breaks_in, message, 0)
    lines = 2 + breaks_in + reply.text.count("\n")
    lines += len(reply.offers) + bool(reply.offers) + bool(reply.instead_of)
    return Lengths(lines, message, len(reply.text) + len(reply.intent) + LABEL_BESIDES)


def estimated_heights(turns: Iterable[Lengths], width: int) -> list[int]:
    """Return about how many lines each of the turns takes."""
    width = max(width - SPEAKER, 1)
    return [lines + message // width + answer // width for lines, message, answer in turns]


def choice_at(view: TurnView, width: int, line: int) -> int | None:
    """Return what a click on a line of a turn chooses: the number of an offer, or REMEMBER.

    None for every other line.
    """
    line -= _height(view.said_by("you"), width - SPEAKER) + _height(_answer(view), width - SPEAKER)
    for text, choice in _choices(view):
        line -= _height(text, width - SPEAKER)
        if line < 0:
            return choice
    return None


def line_of(hit: Hit, width: int) -> int:
    """Return in which line of its turn a hit ends."""
    width -= SPEAKER
    above = 0 if hit.speaker == "you" else _height(hit.view.said_by("you"), width)
    return above + _height(hit.view.said_by(hit.speaker)[: hit.end], width) - 1


def lines_of(
    view: TurnView,
    width: int,
    styles: TurnStyles,
    hits: Iterable[Hit] = (),
    current: Hit | None = None,
    selected: Sequence[tuple[int, int] | None] = (None, None),
) -> Iterator[Line]:
    """Yield the lines of a turn, in two columns: long texts stay beside their speaker.

    `selected` is the part of each text that the mouse has selected.
    """
    you, bot = Text(view.said_by("you")), Text(_all(view))
    if view.reply is not None:
        chip, end = styles.chip if view.reply.in_scope else styles.out_of_scope, len(_answer(view))
        bot.stylize(chip, end - len(_chip(view.reply)), end)
        bot.stylize(styles.offer, end)
    for hit in hits:
        style = styles.current_hit if hit == current else styles.hit
        (you if hit.speaker == "you" else bot).stylize(style, hit.start, hit.end)
    speakers = ((_("you"), styles.you, you), (_("bot"), styles.bot, bot))
    for speaker, (name, ink, text), part in zip(SPEAKERS, speakers, selected, strict=True):
        if part is not None:  # the label behind a reply is no part of what was said
            text.stylize(styles.selected, part[0], min(part[1], len(view.said_by(speaker))))
        start = 0
        for line in text.split("\n", allow_blank=True):
            for piece in line.divide(breaks(line.plain, width - SPEAKER)):
                length = len(piece)
                piece.rstrip_end(max(width - SPEAKER, 1))
                piece.end = ""
                piece.stylize_before(styles.text)
                said = f"{'' if start else name:<{SPEAKER}}"
                label = Text.assemble((said, styles.text + ink), end="")
                yield Line(speaker, label, piece, start)
                start += length
            start += 1  # the line break


def _height(text: str, width: int) -> int:
    return sum(1 + len(breaks(line, width)) for line in text.split("\n"))


def _answer(view: TurnView) -> str:
    if view.reply is None:
        return "…"
    return f"{view.said_by('bot')}  {_chip(view.reply)}"


def _choices(view: TurnView) -> Iterator[tuple[str, int | None]]:
    """Yield the lines below a reply, and what a click on each chooses."""
    reply = view.reply
    if reply is None:
        return
    if reply.offers:
        yield _("Did you mean:") if reply.are_likely else _("You can ask, for example:"), None
    for number, offer in enumerate(reply.offers, 1):
        yield f" {number}  {shown(' '.join(offer.split()))}", number
    if reply.instead_of and not reply.correction:
        said = shorten(" ".join(shown(reply.instead_of).split()), MOST_REMEMBERED)
        text = _("Remember “{message}” as one more way to say it").format(message=said)
        yield f" ＋ {text}", REMEMBER


def _all(view: TurnView) -> str:
    """Return the answer and what stands below it."""
    return "\n".join([_answer(view), *(text for text, _choice in _choices(view))])


def _chip(reply: ShownReply) -> str:
    """Return the intent and confidence of a reply as a small label that never breaks."""
    if reply.parts:
        label = " + ".join(f"{intent} {percent(confidence)}" for intent, confidence in reply.parts)
    else:
        label = _named(reply)
    if reply.correction:
        label += " · " + _("corrected to {intent}").format(intent=reply.correction)
    if reply.slots:
        label += " · " + ", ".join(f"{slot}: {value}" for slot, value in reply.slots)
    if reply.active:
        label += " · " + _("active: {contexts}").format(contexts=reply.active)
    return f" {shown(label)} ".replace(" ", NO_BREAK)


def _named(reply: ShownReply) -> str:
    if reply.goes_on:
        return _("goes on with {intent}").format(intent=reply.goes_on)
    label = f"{reply.intent} {percent(reply.confidence)}"
    if not reply.in_scope:
        if reply.needs:
            label = _("in another context {intent}").format(intent=reply.needs)
        elif reply.is_pattern:
            label = _("out of scope · exact example")
        elif reply.is_gone:
            # Translators: the network has learned an intent that was deleted or undone since.
            text = _("out of scope · the model still knows {intent}, the file does not")
            label = text.format(intent=label)
        else:
            label = _("out of scope · nearest {intent}").format(intent=label)
    elif reply.is_pattern:
        label += " · " + _("exact pattern")
    return label
