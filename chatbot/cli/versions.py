"""The commands `versions`: list what was trained, compare two versions, and use one.

Functions import what they need (start-up).
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.options import explained, locations_of, utf8, with_locations
from chatbot.cli.speaking import Group, option
from chatbot.common import Locations, _, paths

if TYPE_CHECKING:
    from chatbot.versions import Version


@click.group(cls=Group, invoke_without_command=True)
@option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@with_locations
@click.pass_context
@utf8
def versions(
    context: click.Context, as_json: bool, intents_option: Path | None, model_option: Path | None
) -> None:
    """List the versions that are kept, compare two of them, or use one."""
    if context.invoked_subcommand is None:
        _list(locations_of(context, intents_option, model_option), as_json=as_json)


def _list(locations: Locations, *, as_json: bool) -> None:
    """Print the versions, the newest first."""
    from chatbot.versions import facts, kept

    found = kept.listed(locations.model)
    if as_json:
        output.say_json([_as_dict(version) for version in found])
        return
    if not found:
        none_yet = _("{folder}: no version yet. `chatbot train` makes one.")
        output.say(none_yet.format(folder=locations.model))
    for version in found:
        mark = _("answers now") if version.answers else ""
        output.say(f"{version.number:4}  {facts(version)}  {mark}".rstrip())


def _as_dict(version: Version) -> dict[str, object]:
    return {
        "version": version.number,
        "answers": version.answers,
        "folder": str(version.folder),
        "has_intents": version.intents_path.exists(),
        **{key: value for key, value in asdict(version.card).items() if key != "intents"},
        "intents": version.card.intents,
    }


@versions.command()
@click.argument("before", type=int)
@click.argument("after", type=int)
@option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_locations
@click.pass_context
@utf8
def compare(
    context: click.Context,
    before: int,
    after: int,
    as_json: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Show what differs: intents, patterns, and the answers to patterns and typed messages."""
    locations = locations_of(context, intents_option, model_option)
    with explained():
        _compare(locations, before, after, as_json=as_json)


def _compare(locations: Locations, before: int, after: int, *, as_json: bool) -> None:
    """Print what differs between two versions: their files, their figures, their answers."""
    from chatbot.conversation import history
    from chatbot.versions import compare_versions, comparison_lines, facts, kept

    one, other = (kept.find(locations.model, number) for number in (before, after))
    typed = history.load(paths.history_file(locations.intents))
    compared, edit = compare_versions(one, other, locations.intents, typed)
    if as_json:
        value = {
            "before": _as_dict(one),
            "after": _as_dict(other),
            "intents": None if edit is None else asdict(edit),
            "answer_changes": asdict(compared),
        }
        output.say_json(value)
        return
    for version in (one, other):
        output.say(f"{version.number:4}  {facts(version)}")
    output.say("\n".join(comparison_lines(compared, edit)))


@versions.command()
@click.argument("number", type=int)
@option("--model-only", is_flag=True, help="Leave the intents file as it is.")
@with_locations
@click.pass_context
@utf8
def use(
    context: click.Context,
    number: int,
    model_only: bool,
    intents_option: Path | None,
    model_option: Path | None,
) -> None:
    """Use a version, and restore the intents file that made it.

    The present model is a version too, and an intents file that belongs to no version is kept
    under another name.
    """
    from chatbot.versions import kept, used_lines

    locations = locations_of(context, intents_option, model_option)
    with explained():
        used = kept.use(locations.intents, locations.model, number, with_intents=not model_only)
        output.say("\n".join(used_lines(used, locations.intents)))
