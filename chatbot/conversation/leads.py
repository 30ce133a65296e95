"""How a message begins that takes back what was said before, or adds to it, in many languages.

What is corrected is decided by the values in a message; these words only tell "no, 20 minutes" from
"and 20 minutes", and that neither is a message of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.words import bare, is_punctuation, spoken, words


def phrases(text: str) -> frozenset[tuple[str, ...]]:
    """Return the words of phrases that are parted by semicolons, with diacritics and without.

    One diacritic makes another word of many: "cả" is "all", "cà" begins coffee.
    """
    written = {spoken(words(phrase)) for phrase in text.split(";")}
    return frozenset(written | {tuple(map(bare, phrase)) for phrase in written})


_CORRECTS = phrases("""
sorry; i meant; i mean; i mean to say; i meant to say; i wanted to say; actually; rather; or rather;
correction; make it; make that; change it to; change that to; no make it; i said; it should be;
my mistake; my bad; oops; on second thought; better; scratch that; no wait; not that; wrong;
nein doch; ich meinte; ich meine; entschuldigung; sorry ich meinte; doch lieber; eigentlich;
vielmehr;
besser gesagt; quatsch; moment; falsch;
je voulais dire; je veux dire; pardon; desole; désolée; plutôt; en fait; mets plutôt; non pardon;
erreur;
quise decir; quiero decir; perdón; perdona; mejor; mejor dicho; en realidad; digo; me equivoqué;
quis dizer; quero dizer; desculpa; desculpe; aliás; melhor; na verdade; digo;
volevo dire; voglio dire; scusa; scusi; anzi; in realtà; meglio; mi sono sbagliato;
ik bedoelde; ik bedoel; sorry ik bedoel; liever; eigenlijk; foutje;
miałem na myśli; miałam na myśli; chodziło mi o; przepraszam; a właściwie; raczej; pomyłka;
я имел в виду; я имела в виду; извини; извините; точнее; вернее; то есть; ошибся; ошиблась;
pardon; yani; demek istedim; özür dilerim; daha doğrusu; yanlış;
maksud saya; maksudku; maaf; salah; eh salah; tepatnya; ralat;
nhầm; à nhầm; nhầm rồi; mình nhầm; tôi nhầm; em nhầm; anh nhầm; chị nhầm; ý mình là; ý tôi là; ý
em là;
ý anh là; ý chị là; ý tao là; mình muốn nói; tôi muốn nói; đổi thành; đổi lại; đổi lại thành; sửa
thành;
sửa lại thành; sửa lại; à không; không phải; xin lỗi; lộn; lộn rồi; nói nhầm; à quên; đúng ra là;
chính xác là; sai rồi;
我是说; 我的意思是; 说错了; 不对; 应该是; 改成; 换成; 抱歉; 我是說; 說錯了; 不對; 應該是;
じゃなくて; 間違えた; 間違い; やっぱり; すみません; ごめん; 訂正; いや;
아니; 아니요; 아니라; 제 말은; 내 말은; 미안; 죄송해요; 정정; 잘못 말했어요;
أقصد; قصدي; عفوا; آسف; بل; मेरा मतलब; माफ़ करना; गलती से; दरअसल
""")
"""What says that the words before were wrong."""

_REFUSES = phrases("""
no; nope; nah; no no; nein; nee; non; não; nie; нет; hayır; tidak; bukan; gak; không; 不; 不是;
いいえ; لا; नहीं; không không
""")
"""What may deny the words behind it too ("không trà đào"): it corrects where a mark follows, or
another word that does."""

_IDLE = phrases("""
oh; ah; uh; um; hm; hmm; er; hey; well; wait; ok; okay; please; ach; äh; ups; à; ờ; ừm; ủa; khoan;
khoan đã; ơ; ấy; ối; eh;
euh; eeh; ой; ах; а; 哦; 啊; あ; 어; 아
""")
"""What may stand before and between them and says nothing."""

_ADDS = phrases("""
and; plus; und; et; encore; y; e; mais; en nog; en ook; oraz; и; ve; bir de; dan; và; với; cả; cùng;
和; 还有; 再; 還有; と; それと; あと; もう; 그리고; 또; و; और
""")
"""What says, at the beginning, that the words before hold too."""

_ADDS_ANYWHERE = phrases("""
another; one more; also; too; as well; a second; in addition; auch; noch ein; noch einen; noch eine;
zusätzlich; aussi; un autre; une autre; encore un; encore une; también; otro; otra; también; outro;
outra; também; anche; un altro; un'altra; ook; nog een; jeszcze; ещё; также; bir tane daha; juga;
satu lagi; thêm; nữa nhé; 再; 还要; もう一つ; 하나 더; أيضا
""")
"""What says so in any place."""

_DENIES = phrases("""
not; and not; but not; instead of; rather than; nicht; statt; anstatt; pas; au lieu de; y no; en
vez de;
en lugar de; e não; em vez de; e non; invece di; niet; in plaats van; zamiast; а не; вместо; değil;
bukan; không phải; chứ không phải; thay vì; 不是; 而不是; ではなく; 말고; بدلا من; ليس
""")
"""What says that the words behind it do not hold: "20 minutes, not 10"."""

_LONGEST = 5
"""Words of a phrase."""


def correcting(read: Sequence[str]) -> int:
    """Return how many words at the beginning of a message only take back what was said before.

    `read` are its words, with punctuation; 0 where nothing does.
    """
    after, corrects, refuses = 0, False, False
    while after < len(read):
        if is_punctuation(read[after]):
            corrects |= refuses
            after += 1
        elif length := _length(read, after, _CORRECTS):
            corrects, after = True, after + length
        elif length := _length(read, after, _REFUSES):
            refuses, after = True, after + length
        elif length := _length(read, after, _IDLE):
            after += length
        else:
            break
    return after if corrects and after < len(read) else 0


def denied(read: Sequence[str]) -> range:
    """Return the places of words that are said not to hold, and of what says so; or none."""
    for first in range(len(read)):
        if _length(read, first, _DENIES):
            marks = (k for k in range(first, len(read)) if is_punctuation(read[k]))
            return range(first, next(marks, len(read)))
    return range(0)


def adds(read: Sequence[str]) -> bool:
    """Return whether a message says that what was said before holds too."""
    first = next((place for place, word in enumerate(read) if not is_punctuation(word)), 0)
    return _length(read, first, _ADDS) > 0 or any(
        _length(read, place, _ADDS_ANYWHERE) for place in range(len(read))
    )


def _length(read: Sequence[str], first: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """Return how many words from there on are the longest of some phrases; 0 for none."""
    said = tuple(read[first : first + _LONGEST])
    return next((n for n in range(len(said), 0, -1) if said[:n] in phrases), 0)
