"""Conversations as JSON, for other programs: every field, exactly as it was said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from chatbot.archive.records import KeptTurn, Transcript
from chatbot.common import HALF_CHARACTER

FORMAT = 1
"""Raised when a program that reads the file would have to change."""


def document(transcripts: Sequence[Transcript]) -> str:
    """Return the content of a file."""
    values = {
        "format": FORMAT,
        "conversations": [
            {
                "title": made.conversation.title,
                "bot": str(made.conversation.bot),
                "started": made.conversation.started.isoformat(),
                "changed": made.conversation.changed.isoformat(),
                "turns": [_turn(turn) for turn in made.turns],
                "remembered": asdict(made.remembered),
            }
            for made in transcripts
        ],
    }
    text = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    # Only ever inside a JSON string, where this is its escape; UTF-8 cannot write it.
    return HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _turn(turn: KeptTurn) -> dict[str, Any]:
    said = turn.said
    return {
        "time": turn.time.isoformat(),
        "message": said.message,
        "reply": said.reply,
        "intent": said.intent,
        "confidence": said.confidence,
        "in_scope": said.in_scope,
        "model_version": said.model_version,
        "corrected": None if turn.corrected is None else {"intent": turn.corrected.intent},
    }
