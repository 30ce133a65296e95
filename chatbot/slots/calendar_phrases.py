"""How languages say days that dateparser does not know: feasts, and weekdays of another week.

A part is a regular expression for a text without diacritics and capitals. `spoken_dates` puts them
together. A new language is a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chatbot.slots.time_phrases import NEVER

EASTER = "easter"
"""A feast without a fixed day."""

MOON = "moon+"
"""What feasts of the moon begin with, as a key: "moon+7 01-15"."""


class Calendar(NamedTuple):
    """How a language says days."""

    weekdays: tuple[str, ...]
    """Monday first."""
    weeks: Mapping[int, str]
    """How many weeks after this one, and how that is said beside a weekday."""
    feasts: Mapping[str, str]
    """By month and day, 12-25, or `EASTER`; of the moon "moon+7 01-15", the month and day of its
    year where clocks are seven hours ahead of UTC. Longer names come first."""
    link: str = ""
    """What may stand between a weekday and its week."""
    alone: str = NEVER
    """Weekdays that dateparser does not know: "thứ 6"."""
    days: Mapping[int, str] = {}
    """Days by how far away they are, where dateparser does not know them."""
    written: str = NEVER
    """A date with the groups `day`, `month` and maybe `year`, where dateparser misreads it."""
    distance: str = NEVER
    """A time from now, with a group for its unit: `days`, `weeks`."""
    weekends: Mapping[int, str] = {}
    """How many weeks after this one, and how its end is said."""
    is_spaced: bool = True
    """Whether words are parted by blanks."""


CALENDARS: Mapping[str, Calendar] = {
    "en": Calendar(
        ("mon(?:day)?", "tue(?:sday|s)?", "wed(?:nesday)?", "thu(?:rsday|rs|r)?", "fri(?:day)?",
         "sat(?:urday)?", "sun(?:day)?"),
        {0: "this week", 1: "(?:the )?(?:next|following|coming) week", 2: "the week after next",
         -1: "last week"},
        {
            "12-24": "christmas eve|xmas eve",
            "12-25": "christmas(?: day)?|xmas(?: day)?",
            "12-26": "boxing day",
            "12-31": "new year'?s'? eve",
            "01-01": "new year(?:'?s'?)?(?: day)?",
            "02-14": "valentine'?s?(?: day)?",
            "03-17": "(?:saint|st\\.?) patrick'?s day",
            "05-01": "may day",
            "07-04": "independence day",
            "10-31": "halloween",
            "11-01": "all saints'? day",
            "moon+8 01-01": "(?:chinese|lunar) new year(?:'?s)?(?: day)?|spring festival",
            "moon+7 01-01": "(?:vietnamese )?tet(?: holiday)?|vietnamese new year(?:'?s)?(?: day)?",
            "moon+9 01-01": "seollal|korean new year(?:'?s)?(?: day)?",
            "moon+8 01-15": "lantern festival",
            "moon+8 05-05": "dragon boat festival",
            "moon+8 08-15": "(?:the )?mid-?autumn(?: festival)?|moon festival",
            "moon+9 08-15": "chuseok",
            EASTER: "easter(?: sunday)?",
        },
        r",?(?:'s)?(?: (?:of|in|on|the))*",
        weekends={0: "(?:the|this)(?: coming)? weekend(?! after)", 1: "(?:the )?next weekend",
                  2: "(?:the )?weekend after next", -1: "last weekend"},
    ),
    "de": Calendar(
        ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"),
        {0: "(?:in )?dieser? woche", 1: "(?:in )?(?:der )?(?:nachste|kommende)[rn]? woche",
         2: "(?:in )?(?:der )?ubernachste[rn]? woche", -1: "letzter? woche"},
        {
            "12-24": "heiligabend|heiliger abend|heiligen abend",
            "12-25": "weihnachten|erster weihnachtstag|ersten weihnachtstag",
            "12-26": "zweite[rn] weihnachtstag",
            "12-31": "silvester",
            "01-01": "neujahr(?:stag)?",
            "01-06": "(?:heilige )?drei ?konige?",
            "02-14": "valentinstag",
            "05-01": "tag der arbeit|maifeiertag",
            "10-03": "tag der deutschen einheit",
            "10-31": "halloween|reformationstag",
            "11-01": "allerheiligen",
            "12-06": "nikolaus(?:tag)?",
            "moon+8 01-01": "chinesische[sn]? neujahr(?:sfest)?",
            EASTER: "ostern|ostersonntag",
        },
        r",?(?: am)?",
        weekends={0: "(?:am |diese[sn] |kommende[sn] )?wochenende", 1: "nachste[sn]? wochenende",
                  -1: "letzte[sn]? wochenende"},
    ),
    "nl": Calendar(
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        {0: "deze week", 1: "(?:de )?(?:volgende|komende) week", -1: "vorige week"},
        {
            "12-24": "kerstavond",
            "12-25": "kerst(?:mis)?|eerste kerstdag",
            "12-26": "tweede kerstdag",
            "12-31": "oudejaars(?:avond|dag)|oud en nieuw",
            "01-01": "nieuwjaars?(?:dag)?",
            "02-14": "valentijnsdag",
            "04-27": "koningsdag",
            "05-05": "bevrijdingsdag",
            "10-31": "halloween",
            "12-05": "sinterklaas|pakjesavond",
            "moon+8 01-01": "chinees nieuwjaar",
            EASTER: "pasen|eerste paasdag",
        },
        r",?(?: (?:van|in|op))*",
        weekends={0: "(?:dit|het|komend) weekend", 1: "volgend weekend",
                  -1: "(?:vorig|afgelopen) weekend"},
    ),
    "vi": Calendar(
        ("thu (?:hai|2)", "thu (?:ba|3)", "thu (?:tu|bon|4)", "thu (?:nam|5)", "thu (?:sau|6)",
         "thu (?:bay|7)", "chu nhat|cn"),
        {0: "tuan nay", 1: "tuan (?:sau|toi|ke|ke tiep)", 2: "tuan (?:sau nua|toi nua)",
         -1: "tuan (?:truoc|roi|vua roi)"},
        {
            "12-24": "(?:dem|vong) (?:giang sinh|noel)",
            "12-25": "(?:le |ngay )*(?:giang sinh|no-?en|noel)",
            "12-31": "giao thua (?:duong lich|tay)",
            "01-01": "(?:tet )(?:duong lich|tay)",
            "02-14": "(?:le |ngay )?(?:valentine|le tinh nhan|tinh nhan)",
            "03-08": "(?:ngay )?quoc te phu nu",
            "04-30": "(?:ngay )?(?:giai phong mien nam|thong nhat dat nuoc)",
            "05-01": "(?:ngay )?quoc te lao dong",
            "06-01": "(?:ngay )?quoc te thieu nhi",
            "09-02": "(?:le |ngay )*quoc khanh",
            "10-20": "(?:ngay )?phu nu viet nam",
            "10-31": "halloween",
            "11-20": "(?:ngay )?nha giao viet nam",
            "moon+7 01-00": "(?:dem )?(?:giao thua|30 tet|ba muoi tet)(?: am lich)?",
            "moon+7 01-02": "(?:mung|mong) (?:hai|2)(?: tet)",
            "moon+7 01-03": "(?:mung|mong) (?:ba|3)(?: tet)",
            "moon+7 01-15": "(?:tet )?nguyen tieu|ram thang gieng",
            "moon+7 03-10": "(?:ngay |le )*gio to(?: hung vuong)?",
            "moon+7 04-15": "(?:le |dai le )?phat dan",
            "moon+7 05-05": "(?:tet )?doan ngo",
            "moon+7 07-15": "(?:le )?vu lan|ram thang bay",
            "moon+7 08-15": "(?:tet )?trung thu|ram thang tam",
            "moon+7 12-23": "(?:ngay |tet |le )*(?:ong cong ?,? )?ong tao",
            "moon+7 01-01": "(?:m[uo]ng (?:mot|1) )?tet(?: nguyen dan| am lich| ta| co truyen)?",
            EASTER: "(?:le )?phuc sinh",
        },
        r",?(?: (?:cua|vao))?",
        "thu [2-7]",
        {2: "ngay kia|ngay mot|mai mot", 3: "ngay kia nua", -2: "hom kia|hom truoc"},
        r"(?:ngay |mung |mong |hom )*(?<day>\d{1,2}) ?thang (?<month>\d{1,2})"
        r"(?:(?:,? ?nam ?|, ?|/| )(?<year>\d{4}))?",
        r"(?<number>{number}) (?:(?<days>ngay|hom)|(?<weeks>tuan)) (?:nua|sau|toi)",
        weekends={0: "(?:dip )?cuoi tuan(?: nay)?", 1: "cuoi tuan (?:sau|toi)",
                  -1: "cuoi tuan (?:truoc|roi|vua roi)"},
    ),
    "fr": Calendar(
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        {0: "cette semaine", 1: "(?:la )?semaine (?:prochaine|suivante|d'apres)",
         -1: "(?:la )?semaine derniere"},
        {
            "moon+8 01-01": "(?:le )?nouvel an (?:chinois|lunaire)",
            "12-24": "(?:la )?veille de noel|reveillon de noel",
            "12-25": "noel",
            "12-31": "(?:la )?saint[ -]sylvestre|reveillon(?: du (?:nouvel an|jour de l'an))?",
            "01-01": "(?:le )?(?:nouvel an|jour de l'an)",
            "01-06": "epiphanie",
            "02-14": "(?:la )?saint[ -]valentin",
            "05-01": "fete du travail",
            "08-15": "assomption",
            "10-31": "halloween",
            "11-01": "(?:la )?toussaint",
            EASTER: "paques",
        },
        r",?(?: (?:de|le))*",
        weekends={0: "(?:ce|le) week-?end", 1: "(?:le )?week-?end prochain",
                  -1: "(?:le )?week-?end dernier"},
    ),
    "es": Calendar(
        ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
        {0: "esta semana", 1: "(?:la )?(?:proxima semana|semana (?:que viene|proxima|siguiente))",
         -1: "(?:la )?semana pasada"},
        {
            "moon+8 01-01": "(?:el )?ano nuevo (?:chino|lunar)",
            "12-24": "nochebuena|noche buena",
            "12-25": "(?:la )?navidad",
            "12-31": "nochevieja|fin de ano",
            "01-01": "ano nuevo",
            "01-06": "(?:dia de )?(?:los )?reyes(?: magos)?",
            "02-14": "san valentin",
            "05-01": "dia del trabajo|dia del trabajador",
            "10-31": "halloween",
            "11-01": "(?:dia de )?todos los santos",
            "11-02": "dia de (?:los )?muertos",
            EASTER: "(?:domingo de )?pascua|domingo de resurreccion",
        },
        r",?(?: (?:de|el))*",
        weekends={0: "(?:este|el) (?:finde|fin de semana)",
                  1: "(?:el )?proximo (?:finde|fin de semana)",
                  -1: "(?:el )?(?:finde|fin de semana) pasado"},
    ),
    "zh": Calendar(
        tuple(f"(?:周|週|星期|礼拜|禮拜){day}" for day in (*"一二三四五六", "[日天]")),
        {0: "[这這本](?:个|個)?", 1: "下(?:个|個)?", 2: "下下(?:个|個)?", -1: "上(?:个|個)?"},
        {
            "12-24": "平安夜|圣诞夜",
            "12-25": "圣诞节?|聖誕節?",
            "12-31": "跨年夜?",
            "01-01": "元旦",
            "02-14": "情人[节節]",
            "03-08": "[妇婦]女[节節]",
            "05-01": "[劳勞][动動][节節]",
            "06-01": "[儿兒]童[节節]",
            "10-01": "[国國][庆慶][节節]?",
            "moon+8 01-00": "除夕夜?|大年三十",
            "moon+8 01-01": "春[节節]|[农農][历曆]新年|大年初一",
            "moon+8 01-15": "元宵[节節]?",
            "moon+8 05-05": "端午[节節]?",
            "moon+8 07-07": "七夕[节節]?",
            "moon+8 08-15": "中秋[节節]?",
            "moon+8 09-09": "重[阳陽][节節]",
            EASTER: "[复復]活[节節]",
        },
        written=r"(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?<day>\d{1,2})[日号號]",
        is_spaced=False,
        weekends={0: "(?:[这這本](?:个|個)?)?[周週]末", 1: "(?<!下)下(?:个|個)?[周週]末",
                  -1: "上(?:个|個)?[周週]末"},
    ),
    "ja": Calendar(
        tuple(f"{day}曜日?" for day in "月火水木金土日"),
        {0: "今週の?", 1: "(?<!再)来週の?", 2: "再来週の?", -1: "先週の?"},
        {
            "12-24": "クリスマス・?イ[ブヴ]",
            "12-25": "クリスマス",
            "12-31": "大晦日|大みそか",
            "01-01": "元日|元旦",
            "02-14": "バレンタイン(?:デー)?",
            "03-03": "ひな祭り",
            "05-05": "こどもの日|子供の日",
            "07-07": "七夕",
            "10-31": "ハロウィン",
            "11-03": "文化の日",
            EASTER: "イースター",
        },
        written=r"(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?<day>\d{1,2})日",
        is_spaced=False,
        weekends={0: "今?週末|今週の週末", 1: "来週末|来週の週末", -1: "先週末|先週の週末"},
    ),
    "ko": Calendar(
        tuple(f"{day}요일" for day in "월화수목금토일"),
        {0: "이번 ?주", 1: "(?<!다)다음 ?주", 2: "다다음 ?주", -1: "지난 ?주"},
        {
            "12-24": "크리스마스 ?이브",
            "12-25": "크리스마스|성탄절",
            "01-01": "신정|새해 ?첫날",
            "02-14": "발렌타인 ?데이|밸런타인 ?데이",
            "03-01": "삼일절",
            "05-05": "어린이날",
            "08-15": "광복절",
            "10-03": "개천절",
            "10-09": "한글날",
            "10-31": "핼러윈|할로윈",
            "moon+9 01-01": "설날|구정",
            "moon+9 01-15": "정월 ?대보름",
            "moon+9 05-05": "단오",
            "moon+9 08-15": "추석|한가위",
            EASTER: "부활절",
        },
        written=r"(?:(?<year>\d{4})년 ?)?(?<month>\d{1,2})월 ?(?<day>\d{1,2})일",
        is_spaced=False,
        weekends={0: "(?:이번 ?)?주말", 1: "다음 ?주 ?주말|다음 ?주말", -1: "지난 ?주말"},
    ),
}  # fmt: skip
