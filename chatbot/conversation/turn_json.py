"""A turn as JSON: what `chatbot ask --json` prints and `chatbot api` answers, as one table.

A new key is one more entry here; both have it then, and the page of the API describes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from chatbot.conversation.reading import Reading
    from chatbot.conversation.turn import Turn
    from chatbot.slots import SlotValue

Schema = Mapping[str, Any]


class Key(NamedTuple):
    """A key of a turn."""

    schema: Schema
    """What its value is, as JSON Schema."""
    of: Callable[[str, Turn], Any]
    """Returns the value, from the message as it was sent and its turn."""


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _share(description: str) -> Schema:
    return {"type": "number", "minimum": 0, "maximum": 1, "description": description}


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _list(description: str, items: Schema) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _object(properties: Mapping[str, Schema], description: str = "") -> Schema:
    described = {"description": description} if description else {}
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
        **described,
    }


CONTEXTS_SCHEMA: Schema = {
    "type": "object",
    "additionalProperties": {"type": "integer", "minimum": 1},
    "description": "What is active after the answer, and for how many more messages.",
}

_LATER = _object(
    {
        "seconds": {"type": "number", "description": "After so many seconds."},
        "text": _text("What is said then."),
    }
)

TURN: Mapping[str, Key] = {
    "text": Key(_text("The message as it was sent."), lambda text, turn: text),
    "intent": Key(
        _text("The best intent; of a message that is not answered the nearest one."),
        lambda text, turn: turn.reading.prediction.intent,
    ),
    "confidence": Key(
        _share("How likely that intent is meant."),
        lambda text, turn: turn.reading.prediction.confidence,
    ),
    "in_scope": Key(
        _flag("Whether the message is answered; else the reply is the fallback."),
        lambda text, turn: turn.reading.prediction.in_scope,
    ),
    "energy": Key(
        {"type": "number", "description": "Activation of all intents, in nats."},
        lambda text, turn: turn.reading.prediction.energy,
    ),
    "is_pattern": Key(
        _flag("Whether the message is a pattern or an example of the intents file: certain."),
        lambda text, turn: turn.reading.prediction.is_pattern,
    ),
    "in_another_context": Key(
        {
            "type": ["string", "null"],
            "description": "The intent that it would be a pattern of in another context.",
        },
        lambda text, turn: turn.reading.prediction.needs or None,
    ),
    "reply": Key(_text("What the bot says."), lambda text, turn: turn.reply),
    "later": Key(
        _list("What an action promised to say after a while.", _LATER),
        lambda text, turn: [asdict(later) for later in turn.later],
    ),
    "calls_off": Key(
        _flag("Whether what was promised before is not said any more."),
        lambda text, turn: turn.calls_off,
    ),
    "takes_back": Key(
        _list(
            "What the answer that this one corrects has promised: it is not said any more.", _LATER
        ),
        lambda text, turn: [asdict(later) for later in turn.takes_back],
    ),
    "problem": Key(
        {"type": ["string", "null"], "description": "Why an action found nothing."},
        lambda text, turn: turn.problem or None,
    ),
    "parts": Key(
        _list(
            "The two messages that it holds, where both are answered; else none.",
            _object(
                {
                    "text": _text("What was read of it."),
                    "intent": _text("Its intent."),
                    "confidence": _share("How likely that intent is meant."),
                }
            ),
        ),
        lambda text, turn: [_part(part) for part in turn.parts],
    ),
    "offers": Key(
        _list(
            "What can be asked instead, where there is no answer. In a conversation its number, "
            "from 1 on, asks it.",
            _object(
                {
                    "intent": _text("What it asks for."),
                    "message": _text("How it is asked."),
                }
            ),
        ),
        lambda text, turn: [asdict(offer) for offer in turn.offers.choices],
    ),
    "contexts": Key(
        CONTEXTS_SCHEMA, lambda text, turn: {active.name: active.turns for active in turn.contexts}
    ),
    "slots": Key(
        _list(
            "The values of slots that the message names.",
            _object(
                {
                    "slot": _text("Its name."),
                    "value": _text("What it means."),
                    "text": _text("As it was said."),
                    "start": _count("Where it begins in the message as it is read, in characters."),
                    "end": _count("Where it ends."),
                    "how": {
                        "enum": ["list", "regex", "kind", "learned", "said"],
                        "description": "How it was found; said: the whole message, as asked for.",
                    },
                }
            ),
        ),
        lambda text, turn: [_slot(value) for value in turn.slots],
    ),
    "asks": Key(
        {"type": ["string", "null"], "description": "The slot that the reply asks for."},
        lambda text, turn: turn.asks and turn.asks.slot,
    ),
    "goes_on": Key(
        {
            "type": ["string", "null"],
            "description": "The intent of an earlier message that is answered: this one only names "
            "or corrects a slot of it.",
        },
        lambda text, turn: turn.goes_on,
    ),
    "ranking": Key(
        _list(
            "Every intent that can be meant, the best first.",
            _object({"intent": _text("Its tag."), "confidence": _share("How likely it is meant.")}),
        ),
        lambda text, turn: [ranked._asdict() for ranked in turn.reading.prediction.ranking],
    ),
    "words": Key(
        _list("The words that were read.", _text("A word.")), lambda text, turn: turn.reading.words
    ),
    "unread_characters": Key(
        {
            "type": "integer",
            "minimum": 0,
            "description": "Characters at the end of a very long message that were not read.",
        },
        lambda text, turn: turn.reading.unread,
    ),
}
"""By the key, in the order in which they are written."""

TURN_SCHEMA: Schema = _object(
    {name: key.schema for name, key in TURN.items()}, "A message and its answer."
)
"""The JSON Schema of what `turn_as_json` returns."""


def turn_as_json(text: str, turn: Turn) -> dict[str, Any]:
    """Return a turn as a value for JSON; `text` is the message as it was sent.

    That may be the number of an offer, where the turn is about what it asks.
    """
    return {name: key.of(text, turn) for name, key in TURN.items()}


def _slot(value: SlotValue) -> dict[str, Any]:
    """Return a value of a slot."""
    return {
        "slot": value.slot,
        "value": value.value,
        "text": value.text,
        "start": value.start,
        "end": value.end,
        "how": str(value.how),
    }


def _part(reading: Reading) -> dict[str, Any]:
    """Return one of two messages in one."""
    said = reading.prediction
    return {"text": reading.message, "intent": said.intent, "confidence": said.confidence}
