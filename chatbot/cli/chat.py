"""The command `chat`: the app, or a conversation in plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.options import (
    FILE,
    about_keys,
    explained,
    load_bot,
    locations_of,
    make_after_asking,
    named_once,
    noted,
    refused,
    stdin_messages,
    tell_not_later,
    tell_unread,
    utf8,
    with_locations,
)
from chatbot.cli.speaking import Command, option
from chatbot.common import ChatbotError, _, ngettext, paths, printable

if TYPE_CHECKING:
    from chatbot.actions import Later
    from chatbot.conversation import Chatbot, Dialogue, Offers, Turn
    from chatbot.intents import Context

PLAIN_TERMINALS = frozenset({"dumb", "unknown"})
"""What terminals call themselves that cannot move the cursor: the one of Emacs, of some builds."""

DRIVER_VARIABLE = "TEXTUAL_DRIVER"
"""Set by what shows the app without a terminal, such as `chatbot serve`."""


@click.command(cls=Command)
@click.argument("bot", type=FILE, required=False)
@option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@option("--private", is_flag=True, help="Keep nothing of what is said.")
@option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def chat(
    context: click.Context,
    bot: Path | None,
    plain: bool,
    private: bool,
    intents_option: Path | None,
    model_option: Path | None,
    seed: int | None = None,
) -> None:
    """Open the app, or chat in plain lines.

    BOT is the name of one of your bots (`chatbot new`), or an intents file; a file comes first.
    """
    locations = locations_of(context, named_once(bot, intents_option), model_option)
    if not locations.intents.exists():
        make_after_asking(locations)
    is_served = bool(os.environ.get(DRIVER_VARIABLE))
    if not plain and not is_served and not output.is_person():
        raise click.UsageError(_("The app needs a terminal. For pipes: chatbot chat --plain"))
    if not plain and not is_served and os.environ.get("TERM") in PLAIN_TERMINALS:
        lines = _("TERM={term}: this terminal only has lines, so we chat in them.")
        output.warn(lines.format(term=os.environ["TERM"]))
        plain = True
    if plain:
        _chat_plain(load_bot(locations, seed), locations.intents)
        return
    with explained():
        paths.require_home()
    import gc

    # What start-up creates lives as long as the app: searching it for garbage costs 15 ms. The app
    # enables the search after its first picture.
    gc.disable()
    try:
        from chatbot.tui import ChatbotApp

        ChatbotApp(locations, seed=seed, private=private).run()
    finally:
        gc.enable()


FORGET = "/forget"
"""The line that ends all contexts, and forgets all slots."""

REMEMBER = "/remember"
"""The line that makes what was said before a choice a pattern."""

MOST_NAMED = 5
"""Slots that are named."""


def _chat_plain(bot: Chatbot, file: Path) -> None:
    """Answer line by line: with a prompt on a terminal, with the replies alone in a pipe.

    On a terminal, what is active after an answer is told, and what can be asked instead of one.
    What was said before such a choice becomes a pattern of the file where somebody agrees.
    """
    conversation = bot.conversation()
    chosen: Turn | None = None
    timers: list[tuple[Later, Timer]] = []
    person = sys.stdin is not None and sys.stdin.isatty()
    you, says = (_("you: "), _("bot: {reply}")) if person else ("", "{reply}")
    knows_keys = not person
    if person:
        output.say(_("Type a message and press Enter. An empty line or ctrl+d ends."))
        if bot.intents.contexts:
            output.say(_("{command} ends what is active.").format(command=FORGET))
        if bot.intents.slots:
            forgets = _("{command} forgets what was said of {slots}.")
            output.say(forgets.format(command=FORGET, slots=_slots_of(bot)))
        output.say(you, end="")
    for line in stdin_messages():
        if person and not line.strip():
            break
        if (problem := refused(line)) is not None:
            output.say(says.format(reply=problem))
        elif line.strip() == FORGET and (bot.intents.contexts or bot.intents.slots):
            conversation.forget()
        elif line.strip() == REMEMBER and chosen is not None:
            output.say(says.format(reply=_remembered(conversation, chosen, file)))
            chosen = None
        else:
            turn = conversation.reply(line)
            chosen = turn if turn.is_another_way and turn.answers is not None else None
            tell_unread(turn.reading)
            for note in turn.notes:
                output.warn(note)
            output.say(says.format(reply=turn.reply))
            timers = _without(timers, turn)
            timers += [(later, _tell_later(later, person=person)) for later in turn.later]
            if person:
                for line_of_offer in _offered(turn.offers):
                    output.say(line_of_offer)
            if person and chosen is not None:
                about = _("{command}: “{message}” is one more way to say it")
                message = printable(chosen.instead_of or "")
                output.say(f"     ({about.format(command=REMEMBER, message=message)})")
            if not knows_keys and (about := about_keys(turn.reply)):
                output.say(f"     ({about})")
                knows_keys = True  # once is enough
            if person and turn.slots:
                output.say(f"     ({', '.join(printable(str(value)) for value in turn.slots)})")
            if person and turn.contexts:
                output.say(f"     ({', '.join(map(_active, turn.contexts))})")
        if person:
            output.say(you, end="")
    if running := sum(timer.is_alive() for _later, timer in timers):
        told = ngettext(
            "{count} timer was running, and does not ring any more.",
            "{count} timers were running, and do not ring any more.",
            running,
        )
        output.warn(noted(told.format(count=running)))


def _remembered(conversation: Dialogue, turn: Turn, file: Path) -> str:
    """Make what was said before a choice a pattern of the file; return what to say of it."""
    from chatbot.teaching import correct  # start-up: hardly ever wanted

    try:
        done = correct(file, (turn.instead_of or "",), turn.answers)
    except ChatbotError as error:
        return printable(str(error))
    conversation.use(conversation.bot.with_intents(done.intents))
    return _("Remembered. `chatbot train` teaches it to the network, with all that is like it.")


def _slots_of(bot: Chatbot) -> str:
    """Name the first slots of a bot."""
    names = [printable(slot.name) for slot in bot.intents.slots]
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")


def _tell_later(later: Later, *, person: bool) -> Timer:
    """Say something after a while, if somebody still is there to read it; return what does."""
    says = _("bot: {reply}").format(reply=printable(later.text))
    line = "\n{says}\n{you}".format(says=says, you=_("you: "))
    timer = Timer(later.seconds, output.say, [line], {"end": ""})
    timer.daemon = True
    if person:
        timer.start()
    else:
        tell_not_later()
    return timer


def _without(timers: Sequence[tuple[Later, Timer]], turn: Turn) -> list[tuple[Later, Timer]]:
    """Cancel what an answer calls off or takes back; return the timers that go on."""
    gone = list(timers) if turn.calls_off else []
    for later in turn.takes_back:  # of several that say the same the latest
        gone += [each for each in timers if each[0] == later][-1:]
    for _later, timer in gone:
        timer.cancel()
    return [each for each in timers if each not in gone]


def _active(context: Context) -> str:
    """Say what is active and for how long."""
    name, turns = printable(context.name), context.turns
    return ngettext(
        "{context}: {count} more message", "{context}: {count} more messages", turns
    ).format(context=name, count=turns)


def _offered(offers: Offers) -> Iterator[str]:
    """Yield the lines that say what can be asked instead."""
    if offers.choices:
        says = _("Did you mean:") if offers.are_likely else _("For example, ask me:")
        yield f"     {says}"
    for number, offer in enumerate(offers.choices, 1):
        yield f"     {number}  {printable(offer.message)}"
