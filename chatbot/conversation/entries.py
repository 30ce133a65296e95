"""Lists that grow with what is said: an order. What a message adds to one, or takes out of it.

A list is a slot with an `entry`, "{count|1} {dish}": one for each value of the slot that has no
default in it, the head. The others of an entry are those that stand nearest to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chatbot.conversation.replies import fill
from chatbot.intents import EntryAction, Intent, Slot, parts_of_entry
from chatbot.slots import SlotValue, by_slot

Entry = Mapping[str, str]
"""What it says of each slot: {"count": "2", "dish": "tea"}."""

Lists = Mapping[str, tuple[Entry, ...]]
"""The entries of each list that has some, by its name."""

MOST_ENTRIES = 100
"""Of a list: what comes after them is left out of it, and so of the reply that names the list."""

_MOST_DIGITS = 9
"""Of a number that is added to another."""


@dataclass(frozen=True, slots=True)
class KnownSlots:
    """What is known of slots before a message is answered."""

    slots: Mapping[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    said: tuple[Entry, ...] = ()
    """The entries that the message before has named, where this one only goes on with it."""
    message: str = ""
    """The message before."""
    answers: str | None = None
    """The tag of the intent that it was answered with."""

    def after(self, values: Sequence[SlotValue], change: Change | None) -> KnownSlots:
        """Return what is known after a message, which names values and may change lists."""
        slots = {**self.slots, **by_slot(values)}
        if change is None:
            return KnownSlots(slots, self.lists)
        return KnownSlots({k: v for k, v in slots.items() if k not in change.uses}, change.lists)


class Change(NamedTuple):
    """What a message does to lists."""

    said: tuple[Entry, ...]
    """The entries that it names; where it goes on with the one before, those of that one too."""
    lists: Lists
    """All lists after it."""
    shown: Lists
    """What the reply says of them: one that is cleared is named once more."""
    uses: frozenset[str]
    """The slots that are in its entries, and so not remembered beside them."""


def change(
    intent: Intent, declared: Sequence[Slot], values: Sequence[SlotValue], known: KnownSlots
) -> Change | None:
    """Return what a message of an intent does to its lists, as far as it says all; None: nothing.

    `values` are those of the message, `known` those of earlier ones.
    """
    lists, shown, said = dict(known.lists), dict(known.lists), known.said
    uses: set[str] = set()
    of_intent = {name: action for name, action in intent.entries}
    for slot in declared:
        action = of_intent.get(slot.name)
        if action is None:
            continue
        if action is EntryAction.CLEAR:
            lists.pop(slot.name, None)
            continue
        parts = parts_of_entry(slot.entry)
        head = next(name for name, default in parts.items() if default is None)
        said = _gone_on(known.said, _named(parts, head, values), head)
        if len(said) == 1:
            wanted = {head: None} if action is EntryAction.REMOVE else parts
            said = ({**{n: known.slots[n] for n in wanted if n in known.slots}, **said[0]},)
        uses |= parts.keys()
        whole = [each for each in said if head in each]
        entries = known.lists.get(slot.name, ())
        if action is EntryAction.REPLACE:
            entries, whole = _replaced(entries, whole, parts, head), []
        for each in whole:
            if action is EntryAction.ADD:
                filled = {name: each.get(name) or default or "" for name, default in parts.items()}
                entries = _with(entries, filled, head)
            else:
                entries = _without(entries, each, head)
        lists[slot.name] = shown[slot.name] = entries[:MOST_ENTRIES]
        if not entries:
            del lists[slot.name], shown[slot.name]
    return Change(said, lists, shown, frozenset(uses)) if of_intent else None


def texts(declared: Sequence[Slot], lists: Lists) -> dict[str, str]:
    """Return each list as replies name it: its entries, with commas between."""
    return {
        slot.name: ", ".join(fill(slot.entry, each, set(each)) for each in lists[slot.name])
        for slot in declared
        if slot.entry and lists.get(slot.name)
    }


def _named(
    parts: Mapping[str, str | None], head: str, values: Sequence[SlotValue]
) -> list[dict[str, str]]:
    """Return the entries that values name; of values without a head one, which lacks it."""
    heads = [value for value in values if value.slot == head]
    found: list[dict[str, str]] = [{head: value.value} for value in heads] or [{}]
    for value in values:
        if value.slot == head or value.slot not in parts:
            continue
        nearest = min(range(len(heads)), key=lambda k: _distance(value, heads[k])) if heads else 0
        found[nearest][value.slot] = value.value
    return found


def _distance(value: SlotValue, head: SlotValue) -> tuple[int, bool]:
    """Return the words between; of two that are as far the one that follows is nearer."""
    return max(head.first - value.after, value.first - head.after), head.first < value.first


def _gone_on(before: Sequence[Entry], named: Sequence[Entry], head: str) -> tuple[Entry, ...]:
    """Return the entries of a message that goes on with the one before.

    What that one did not say is said now of each of its entries that lacks it; else the last one is
    corrected.
    """
    if not before:
        return tuple(named)
    first, *more = named
    lacking = {k for k, each in enumerate(before) if head not in each or first.keys() - each.keys()}
    meant = lacking or {len(before) - 1}
    return (*({**e, **first} if k in meant else e for k, e in enumerate(before)), *more)


def _with(entries: Sequence[Entry], new: Entry, head: str) -> tuple[Entry, ...]:
    """Return entries and one more; one that differs only in a number is added to."""
    count = _count_of(new, head)
    for k, each in enumerate(entries):
        if count is None and each == new:
            return tuple(entries)
        if count is not None and _count_of(each, head) == count and _same(each, new, count):
            number = str(int(each[count]) + int(new[count]))
            return (*entries[:k], {**each, count: number}, *entries[k + 1 :])
    return (*entries, new)


def _replaced(
    entries: Sequence[Entry], said: Sequence[Entry], parts: Mapping[str, str | None], head: str
) -> tuple[Entry, ...]:
    """Return entries with the last one that was said in place of the first, as many of it.

    Of a single one the last entry is what it takes the place of. What is not there is added to.
    """
    if not said:
        return tuple(entries)
    gone, new = said[0] if len(said) > 1 else {}, said[-1]
    places = [k for k, each in enumerate(entries) if gone.get(head, each[head]) == each[head]]
    before = entries[places[-1]] if places else {}
    left = [each for k, each in enumerate(entries) if k not in places[-1:]]
    filled = {n: new.get(n) or before.get(n) or default or "" for n, default in parts.items()}
    merged = _with(left, filled, head)
    if not places or len(merged) == len(left):
        return merged
    return (*merged[: places[-1]], merged[-1], *merged[places[-1] : -1])


def _without(entries: Sequence[Entry], gone: Entry, head: str) -> tuple[Entry, ...]:
    """Return entries without one; if it says a number, without so many of it."""
    count = _count_of(gone, head)
    kept: list[Entry] = []
    left = int(gone[count]) if count is not None else 0
    for each in entries:
        if not all(each.get(name) == value for name, value in gone.items() if name != count):
            kept.append(each)
        elif count is not None and _count_of(each, head) == count:
            there = int(each[count])
            if there > left:
                kept.append({**each, count: str(there - left)})
            left = max(left - there, 0)
    return tuple(kept)


def _same(one: Entry, other: Entry, but: str) -> bool:
    return {**one, but: ""} == {**other, but: ""}


def _count_of(entry: Entry, head: str) -> str | None:
    """Return the slot that says how many of something there are, if there is one such number."""
    numbers = [
        name
        for name, value in entry.items()
        if name != head and value.isdecimal() and len(value) <= _MOST_DIGITS
    ]
    return numbers[0] if len(numbers) == 1 else None
