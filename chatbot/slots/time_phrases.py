"""How languages say times of day: their numbers, and their turns of phrase. A new one is a row.

A phrase is a regular expression for a text without diacritics and capitals. `spoken_times` puts
what all share in place of {…}: an {hour}, a {minute}, minutes that are taken {back}; a {part} of
the day, {some part} where there must be one; and {end}, what a bare hour may stand before. Groups
say what is meant besides: half, quarter, back_quarter, before (the minutes are taken back), towards
(the hour is the next one), midnight, midday.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

NEVER = "(?!)"
"""An expression that matches nothing."""


class Language(NamedTuple):
    """How a language says times; without diacritics and capitals, as the text is read."""

    numbers: Mapping[str, int]
    phrases: tuple[str, ...]
    """Expressions in which `spoken_times` puts the shared parts in place of {…}."""
    parts: Mapping[str, str]
    """Parts of the day, by what they do to an hour: am, pm, night, noon."""
    follows: str
    """What may follow a bare hour, which would else count something: "at 8 for two"."""
    length: str = ""
    """Words before an hour that make it a length of time: "dans huit heures"."""
    length_behind: str = ""
    """Words behind it that do: "8 giờ nữa"."""
    others: str = ""
    """What is something else, as it is written: "bây giờ" is now, "bảy giờ" is seven; "tối" is the
    evening, "tôi" is I."""
    is_spaced: bool = True
    """Whether words are parted by blanks, and a part of the day stands behind the time."""


def _numbers(
    ones: str, ten_to_19: str, tens: str, joined: str = "{ten} {one}", *, last: str = ""
) -> dict[str, int]:
    """Return numbers from 1 on in words.

    Words of the same number are parted by "/", words of a number by "_". `last` are other words of
    the ones behind a ten, by place.
    """
    single = dict(_said(ones, 1))
    found = single | dict(_said(ten_to_19, 10))
    ending = dict(_said(last, 1)) if last else single
    for ten, value in _said(tens, 20, 10):
        found[ten] = value
        for one, more in ending.items():
            found |= {form.format(ten=ten, one=one): value + more for form in joined.split("|")}
    return found


def _said(words: str, begin: int, by: int = 1) -> Iterator[tuple[str, int]]:
    for place, forms in enumerate(words.split()):
        for form in forms.replace("_", " ").split("/"):
            yield form, begin + by * place


_EN = _numbers(
    "one two three four five six seven eight nine",
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "twenty thirty forty fifty",
    "{ten} {one}|{ten}-{one}",
)
_DE = _numbers(
    "eins/ein zwei/zwo drei vier funf/fuenf sechs sieben acht neun",
    "zehn elf zwolf/zwoelf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "zwanzig dreißig/dreissig vierzig funfzig",
    "{one}und{ten}",
)
_NL = _numbers(
    "een twee drie vier vijf zes zeven acht negen",
    "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "twintig dertig veertig vijftig",
    "{one}en{ten}",
)
_VI = _numbers(
    "mot hai ba bon nam sau bay tam chin",
    "muoi muoi_mot muoi_hai muoi_ba muoi_bon muoi_lam muoi_sau muoi_bay muoi_tam muoi_chin",
    "hai_muoi ba_muoi bon_muoi nam_muoi sau_muoi bay_muoi tam_muoi chin_muoi",
    last="mot hai ba bon/tu lam/nam sau bay tam chin",
)
_FR = _numbers(
    "un/une deux trois quatre cinq six sept huit neuf",
    "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "vingt trente quarante cinquante",
    "{ten}-{one}|{ten} {one}|{ten} et {one}",
)
_ES = _numbers(
    "una/un dos tres cuatro cinco seis siete ocho nueve",
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "veinte/veinti treinta cuarenta cincuenta",
    "{ten} y {one}|{ten}{one}",
)
_ZH = _numbers(
    "一 二/两/兩 三 四 五 六 七 八 九",
    "十 十一 十二 十三 十四 十五 十六 十七 十八 十九",
    "二十 三十 四十 五十",
    "{ten}{one}",
)
_KO = _numbers("한 두 세 네 다섯 여섯 일곱 여덟 아홉", "열 열한 열두", "")

LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        _EN,
        (
            r"(?:(?<half>half)|(?:a )?(?<quarter>quarter)|{minute}(?: min(?:ute)?s?)?)"
            r" (?:past|after) {hour}{part}",
            r"(?<!from |between )(?:(?:a )?(?<quarter>quarter)|{minute words}|{minute} minutes?)"
            r" (?<before>to|till|before) {hour}{part}",
            r"(?<half>half) {hour}(?: o'?clock)?(?:{some part}|{end})",
            r"{hour words}[ -](?:oh )?{minute words}(?:{some part}|{end})",
            r"{hour} o'?clock{part}",
            r"{hour}{some part}",
            r"(?:(?<am>morning)|(?<pm>afternoon|evening|tonight)|(?<night>night)),? at"
            r" (?:{hour}{end}|(?<hour>\d{1,2})[:.](?<minute>[0-5]\d))",
            r"(?<=\bat |\bby |\baround |\babout |\buntil |\btill |\balarm for ){hour}{end}",
        ),
        {
            "am": r"am|a\.m\.?|in the morning|this morning",
            "pm": r"pm|p\.m\.?|in the (?:afternoon|evening)|this (?:afternoon|evening)|tonight",
            "night": r"at night",
            "clock": r"(?<midnight>midnight)|(?<midday>noon|midday)",
        },
        r"on|in|for|and|or|to|please|today|tomorrow|tonight|then|sharp|with|next|this",
    ),
    "de": Language(
        _DE,
        (
            r"(?:(?<quarter>viertel)|{minute}(?: minuten)?) (?:nach|(?<before>vor))"
            r" (?:(?<towards>halb) )?{hour}(?: uhr)?{part}",
            r"(?<towards>halb|viertel|(?:drei|3)[ -]?viertel) {hour}(?:{some part}|{end})",
            r"{hour} ?uhr(?: {minute})?{part}",
            r"{hour}{some part}",
            r"(?<=\bum |\bgegen |\bab |\bbis |\bso um |\bvor |\bnach ){hour}{end}",
        ),
        {
            "am": r"morgens|vormittags|fruh|am (?:morgen|vormittag)|in der fruh",
            "pm": r"nachmittags|abends|am (?:nachmittag|abend)",
            "night": r"nachts|in der nacht",
            "noon": r"mittags|am mittag",
            "clock": r"(?<midnight>mitternacht)|(?<midday>mittags?)",
        },
        r"am|an|im|in|fur|und|oder|bitte|heute|morgen|ubermorgen|bis|mit|geht|wenn|dann",
    ),
    "nl": Language(
        _NL,
        (
            r"(?:(?<quarter>kwart)|{minute}(?: minuten)?) (?:over|(?<before>voor))"
            r" (?:(?<towards>half) )?{hour}(?: uur)?{part}",
            r"(?<towards>half) {hour}(?:{some part}|{end})",
            r"{hour} ?uur(?: {minute})?(?:{some part}|{end})",
            r"(?<=\bom |\brond |\btot ){hour}{end}",
        ),
        {
            "am": r"'?s ?(?:morgens|ochtends)|in de ochtend",
            "pm": r"'?s ?(?:middags|avonds)|in de (?:middag|avond)|vanavond|vanmiddag",
            "night": r"'?s ?nachts",
            "clock": r"(?<midnight>middernacht)",
        },
        r"op|in|voor|en|of|graag|vandaag|morgen|met|aub",
    ),
    "vi": Language(
        _VI,
        (
            r"{hour}(?: ?gio| ?[hg])(?: ?(?<half>ruoi)| ?kem {back}(?: phut)?"
            r"| ?{minute}(?: phut)?){part}",
            r"{hour}(?: ?gio| ?[hg]){some part}",
            r"{hour}(?: ?gio| ?h(?! ?\p{Nd}))",
            r"{hour} (?<half>ruoi)(?:{some part}|{end})",
            r"{hour} kem {back}(?: phut)?{part}",
            r"(?<=\bluc |\bvao |\bkhoang luc |\btu |\bden ){hour}{end}",
            r"{hour} {minute}(?: phut)?{some part}",
            r"(?:buoi )?(?:(?<am>sang)|(?<pm>chieu|toi)|(?<night>dem)|(?<noon>trua))"
            r" (?:hom )?(?:nay|mai|qua)(?: ?,)?(?: luc| vao)? {hour}(?: ?gio| ?[hg])"
            r"(?: ?(?<half>ruoi)| ?{minute}(?: phut)?)?",
        ),
        {
            "am": r"sang(?: nay| mai)?",
            "pm": r"(?:chieu|toi)(?: nay| mai)?",
            "night": r"dem(?: nay| mai)?|khuya",
            "noon": r"trua(?: nay| mai)?",
            "clock": r"(?<midnight>nua dem)|(?<midday>giua trua|chinh ngo|dung trua)",
        },
        r"nhe|nha|a|duoc|hom|ngay|mai|cho|thi|voi|va|di|cung|o|tai",
        length=r"trong|mat|ton|them|moi|suot|can|hon",
        length_behind=r"nua|dong ho|tieng|truoc|mot ngay",
        others="bây giờ|bay gio|.* tôi",
    ),
    "fr": Language(
        _FR,
        (
            r"{hour} ?(?:heures?|h)(?: et (?<half>demie?)| (?:et|un) (?<quarter>quart)"
            r"| moins (?:le (?<back_quarter>quart)|{back})| {minute}){part}",
            r"{hour} ?heures?{part}",
            r"(?<midday>midi)(?: et (?<half>demie?)| et (?<quarter>quart))",
            r"{hour} ?h{some part}",
        ),
        {
            "am": r"du matin|ce matin",
            "pm": r"de l'apres-midi|du soir|ce soir|cet apres-midi",
            "clock": r"(?<midnight>minuit)|(?<midday>midi)",
        },
        r"",
        length=r"dans|pendant|depuis|pour|en|apres|toutes les",
    ),
    "es": Language(
        _ES,
        (
            r"\blas? {hour}(?: y (?<half>media)| y (?<quarter>cuarto)"
            r"| menos (?:(?<back_quarter>cuarto)|{back})| y {minute})(?: horas)?{part}",
            r"\blas? {hour}(?: en punto| horas)?(?:{some part}|{end})",
            r"{hour}{some part}",
        ),
        {
            "am": r"de la (?:manana|madrugada)|am|a\.m\.?",
            "pm": r"de la (?:tarde|noche)|pm|p\.m\.?",
            "clock": r"(?<midnight>medianoche)|(?<midday>mediodia)",
        },
        r"en|el|para|por|y|o|con|hoy|manana|si",
    ),
    "zh": Language(
        _ZH,
        (
            r"{part}(?<before>差)(?:{minute}分|一?(?<quarter>刻))(?:钟|鐘)?到?{hour}[点點]",
            r"{part}{hour}[点點时時](?:(?<half>半)|(?<before>差)(?:{minute}分|一?(?<quarter>刻))|"
            r"(?<quarter>一刻)|过?{minute}分?|[钟鐘整])?",
        ),
        {
            "am": "上午|早上|早晨|凌晨",
            "pm": "下午|晚上|傍晚|今晚",
            "noon": "中午",
            "clock": "(?<midnight>午夜)|(?<midday>正午)",
        },
        "",
        is_spaced=False,
    ),
    "ja": Language(
        _ZH,
        (r"{part}の?{hour}時(?!間)(?:(?<half>半)|{minute}分)?",),
        {
            "am": "午前|朝|今朝",
            "pm": "午後|夕方|夜|今夜|晩",
            "noon": "昼|お昼",
            "clock": "(?<midnight>真夜中)|(?<midday>正午)",
        },
        "",
        is_spaced=False,
    ),
    "ko": Language(
        _KO,
        (r"{part} ?{hour} ?시(?!간)(?: ?(?<half>반)| ?{minute} ?분)?",),
        {
            "am": "오전|아침|새벽",
            "pm": "오후|저녁",
            "night": "밤",
            "noon": "낮",
            "clock": "(?<midnight>자정)|(?<midday>정오)",
        },
        "",
        is_spaced=False,
    ),
}
