"""Which slots a message asks to forget: "forget my name", "quên hết đi", in many languages.

A bot whose intents file has such a message as a pattern answers that.
"""

from __future__ import annotations

from collections.abc import Collection

from chatbot.conversation.leads import phrases
from chatbot.conversation.reading import Reading
from chatbot.words import bare, spoken, words

_VERBS = phrases("""
forget; please forget; can you forget; you can forget; vergiss; bitte vergiss; oublie;
oubliez; olvida; olvide; esquece; esqueça; dimentica; vergeet; zapomnij; забудь; забудьте;
unut; lupakan; quên; hãy quên; xin quên; 忘记; 忘了; 忘掉; انس; भूल जाओ
""")

_EVERYTHING = phrases("""
everything; all; all of it; all of that; everything i said; everything i told you; what i
said; what i told you; about me; everything about me; it all; all i said; all about me;
alles; alles über mich; alles was ich gesagt habe; tout; tout ce que j'ai dit; todo; todo lo
que dije; tudo; tudo o que eu disse; tutto; tutto quello che ho detto; wszystko; всё; все;
her şeyi; hepsini; semuanya; semua; hết; hết đi; hết đi nhé; tất cả; tất cả đi; mọi thứ; mọi
thứ đi; những gì mình nói; những gì tôi nói; hết những gì mình nói; hết những gì tôi nói;
一切; 全部; كل شيء; सब कुछ
""")

_ASKS = ("?", "rồi", "chưa", "không")
"""In a question whether something is forgotten: "quên tên mình rồi à"."""

_NAMES = frozenset(
    "name ten nom nombre nome naam imie имя isim nama 名字 名前 이름 اسم नाम".split()  # noqa: SIM905
)
"""The slot that nearly every bot has, by its name in languages: somebody may speak another one."""

MOST_WORDS = 5
"""Behind the verb, where a slot is named."""


def to_forget(reading: Reading, known: Collection[str]) -> tuple[str, ...]:
    """Return which of the slots that are known a message asks to forget, maybe all; or none."""
    if reading.prediction.is_pattern or any(word in _ASKS for word in reading.words):
        return ()
    said = [bare(word) for word in spoken(reading.words)]
    for cut in range(1, min(4, len(said))):
        rest = said[cut:]
        if tuple(said[:cut]) not in _VERBS:
            continue
        if tuple(rest) in _EVERYTHING:
            return tuple(known)
        if len(rest) <= MOST_WORDS:
            return tuple(name for name in known if _is_named(name, rest))
    return ()


def _is_named(slot: str, said: Collection[str]) -> bool:
    """Return whether the words of a slot's name are all among some words."""
    named = [bare(word) for word in words(slot.replace("_", " "))]
    return all(word in said for word in named) or (
        len(named) == 1 and named[0] in _NAMES and not _NAMES.isdisjoint(said)
    )
