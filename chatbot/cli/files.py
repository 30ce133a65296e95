"""Commands about files: check, convert, where, completion."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chatbot.cli.options import FILE, explained, locations_of, utf8, with_locations


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option(
    "--cross-validate", is_flag=True, help="Also list what a model that has not learned it says."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@with_locations
@click.pass_context
@utf8
def check(
    context: click.Context,
    file: Path | None,
    cross_validate: bool,
    strict: bool,
    as_json: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Check an intents file, and what its model makes of it.

    Warnings are listed, but only errors, and tests that do not hold, make the exit code 1.
    """
    from chatbot.cli.check import run

    locations = locations_of(context, file or intents_option, model_option)
    with explained():
        code = run(locations, cross_validate=cross_validate, strict=strict, as_json=as_json)
    sys.exit(code)


@click.command()
@click.argument("source", type=FILE)
@click.argument("target", required=False)
@click.option(
    "--to",
    type=click.Choice(["classic", "rasa", "csv"]),
    help="The format to write. Without it, by the ending of TARGET: .yml, .csv, else classic.",
)
@click.option("--language", help="Of several languages the one to read, like en or pt-BR.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@utf8
def convert(
    source: Path,
    target: str | None,
    to: str | None,
    language: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Read another program's training data and write an intents file.

    SOURCE is a file, a folder or a zip archive; its content tells what it is: intents.json and its
    relatives, Rasa (YAML, Markdown, JSON), Dialogflow ES, Snips, LUIS, Wit.ai, nlp.js, Botpress,
    Padatious, DeepPavlov, CSV, TSV, CLINC-style JSON. The report says what could not be carried
    over. TARGET - is standard output; without a TARGET nothing is written.
    """
    from chatbot.cli.convert import run

    with explained():
        run(source, target, to, language, force=force, as_json=as_json)


@click.command()
@with_locations
@click.pass_context
@utf8
def where(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """Print the paths in use, and why."""
    from chatbot.common import paths

    found = locations_of(context, intents_option, model_option)
    has_model = found.model_card.exists()
    rows = [
        ("intents", found.intents, found.intents_because),
        ("model", found.model, found.model_because + ("" if has_model else ", not trained yet")),
        ("settings", paths.settings_file(), "theme and the like"),
        ("history", paths.history_file(found.intents), "messages typed to this bot"),
        ("lab", paths.lab_folder(), "what the forgetting lab has trained, to look at again"),
    ]
    for name, path, because in rows:
        print(f"{name:9} {path}  ({because})")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
@utf8
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell: eval "$(chatbot completion bash)"."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # the three that click ships
    print(kind(context.find_root().command, {}, "chatbot", "_CHATBOT_COMPLETE").source())
