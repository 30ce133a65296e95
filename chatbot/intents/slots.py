"""The slots of a file as it declares them, and those that its intents need.

A file without the key "slots" has none, and whatever brackets its patterns have are text.
"""

from __future__ import annotations

from typing import Any

from chatbot.intents.slot_types import SLOTS_KEY, ListedValue, Slot, SlotUse


def declared(data: Any) -> tuple[Slot, ...]:
    """Return the slots of data that passed the check."""
    found = data.get(SLOTS_KEY) if isinstance(data, dict) else None
    if not isinstance(found, dict):
        return ()
    return tuple(_slot(name.strip(), each or {}) for name, each in found.items())


def slot_names(data: Any) -> tuple[str, ...]:
    """Return the names of the slots that a file declares, however wrong the rest of it is."""
    found = data.get(SLOTS_KEY) if isinstance(data, dict) else None
    return tuple(name.strip() for name in found) if isinstance(found, dict) else ()


def _slot(name: str, item: dict[str, Any]) -> Slot:
    return Slot(
        name,
        values=values_of(item.get("values")),
        regex=item.get("regex") or "",
        kind=item.get("kind"),
        closed=item.get("closed") or False,
        default=item.get("default") or "",
        remember=item.get("remember") is not False,
        entry=item.get("entry") or "",
    )


def values_of(values: Any) -> tuple[ListedValue, ...]:
    """Return the values of a list, or of an object with their synonyms; blank ones are left out."""
    if isinstance(values, dict):
        listed = (
            ListedValue(
                value.strip(), tuple(text.strip() for text in texts_in(synonyms) if text.strip())
            )
            for value, synonyms in values.items()
        )
    else:
        listed = (ListedValue(value.strip()) for value in texts_in(values))
    return tuple({each.value: each for each in listed if each.value}.values())


def texts_in(value: Any) -> list[str]:
    """Return the texts of a key that holds one or a list; nothing of anything else."""
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


def uses(item: Any) -> tuple[SlotUse, ...]:
    """Return the slots that an intent needs; what is wrong in it is left out."""
    needed = item.get(SLOTS_KEY) if isinstance(item, dict) else None
    if isinstance(needed, str | list):
        names = (name.strip() for name in texts_in(needed) if isinstance(name, str))
        return tuple(SlotUse(name) for name in dict.fromkeys(names) if name)
    found = []
    for name, use in needed.items() if isinstance(needed, dict) else ():
        how = use if isinstance(use, dict) else {"ask": use}
        ask = tuple(text for text in texts_in(how.get("ask")) if isinstance(text, str))
        asked = tuple(text for text in ask if text.strip())
        found.append(SlotUse(name.strip(), asked, how.get("required") is not False))
    return tuple(found)
