"""Conversations as one page for the browser: no other file, no script, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from chatbot.archive.records import KeptTurn, Transcript
from chatbot.archive.wording import lasted, said_of, shown, when
from chatbot.common import _, bot_title

_STYLE = """
:root { color-scheme: light dark; --text: #1b1f24; --page: #fff; --you: #e3eefc; --bot: #f1f3f5;
  --faint: #57606a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --page: #15181c; --you: #1d3350;
  --bot: #23282e; --faint: #9aa4af; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
.about { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; margin: .2rem .5rem; }
.you, .bot { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; margin: 0;
  padding: .6rem .9rem; border-radius: .8rem; width: fit-content; max-width: 85%; }
.you { background: var(--you); margin-inline-start: auto; }
.bot { background: var(--bot); }
.you + .about { text-align: end; }
"""

# The policy forbids whatever else could load or run, should an escape ever be missing.
_HEAD = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
"""


def document(transcripts: Sequence[Transcript]) -> str:
    """Return the page."""
    title = transcripts[0].conversation.title if len(transcripts) == 1 else _("Conversations")
    body = "".join(map(_conversation, transcripts))
    return (
        f"{_HEAD}<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def _conversation(made: Transcript) -> str:
    about = made.conversation
    return (
        f'<article>\n<h1 dir="auto">{_safe(about.title)}</h1>\n'
        f'<p class="about">{_safe(bot_title(about.bot))}<br>'
        f"{lasted(about)}</p>\n"
        f"{''.join(map(_turn, made.turns))}</article>\n"
    )


def _turn(turn: KeptTurn) -> str:
    # Each text finds its own direction, and cannot turn round what stands beside it.
    return (
        f'<p class="you" dir="auto">{_safe(turn.said.message)}</p>\n'
        f'<p class="about">{when(turn.time)}</p>\n'
        f'<p class="bot" dir="auto">{_safe(turn.said.reply)}</p>\n'
        f'<p class="about">{_safe(said_of(turn))}</p>\n'
    )


def _safe(text: str) -> str:
    return escape(shown(text))
