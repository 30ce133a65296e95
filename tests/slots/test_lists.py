"""Values of lists: with a typing error, in any script, at the limits of words, in large lists."""

from __future__ import annotations

import time

import pytest

from chatbot.intents import ListedValue, Slot
from chatbot.slots.lists import Lists, is_slip
from chatbot.slots.values import SlotValue, chosen
from chatbot.words import as_read, spans

CITIES = Slot(
    "city",
    (
        ListedValue("Hanoi", ("Ha Noi", "HN")), ListedValue("Hue"), ListedValue("Da Nang"),
        ListedValue("York"), ListedValue("New York", ("NYC", "the big apple")),
        ListedValue("Washington, D.C."), ListedValue("Zürich"), ListedValue("東京"),
        ListedValue("ภูเก็ต"), ListedValue("서울"), ListedValue("Đà Lạt"), ListedValue("Москва"),
        ListedValue("C#"), ListedValue("🍕"), ListedValue("Ankara"),
    ),
)  # fmt: skip


def found(message: str, *slots: Slot, others: frozenset[str] = frozenset()) -> list[SlotValue]:
    text = as_read(message)
    lists = Lists(slots or (CITIES,), others)
    return list(chosen(lists.find(list(spans(message)), text), lambda value, taken: 0))


@pytest.mark.parametrize(
    ("message", "value", "text"),
    [
        ("to Hanoi!", "Hanoi", "Hanoi"),
        ("HÀ NỘI", "Hanoi", "HÀ NỘI"),
        ("ha-noi", "Hanoi", "ha-noi"),
        ("to hn.", "Hanoi", "hn"),
        ("Hanio", "Hanoi", "Hanio"),
        ("Hannoi", "Hanoi", "Hannoi"),
        ("hano", "Hanoi", "hano"),
        ("danang", "Da Nang", "danang"),
        ("new  york", "New York", "new  york"),
        ("new yrok", "New York", "new yrok"),
        ("The Big Aple please", "New York", "The Big Aple"),
        ("washington d.c", "Washington, D.C.", "washington d.c"),
        ("washington dc", "Washington, D.C.", None),
        ("Zurich", "Zürich", "Zurich"),
        ("ZU\u0308RICH", "Zürich", "ZÜRICH"),
        ("今日は東京へ", "東京", "東京"),
        ("ไปภูเก็ตกัน", "ภูเก็ต", "ภูเก็ต"),
        ("서울에 가자", "서울", "서울"),
        ("da lat", "Đà Lạt", "da lat"),
        ("в Москву", "Москва", "Москву"),
        ("Ankara'ya", "Ankara", "Ankara"),
        ("Ｈｕｅ", "Hue", "Hue"),
        ("(hue)", "Hue", "hue"),
        ("C#", "C#", "C#"),
        ("c", None, None),
        ("a 🍕!", "🍕", "🍕"),
        ("Hua", None, None),
        ("Nanoi", None, None),
        ("new", None, None),
        ("shanghai huet", None, None),
        ("bhue", None, None),
    ],
)
def test_a_value_is_found_as_people_type_it(message: str, value: str, text: str | None) -> None:
    values = found(message)
    if text is None:
        assert not [each for each in values if each.value == value]
        return
    assert [(each.value, each.text) for each in values] == [(value, text)]
    assert as_read(message)[values[0].start : values[0].end] == text


def test_the_longest_value_counts_and_values_do_not_overlap() -> None:
    assert [each.value for each in found("New York York")] == ["New York", "York"]


def test_a_word_that_the_bot_knows_is_no_slip_of_the_pen() -> None:
    rome = Slot("city", (ListedValue("Rome"),))
    assert found("Rose", rome) != []
    assert found("Rose", rome, others=frozenset({"rose"})) == []


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [
        ("hanoi", "hanoi", True), ("hanio", "hanoi", True), ("anhoi", "hanoi", False),
        ("ahnoi", "hanoi", True), ("hanoii", "hanoi", True), ("hni", "hanoi", False),
        ("honio", "hanoi", False), ("xanoi", "hanoi", False),
    ],
)  # fmt: skip
def test_a_slip_is_one_letter(typed: str, meant: str, is_one: bool) -> None:
    assert is_slip(typed, meant) is is_one


def test_a_large_list_is_no_slower_per_message() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = ("".join(letters[i // 26**k % 26] for k in range(5)) for i in range(50_000))
    values = tuple(ListedValue(f"{name}ville town") for name in names)
    lists = Lists([Slot("place", values)])
    message = f"go to {values[1234].value.replace('ville', 'vile')} " * 50
    begun = time.perf_counter()
    result = list(lists.find(list(spans(message)), as_read(message)))
    assert len(result) >= 50 and time.perf_counter() - begun < 20
