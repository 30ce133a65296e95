"""Practice bots: small bots written to practise on, each with intents worded by many people.

A file: `## kind` opens a bot, `# intent` an intent of it, `# -` its out-of-scope messages; every
other line is a message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from chatbot.learning.pretraining.errors import PretrainingError


@dataclass(frozen=True, slots=True)
class PracticeBot:
    """One bot."""

    kind: str
    intents: dict[str, list[str]] = field(default_factory=dict)
    """Messages by intent."""
    out_of_scope: list[str] = field(default_factory=list)


def bots(path: Path) -> list[PracticeBot]:
    """Return the bots of a file. Raises PretrainingError naming file and line."""
    found: list[PracticeBot] = []
    target: list[str] | None = None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PretrainingError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    for number, raw in enumerate(text.splitlines(), 1):
        line = " ".join(raw.split())
        if line.startswith("## "):
            found.append(PracticeBot(line[3:]))
            target = None
        elif line.startswith("# "):
            if not found:
                raise PretrainingError(f"{path}:{number}: an intent before any bot: add `## kind`")
            name = line[2:]
            bot = found[-1]
            target = bot.out_of_scope if name == "-" else bot.intents.setdefault(name, [])
        elif line:
            if target is None:
                raise PretrainingError(
                    f"{path}:{number}: a message outside any intent: add `# intent` above it"
                )
            target.append(line)
    return found
