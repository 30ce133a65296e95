"""The commands `versions`: list what was trained, compare two of them, and go back."""

from __future__ import annotations

import json
from dataclasses import asdict

from chatbot.common import Locations, paths
from chatbot.conversation import history
from chatbot.versions import Version, compare_versions, comparison_lines, facts, used_lines
from chatbot.versions import kept as versions


def show_list(locations: Locations, *, as_json: bool) -> None:
    """Print the versions, the newest first."""
    found = versions.listed(locations.model)
    if as_json:
        print(json.dumps([_as_dict(version) for version in found]))
        return
    if not found:
        print(f"{locations.model}: no version yet. `chatbot train` makes one.")
    for version in found:
        mark = "answers now" if version.answers else ""
        print(f"{version.number:4}  {facts(version)}  {mark}".rstrip())


def _as_dict(version: Version) -> dict[str, object]:
    return {
        "version": version.number,
        "answers": version.answers,
        "folder": str(version.folder),
        "has_intents": version.intents_path.exists(),
        **{key: value for key, value in asdict(version.card).items() if key != "intents"},
        "intents": version.card.intents,
    }


def show_comparison(locations: Locations, before: int, after: int, *, as_json: bool) -> None:
    """Print what differs between two versions: their files, their figures, their answers."""
    one, other = (versions.find(locations.model, number) for number in (before, after))
    typed = history.load(paths.history_file(locations.intents))
    compared, edit = compare_versions(one, other, locations.intents, typed)
    if as_json:
        value = {
            "before": _as_dict(one),
            "after": _as_dict(other),
            "intents": None if edit is None else asdict(edit),
            "answer_changes": asdict(compared),
        }
        print(json.dumps(value))
        return
    for version in (one, other):
        print(f"{version.number:4}  {facts(version)}")
    print("\n".join(comparison_lines(compared, edit)))


def use(locations: Locations, number: int, *, with_intents: bool) -> None:
    """Let a version answer, and say what was done."""
    used = versions.use(locations.intents, locations.model, number, with_intents=with_intents)
    print("\n".join(used_lines(used, locations.intents)))
