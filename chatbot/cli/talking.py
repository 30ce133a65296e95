"""Commands to talk to the bot: chat, ask, trace."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import explained, locations_of, print_json, utf8, with_locations
from chatbot.common import Locations

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot


@click.command()
@click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@click.option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def chat(
    context: click.Context,
    plain: bool,
    intents_option: Path | None,
    model_option: Path | None,
    seed: int | None = None,
) -> None:
    """Open the app, or chat in plain lines."""
    locations = locations_of(context, intents_option, model_option)
    if plain:
        _chat_plain(_bot(locations, seed))
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("The app needs a terminal. For pipes: chatbot chat --plain")
    import gc

    # What start-up makes lives as long as the app: looking through it for garbage costs 15 ms.
    gc.disable()
    from chatbot.tui import ChatbotApp

    ChatbotApp(locations, seed=seed).run()


def _chat_plain(bot: Chatbot) -> None:
    """Answer line by line; to a person with a prompt, to a pipe with the replies alone."""
    person = sys.stdin.isatty()
    if person:
        print("Type a message and press Enter. An empty line or ctrl+d ends.")
        print("you: ", end="", flush=True)
    for line in _lines():
        if person and not line.strip():
            break
        print(("bot: " if person else "") + bot.reply(line).reply, flush=True)
        if person:
            print("you: ", end="", flush=True)


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a message.")
@click.option("--seed", type=int, help="Fix the choice of replies.")
@with_locations
@click.pass_context
@utf8
def ask(
    context: click.Context,
    text: str,
    as_json: bool,
    seed: int | None,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Answer one message; TEXT - reads one message a line from standard input."""
    bot = _bot(locations_of(context, intents_option, model_option), seed)
    for message in _lines() if text == "-" else [text]:
        turn = bot.reply(message)
        if not as_json:
            print(turn.reply, flush=True)
            continue
        prediction = turn.reading.prediction
        print_json(
            {
                "text": message,
                "intent": prediction.intent,
                "confidence": prediction.confidence,
                "in_scope": prediction.in_scope,
                "energy": prediction.energy,
                "is_pattern": prediction.is_pattern,
                "reply": turn.reply,
                "ranking": [ranked._asdict() for ranked in prediction.ranking],
                "words": turn.reading.words,
            }
        )


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option("--explain", is_flag=True, help="Say it in sentences.")
@click.option("--why-not", metavar="INTENT", help="Say why the answer is not this intent.")
@with_locations
@click.pass_context
@utf8
def trace(
    context: click.Context,
    text: str,
    as_json: bool,
    explain: bool,
    why_not: str | None,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Show the hidden state, word by word."""
    from chatbot.insight import explanation, neighbours, tracing

    reader = _bot(locations_of(context, intents_option, model_option), None).reader
    reading = reader.read(text)
    if why_not is not None and why_not not in reader.classifier.intents:
        known = ", ".join(reader.classifier.intents)
        raise click.BadParameter(f"the model knows no intent {why_not}, only {known}")
    if not (as_json or explain or why_not):
        print("\n".join(tracing.as_lines(tracing.trace(reader, reading))))
        return
    explained = explanation.explain(reader, reading, neighbours.PatternStates(reader))
    if as_json:
        print_json(explanation.as_json(explained))
    else:
        print("\n".join(explanation.as_sentences(explained, why_not)))


def _bot(locations: Locations, seed: int | None) -> Chatbot:
    from chatbot.conversation import Chatbot

    with explained():
        return Chatbot.load(locations.intents, locations.model, seed)


def _lines() -> Iterator[str]:
    """Yield the messages on standard input, one a line; bytes that are not UTF-8 become �."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").removeprefix("\ufeff").rstrip("\r\n")
