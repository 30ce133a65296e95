"""The command line. Every command imports what it needs inside itself, so that each starts fast.

Exit codes: 0 fine, 1 the input was wrong, 2 misuse of the command line.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

import chatbot
from chatbot.errors import ChatbotError
from chatbot.paths import Locations, locate, prepare

if TYPE_CHECKING:
    from chatbot.bot import Chatbot
    from chatbot.weights import CellKind

P = ParamSpec("P")
R = TypeVar("R")

_FILE = click.Path(path_type=Path)


def _where(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command --intents and --model; before or behind its name they mean the same."""
    with_model = click.option(
        "--model", "model_option", type=_FILE, metavar="DIR", help="Folder of the trained model."
    )(command)
    return click.option(
        "--intents", "intents_option", type=_FILE, metavar="FILE", help="The intents file."
    )(with_model)


def _locations(
    context: click.Context, intents_option: Path | None, model_option: Path | None
) -> Locations:
    at: click.Context | None = context
    while at is not None:
        intents_option = intents_option or at.params.get("intents_option")
        model_option = model_option or at.params.get("model_option")
        at = at.parent
    locations = locate(intents_option, model_option)
    with _explained():
        prepare(locations)
    return locations


@contextmanager
def _explained() -> Iterator[None]:
    """Turn the program's own errors into a message on stderr and exit code 1."""
    try:
        yield
    except ChatbotError as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{error.filename or ''}: {error.strerror or error}"
        raise click.ClickException(message) from error


def _bot(locations: Locations, seed: int | None) -> Chatbot:
    from chatbot.bot import Chatbot

    with _explained():
        return Chatbot.load(locations.intents, locations.model, seed)


def _utf8(command: Callable[P, R]) -> Callable[P, R]:
    """Write UTF-8 whatever the console's code page; it is what pipes and files expect."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        return command(*args, **kwargs)

    return wrapped


def _lines() -> Iterator[str]:
    """Yield the messages on standard input, one a line; bytes that are not UTF-8 become �."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").removeprefix("\ufeff").rstrip("\r\n")


def _print_json(value: Any) -> None:
    # Lone surrogates cannot be written as UTF-8; JSON's own escape keeps them.
    text = json.dumps(value, ensure_ascii=False)
    if not text.isprintable():
        text = json.dumps(value)
    print(text, flush=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@_where
@click.version_option(chatbot.__version__, prog_name="chatbot")
@click.pass_context
def main(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """A chatbot that shows, word by word, what its recurrent network remembers.

    Without a command it opens the app in the terminal.
    """
    # Before NumPy is imported. Its matrix products are too small for a second thread to help much,
    # and two threads that wait for each other on a busy machine cost far more: with one core taken,
    # the shares of 12 words took 44 ms on one thread, 240 on two (docs/benchmarks.md, The panel).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if context.invoked_subcommand is None:
        context.invoke(chat, plain=False, intents_option=None, model_option=None)


@main.command()
@click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@click.option("--seed", type=int, help="Fix the choice of replies.")
@_where
@click.pass_context
@_utf8
def chat(
    context: click.Context,
    plain: bool,
    intents_option: Path | None,
    model_option: Path | None,
    seed: int | None = None,
) -> None:
    """Open the app, or chat in plain lines."""
    locations = _locations(context, intents_option, model_option)
    if plain:
        _chat_plain(_bot(locations, seed))
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("The app needs a terminal. For pipes: chatbot chat --plain")
    import gc

    # What start-up makes lives as long as the app: looking through it for garbage costs 15 ms.
    gc.disable()
    from chatbot.tui.app import ChatbotApp

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


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a message.")
@click.option("--seed", type=int, help="Fix the choice of replies.")
@_where
@click.pass_context
@_utf8
def ask(
    context: click.Context,
    text: str,
    as_json: bool,
    seed: int | None,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Answer one message; TEXT - reads one message a line from standard input."""
    bot = _bot(_locations(context, intents_option, model_option), seed)
    for message in _lines() if text == "-" else [text]:
        turn = bot.reply(message)
        if not as_json:
            print(turn.reply, flush=True)
            continue
        prediction = turn.reading.prediction
        _print_json(
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


@main.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option("--explain", is_flag=True, help="Say it in sentences.")
@click.option("--why-not", metavar="INTENT", help="Say why the answer is not this intent.")
@_where
@click.pass_context
@_utf8
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

    bot = _bot(_locations(context, intents_option, model_option), None)
    reading = bot.read(text)
    if why_not is not None and why_not not in bot.classifier.intents:
        known = ", ".join(bot.classifier.intents)
        raise click.BadParameter(f"the model knows no intent {why_not}, only {known}")
    if not (as_json or explain or why_not):
        print("\n".join(tracing.as_lines(tracing.trace(bot, reading))))
        return
    explained = explanation.explain(bot, reading, neighbours.PatternStates(bot))
    if as_json:
        _print_json(explanation.as_json(explained))
    else:
        print("\n".join(explanation.as_sentences(explained, why_not)))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option("--cell", type=click.Choice(["gru", "lstm", "rnn"]), default="gru", show_default=True)
@click.option(
    "--hidden",
    type=click.IntRange(1, 2048),
    help="Units of the hidden state. Any but the pretrained base's trains from nothing.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--full", is_flag=True, help="Start anew although a small edit could be learned in a second."
)
@click.option(
    "--accept", is_flag=True, help="Take the new model over without asking, whatever got worse."
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    envvar="CHATBOT_KEEP",
    help="Versions to keep; also by the environment variable CHATBOT_KEEP.",
)
@_where
@click.pass_context
@_utf8
def train(
    context: click.Context,
    as_json: bool,
    cell: CellKind,
    hidden: int | None,
    seed: int,
    full: bool,
    accept: bool,
    keep: int,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Train a model on the intents file. The old one answers until the new one is complete.

    A small edit is learned by going on from the model before, in about a second. If answers got
    worse, you are asked before the new model is taken over; without a terminal the old one stays,
    the exit code is 1, and `chatbot versions use` takes the new one over.
    """
    import gc

    # What importing torch makes lives as long as the process: looking through it for garbage takes
    # 0.1 s of the 2 that a small edit takes.
    gc.disable()
    from chatbot.training_command import run
    from chatbot.training_job import Plan

    gc.freeze()
    gc.enable()
    locations = _locations(context, intents_option, model_option)
    plan = Plan(full=full, accept=accept, kept=keep)
    sys.exit(run(locations, cell=cell, hidden_size=hidden, seed=seed, plan=plan, as_json=as_json))


@main.group("versions", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@_where
@click.pass_context
@_utf8
def versions_group(
    context: click.Context, as_json: bool, intents_option: Path | None, model_option: Path | None
) -> None:
    """List the trainings that are kept; compare two of them; go back to one."""
    from chatbot.versions_command import show_list

    if context.invoked_subcommand is None:
        show_list(_locations(context, intents_option, model_option), as_json=as_json)


@versions_group.command("compare")
@click.argument("before", type=int)
@click.argument("after", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_where
@click.pass_context
@_utf8
def versions_compare(
    context: click.Context,
    before: int,
    after: int,
    as_json: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Show what differs: intents, patterns, and the answers to patterns and typed messages."""
    from chatbot.versions_command import show_comparison

    locations = _locations(context, intents_option, model_option)
    with _explained():
        show_comparison(locations, before, after, as_json=as_json)


@versions_group.command("use")
@click.argument("number", type=int)
@click.option("--model-only", is_flag=True, help="Leave the intents file as it is.")
@_where
@click.pass_context
@_utf8
def versions_use(
    context: click.Context,
    number: int,
    model_only: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Let a version answer, with the intents file that made it.

    The present model is a version too, and an intents file that no version has is put aside.
    """
    from chatbot.versions_command import use

    locations = _locations(context, intents_option, model_option)
    with _explained():
        use(locations, number, with_intents=not model_only)


@main.command()
@click.option("--message", default=None, help="Your own sentence; else “What time is it?”.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option("--retrain", is_flag=True, help="Train again although results are kept.")
@_where
@click.pass_context
@_utf8
def lab(
    context: click.Context,
    message: str | None,
    as_json: bool,
    retrain: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Show what RNN, LSTM and GRU forget, before and after training on the intents file.

    Trains them the first time, in about 20 seconds, and keeps the results. The bot's own model is
    left alone.
    """
    from chatbot.lab.command import run
    from chatbot.lab.results import EXAMPLE

    locations = _locations(context, intents_option, model_option)
    text = EXAMPLE if message is None else message
    sys.exit(run(locations, message=text, as_json=as_json, retrain=retrain))


@main.command()
@click.option("--folds", type=click.IntRange(2), default=5, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True, help="Deals the folds.")
@click.option(
    "--test",
    type=_FILE,
    metavar="FILE",
    help="Ask the present model these messages instead: JSON pairs or CSV, text and intent.",
)
@click.option(
    "--learning-curve",
    "with_learning_curve",
    is_flag=True,
    help="Would more examples help? Four times the trainings.",
)
@click.option("--write", type=_FILE, metavar="FOLDER", help="For evaluation.json and .md.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
@click.option("--json-lines", "as_records", is_flag=True, help="Print a JSON record a line.")
@_where
@click.pass_context
@_utf8
def evaluate(
    context: click.Context,
    folds: int,
    seed: int,
    test: Path | None,
    with_learning_curve: bool,
    write: Path | None,
    as_json: bool,
    as_records: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Measure how good the bot is on messages that it has not learned, and where it goes wrong.

    By cross-validation: every pattern is asked of a model that learned the others. It changes
    nothing.
    """
    from chatbot.evaluation.command import run

    if test is not None and with_learning_curve:
        raise click.UsageError("--learning-curve trains, and --test does not: choose one")
    locations = _locations(context, intents_option, model_option)
    sys.exit(
        run(
            locations,
            folds=folds,
            seed=seed,
            test=test,
            with_learning_curve=with_learning_curve,
            write=write,
            as_json=as_json,
            as_records=as_records,
        )
    )


@main.command()
@click.option("--corpus", type=_FILE, required=True, help="Sentences, one a line; .gz is read too.")
@click.option("--work", type=_FILE, required=True, help="Folder for what is half done.")
@click.option("--out", type=_FILE, required=True, help="Folder of the new base.")
@click.option("--epochs", type=click.IntRange(1), default=20, show_default=True)
@_utf8
def pretrain(corpus: Path, work: Path, out: Path, epochs: int) -> None:
    """Make a pretrained base, as models/base was made. Takes an hour; go on by calling it again.

    Needs the extra "pretraining". Neither chatting nor retraining needs this command.
    """
    from chatbot.pretraining.command import run
    from chatbot.pretraining.distillation import Plan

    with _explained():
        run(corpus, work, out, Plan(epochs=epochs))


@main.command()
@click.argument("source", type=_FILE)
@click.argument("target", required=False)
@click.option(
    "--to",
    type=click.Choice(["classic", "rasa", "csv"]),
    help="The format to write. Without it, by the ending of TARGET: .yml, .csv, else classic.",
)
@click.option("--language", help="Of several languages the one to read, like en or pt-BR.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@_utf8
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
    from chatbot.convert_command import run

    with _explained():
        run(source, target, to, language, force=force, as_json=as_json)


@main.command()
@click.argument("file", type=_FILE, required=False)
@click.option(
    "--cross-validate", is_flag=True, help="Also list what a model that has not learned it says."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@_where
@click.pass_context
@_utf8
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
    from chatbot.check_command import run

    locations = _locations(context, file or intents_option, model_option)
    with _explained():
        code = run(locations, cross_validate=cross_validate, strict=strict, as_json=as_json)
    sys.exit(code)


@main.command()
@_where
@click.pass_context
@_utf8
def where(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """Print the paths in use, and why."""
    from chatbot import paths

    found = _locations(context, intents_option, model_option)
    has_model = (found.model / "card.json").exists()
    rows = [
        ("intents", found.intents, found.intents_because),
        ("model", found.model, found.model_because + ("" if has_model else ", not trained yet")),
        ("settings", paths.settings_file(), "theme and the like"),
        ("history", paths.history_file(found.intents), "messages typed to this bot"),
        ("lab", paths.lab_folder(), "what the forgetting lab has trained, to look at again"),
    ]
    for name, path, because in rows:
        print(f"{name:9} {path}  ({because})")


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@_utf8
def completion(shell: str) -> None:
    """Print the completion script of a shell: eval "$(chatbot completion bash)"."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # the three that click ships
    print(kind(main, {}, "chatbot", "_CHATBOT_COMPLETE").source())
