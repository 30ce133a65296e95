"""Conversations as Markdown, in which nothing that was said is markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.archive.records import KeptTurn, Transcript
from chatbot.archive.wording import lasted, said_of, shown, when
from chatbot.common import _, bot_title

_ANYWHERE = re.compile(r"[\\`*_\[\]<>#|~&$@^=]|:(?=[/A-Za-z])|\.(?=[A-Za-z0-9])")
"""What CommonMark or GitHub read as markup within a line: also entities, addresses (www.…),
mentions, formulas and :emoji:."""

_AT_START = re.compile(r"^(?:[-+]|\d+(?=[.)]))")
"""What begins a list, a rule or a heading at the start of a line."""

_INDENT = re.compile(r"^[ \t]+")


def document(transcripts: Sequence[Transcript]) -> str:
    """Return the content of a file."""
    return "\n".join(block for made in transcripts for block in _conversation(made))


def _conversation(made: Transcript) -> list[str]:
    about = made.conversation
    return [
        f"# {_line(shown(about.title))}\n",
        f"{_line(shown(bot_title(about.bot)))}  ",
        f"{lasted(about)}\n",
        *(block for turn in made.turns for block in _turn(turn)),
    ]


def _turn(turn: KeptTurn) -> list[str]:
    you, bot = _("You"), _("Bot")
    return [
        f"**{you}** ({when(turn.time)})\n",
        _quote(turn.said.message) + "\n",
        f"**{bot}** ({_line(said_of(turn))})\n",
        _quote(turn.said.reply) + "\n",
    ]


def _quote(text: str) -> str:
    """Return a text as a block quotation with the same lines."""
    lines = [_line(line) for line in shown(text).split("\n")]
    quoted = []
    for i, line in enumerate(lines):
        goes_on = line and i + 1 < len(lines) and lines[i + 1]
        quoted.append(f"> {line}\\" if goes_on else f"> {line}".rstrip())
    return "\n".join(quoted)


def _line(text: str) -> str:
    """Return one line with every mark escaped, and with its indentation."""
    text = text.rstrip()
    indent = _INDENT.match(text)
    rest = text[indent.end() :] if indent else text
    rest = _ANYWHERE.sub(r"\\\g<0>", rest)
    if (start := _AT_START.match(rest)) is not None:
        end = start.end()
        rest = f"\\{rest}" if end == 1 and rest[0] in "-+" else f"{rest[:end]}\\{rest[end:]}"
    # Four plain spaces would begin a block of code.
    spaces = indent.group().replace("\t", "    ") if indent else ""
    return "&nbsp;" * len(spaces) + rest
