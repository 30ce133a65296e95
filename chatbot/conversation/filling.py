"""What a message does to slots of an earlier intent: it names the one asked for, or corrects one.

What is known decides, not lists of words: the values in the message, and whether it surely means
another intent. Only the ways out of a question are words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from chatbot.conversation.leads import correcting, denied
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.intents import FUNCTION_WORDS, EntryAction, Intent, Slot, parts_of_entry
from chatbot.model import Prediction
from chatbot.slots import How, SlotValue
from chatbot.words import as_read, bare, is_punctuation, spans, spoken, words

MOST_SAID = 5
"""Words of a message that is itself the value of a slot that was asked for."""

MOST_AROUND = 2
"""Words beside the value in a correction that might mean another intent: "no, to Hue"."""

MOST_AROUND_ELSE = 5
"""The same where no intent is sure: "no I meant the one in Hue"."""

_WAYS_OUT = """
never mind; nevermind; forget it; cancel; stop; no; nothing; skip; no thanks; egal;
vergiss es; abbrechen; nein; nichts; laisse tomber; annule; annuler; non; rien; peu
importe; da igual; olvídalo; cancelar; nada; não; deixa pra lá; esquece; lascia stare;
annulla; niente; laat maar; annuleren; nee; nieważne; anuluj; nie; неважно; отмена; нет;
boşver; iptal; hayır; gak jadi; batal; tidak; thôi; bỏ qua; hủy; không; لا; إلغاء; لا
يهم; रहने दो; नहीं; रद्द करें; いいえ; やめる; キャンセル; 아니요; 취소; 됐어요; 算了; 不用了; 取消; 不;
none of these; none of them; none; neither; keins davon; keine davon; aucun; aucune; aucun des
deux; aucune de ces questions; ninguno; ninguna; ninguno de estos; nenhum; nenhuma; nenhum
desses; nessuno; nessuna; nessuna di queste; geen van deze; geen van beide; żadne z nich; żadne;
ничего из этого; ни один; hiçbiri; bukan semuanya; tidak satu pun; không cái nào; không phải cái
nào; ولا واحد; لا شيء من هذا; इनमें से कोई नहीं; कोई नहीं; どれでもない; どれも違う;
없음; 둘 다 아니요; 都不是; 没有一个
"""
WAYS_OUT = frozenset(
    tuple(bare(word) for word in spoken(words(phrase))) for phrase in _WAYS_OUT.split(";")
)
"""What ends a question or takes no offer, in the languages of the base; a bot with an intent for it
answers that."""


def gives_up(reading: Reading) -> bool:
    """Return whether a message is a way out of a question, or of offers."""
    said = tuple(bare(word) for word in spoken(reading.words))
    return said in WAYS_OUT or any(
        said[:cut] in WAYS_OUT and said[cut:] in WAYS_OUT for cut in range(1, len(said))
    )


def filled(reader: Reader, reading: Reading, intent: Intent, slot: str) -> tuple[SlotValue, ...]:
    """Return the values of a message that names a slot of an intent, as was asked, or another slot.

    None of them where it names none, or where it means another intent.
    """
    values = _values_for(reader, reading, [slot, *sorted(intent.slot_names - {slot})])
    said = reading.prediction
    is_other = said.in_scope and said.intent != intent.tag
    if any(value.slot == slot for value in values):
        around = words_around(reading, values)
        return () if is_other and (said.is_pattern or around > MOST_AROUND) else values
    declared = next((each for each in reader.intents.slots if each.name == slot), None)
    if not said.in_scope and declared is not None and _is_free(declared):
        # What is in a list that the intent has nothing to do with may be the very word that was
        # asked for: Paris, a name. A number is none.
        values = tuple(
            value
            for value in values
            if value.slot in intent.slot_names or value.how in (How.REGEX, How.KIND)
        )
        whole = _whole(reader, reading, slot, values)
        return values if whole is None else (*values, whole)
    # Any number of two digits is some slot's: such a value must be of the intent that asks.
    own = tuple(v for v in values if v.slot in intent.slot_names or v.how is not How.KIND)
    around = words_around(reading, own, _counters(intent))
    return own if _says_values_only(reader, said, around, own, intent) else ()


def corrected(
    reader: Reader,
    reading: Reading,
    intent: Intent,
    before: Collection[str] = (),
    *,
    is_costly: bool = False,
) -> tuple[SlotValue, ...]:
    """Return the values of a message that only says other values for an intent; else none.

    `before` are the slots of which the message before has said one: they are corrected first. What
    `is_costly`, since it takes back a promise, needs a word that corrects, or hardly any other.
    """
    said, lead, wrong = reading.prediction, correcting(reading.words), denied(reading.words)
    if said.is_pattern:
        return ()
    corrects = lead > 0 or len(wrong) > 0
    if wrong and wrong.start <= lead:  # "not 7, 8"
        lead = wrong.stop
    names = sorted(intent.slot_names, key=lambda name: (name not in before, name))
    values = _values_for(reader, reading, names, lead)
    if values:  # a date beside a city may be why it is no correction
        values = reader.slots_in(reading, names, without=lead)
    values = tuple(value for value in values if value.first not in wrong)
    if not values or any(value.slot not in intent.slot_names for value in values):
        return ()
    if not corrects and _means(said, intent) and not _is_part_of_entry(reader, intent, values):
        return ()
    no_part = [word for k, word in enumerate(reading.words) if k < lead or k in wrong]
    around = words_around(reading, values, _counters(intent)) - len(spoken(no_part))
    if is_costly and not no_part and around > MOST_AROUND:
        return ()
    if no_part:  # the rest is read by itself: "no, make it 20 minutes"
        left = [word for k, word in enumerate(reading.words) if k >= lead and k not in wrong]
        said = reader.read_words(reading.message, left).prediction
        if around <= 0 or _means(said, intent):
            return values
    elif _means(said, intent):
        return values if around <= 0 else ()
    return values if _says_values_only(reader, said, around, values, intent) else ()


def _is_part_of_entry(reader: Reader, intent: Intent, values: Sequence[SlotValue]) -> bool:
    """Return whether values are of an entry that an intent adds, but not what it is: "2 cups"."""
    added = {name for name, action in intent.entries if action is EntryAction.ADD}
    parts = [parts_of_entry(slot.entry) for slot in reader.intents.slots if slot.name in added]
    named = {value.slot for value in values}
    return any(
        named <= {name for name, default in each.items() if default is not None} for each in parts
    )


def _means(said: Prediction, intent: Intent) -> bool:
    return said.in_scope and said.intent == intent.tag


def _values_for(
    reader: Reader, reading: Reading, names: Sequence[str], without: int = 0
) -> tuple[SlotValue, ...]:
    quick = reader.finder.is_quick_for(names)
    return reader.slots_in(reading, names, quick=quick, without=without)


def _says_values_only(
    reader: Reader, said: Prediction, around: int, values: Sequence[SlotValue], intent: Intent
) -> bool:
    """Return whether a message says values and hardly more, so that it means no other intent.

    `said` is what the network takes it for, `around` how many words are in no value.
    """
    if said.is_pattern or not values:
        return False
    if not said.in_scope:
        is_sure = any(value.how is not How.LEARNED for value in values)
        return around <= (MOST_AROUND_ELSE if is_sure else MOST_AROUND)
    meant = reader.intents.by_tag(said.intent)
    uses = meant.slot_names if meant is not None else frozenset[str]()
    certain = all(value.how is not How.LEARNED for value in values)
    return certain and not any(value.slot in uses for value in values) and around <= MOST_AROUND


@lru_cache(maxsize=64)
def _counters(intent: Intent) -> Mapping[str, frozenset[str]]:
    """Return the words right behind values of each slot in patterns: "3 ly", "for 2 people"."""
    found: dict[str, set[str]] = {}
    for each in intent.tagged:
        for span in each.spans:
            behind = next(spans(each.text[span.end :]), None)
            if behind is not None and not is_punctuation(behind.text):
                found.setdefault(span.slot, set()).add(bare(behind.text))
    return {slot: frozenset(behind) for slot, behind in found.items()}


def words_around(
    reading: Reading,
    values: Sequence[SlotValue],
    counters: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> int:
    """Return how many words of a message are in no value; punctuation does not count.

    Nor does a word that belongs to the value before it, by what `counters` has for its slot.
    """
    inside = {place for value in values for place in range(value.first, value.after)}
    inside |= {
        value.after
        for value in values
        if value.after < len(reading.words)
        and bare(reading.words[value.after]) in counters.get(value.slot, ())
    }
    return sum(
        place not in inside and not is_punctuation(word) for place, word in enumerate(reading.words)
    )


def _is_free(slot: Slot) -> bool:
    """Return whether anything may be a value of a slot."""
    return not (slot.closed or slot.regex or slot.kind or slot.entry)


def _whole(
    reader: Reader, reading: Reading, slot: str, values: Sequence[SlotValue]
) -> SlotValue | None:
    """Return what a short message says beside other values as the value of a slot.

    None for a message that is long, or says nothing else: of "for 3 people" nothing is left.
    """
    read, text = list(spans(reading.message)), as_read(reading.message)
    if not 1 <= len(spoken(reading.words)) <= MOST_SAID or len(read) != len(reading.words):
        return None
    inside = {place for value in values for place in range(value.first, value.after)}
    idle = _idle_words(reader) if values else frozenset[str]()
    outside = [
        place
        for place in range(len(read))
        if place not in inside and bare(read[place].text) not in idle
    ]
    if not any(_says(read[place].text) for place in outside):
        return None
    first = outside[0]
    behind = next((value.first for value in values if value.first > first), len(read))
    after = max(place for place in outside if place < behind) + 1
    start, end = read[first].start, read[after - 1].end
    said = text[start:end].strip(" .,;!?")
    start = text.index(said, start)
    value = " ".join(said.split())
    return SlotValue(slot, value, said, start, start + len(said), first, after, How.SAID)


def _idle_words(reader: Reader) -> frozenset[str]:
    """Return the words that only lead to a value: "for", and the names of slots, "people"."""
    names = (bare(word) for slot in reader.intents.slots for word in words(slot.name))
    return frozenset(map(bare, FUNCTION_WORDS)).union(names)


def _says(word: str) -> bool:
    return any(character.isalnum() for character in word)
