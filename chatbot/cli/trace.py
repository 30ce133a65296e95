"""The command `trace`: the hidden state of one message, word by word."""

from __future__ import annotations

from pathlib import Path

import click

from chatbot.cli import output
from chatbot.cli.options import (
    load_bot,
    locations_of,
    refused,
    tell_unread,
    utf8,
    with_locations,
)
from chatbot.cli.speaking import Command, option
from chatbot.common import _


@click.command(cls=Command)
@click.argument("text")
@option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@option("--explain", is_flag=True, help="Explain it in sentences.")
@option("--why-not", metavar="INTENT", help="Explain why the answer is not this intent.")
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
    # Here for start-up: it needs NumPy.
    from chatbot.insight import explanation, neighbours, tracing

    reader = load_bot(locations_of(context, intents_option, model_option)).reader
    if (problem := refused(text)) is not None:
        raise click.ClickException(problem)
    reading = reader.read(text)
    tell_unread(reading)
    if why_not is not None and why_not not in reader.classifier.intents:
        known = ", ".join(reader.classifier.intents)
        message = _("the model knows no intent {intent}, only {known}")
        raise click.BadParameter(message.format(intent=why_not, known=known))
    if not (as_json or explain or why_not):
        output.say("\n".join(tracing.as_lines(tracing.trace(reader, reading))))
        return
    explained = explanation.explain(reader, reading, neighbours.PatternStates(reader))
    if as_json:
        output.say_json(explanation.as_json(explained))
    else:
        output.say("\n".join(explanation.as_sentences(explained, why_not)))
