"""Numbers, dates, times, durations, money, addresses and phone numbers, in many languages."""

from __future__ import annotations

from datetime import datetime

import pytest

from chatbot.common import as_number
from chatbot.intents import KINDS, SlotKind
from chatbot.slots.kinds import Asked, pieces
from chatbot.slots.languages import language_of, spoken_languages

NOW = datetime(2026, 11, 26, 18, 0)  # a Thursday


def found(kind: SlotKind, text: str, *languages: str) -> list[tuple[str, str]]:
    asked = Asked(languages or ("en",), NOW)
    return sorted({(text[p.start : p.end], p.value) for p in pieces(kind, text, asked)})


@pytest.mark.parametrize(
    ("kind", "text", "language", "said", "value"),
    [
        ("date", "a table for tomorrow at 8pm", "en", "tomorrow", "2026-11-27"),
        ("date", "on 24 December please", "en", "24 December", "2026-12-24"),
        ("date", "12/05/2027", "en", "12/05/2027", "2027-12-05"),
        ("date", "am 24.12.2026", "de", "24.12.2026", "2026-12-24"),
        ("date", "übermorgen um 20 Uhr", "de", "übermorgen", "2026-11-28"),
        ("date", "đặt bàn ngày mai", "vi", "ngày mai", "2026-11-27"),
        ("date", "明天下午三点", "zh", "明天", "2026-11-27"),
        ("date", "завтра в 10", "ru", "завтра", "2026-11-27"),
        ("date", "내일 오후 3시", "ko", "내일", "2026-11-27"),
        ("time", "tomorrow at 8pm", "en", "8pm", "20:00"),
        ("time", "at 20:15!", "en", "20:15", "20:15"),
        ("time", "à 18h", "fr", "à 18h", "18:00"),
        ("time", "lúc 8 giờ", "vi", "8 giờ", "08:00"),
        ("time", "um 20 Uhr", "de", "20 Uhr", "20:00"),
        ("duration", "for 2 hours", "en", "2 hours", "PT2H"),
        ("duration", "two weeks", "en", "two weeks", "P2W"),
        ("duration", "45min", "en", "45min", "PT45M"),
        ("duration", "для 2 часа", "ru", "2 часа", "PT2H"),
        ("duration", "2小时", "zh", "2小时", "PT2H"),
        ("number", "twenty five people", "en", "twenty five", "25"),
        ("number", "vingt-cinq personnes", "fr", "vingt-cinq", "25"),
        ("number", "1.234,50", "de", "1.234,50", "1234.50"),
        ("number", "-7 degrees", "en", "-7", "-7"),
        ("number", "٢٥", "ar", "٢٥", "25"),
        ("number", "二十三个人", "zh", "二十三", "23"),
        ("number", "2人です", "ja", "2", "2"),
        ("money", "$15", "en", "$15", "15 USD"),
        ("money", "1.500,50 EUR", "de", "1.500,50 EUR", "1500.50 EUR"),
        ("money", "500k đ", "vi", "500k đ", "500000 VND"),
        ("money", "20 €.", "en", "20 €", "20 EUR"),
        ("email", "Ann.Lee+x@Example.org!", "en", "Ann.Lee+x@Example.org", "ann.lee+x@example.org"),
        ("url", "see https://a.org/b?c=1.", "en", "https://a.org/b?c=1", "https://a.org/b?c=1"),
        ("url", "www.example.com", "en", "www.example.com", "www.example.com"),
        ("phone", "call +44 20 7946 0958", "en", "+44 20 7946 0958", "+442079460958"),
        ("phone", "(555) 010-9999", "en", "(555) 010-9999", "5550109999"),
    ],
)
def test_a_value_of_a_kind(kind: SlotKind, text: str, language: str, said: str, value: str) -> None:
    assert (said, value) in found(kind, text, language)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "I may want two pizzas"), ("date", "at 8"), ("date", "order AB1234"),
        ("date", "$15"), ("date", "20451987"), ("time", "a taxi now"), ("time", "for 2 hours"),
        ("number", "AB1234"), ("number", "v2"), ("number", "12/05/2027"),
        ("number", "this one is it"),
        ("email", "@home"), ("url", "e.g. this"), ("phone", "12.05.2027"), ("phone", "2026-12-24"),
        ("money", "€"), ("duration", "2 pizzas"),
    ],
)  # fmt: skip
def test_what_is_none(kind: SlotKind, text: str) -> None:
    assert found(kind, text) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "🍕" * 300, "1" * 50_000, "1/" * 5_000, "$" * 5_000, "a.b@" * 5_000,
     "一" * 5_000,
     "tomorrow " * 3_000, "99999999999999999999 years", "0000-00-00", "31/31/9999", "+" * 3_000,
     "http://" * 2_000, "ngày mai" * 500, "\u202e1\u202c", "half " * 500,
     "8 gio kem " * 100, "nửa đêm İ ẞ ﷺ" * 20],
)  # fmt: skip
def test_no_text_breaks_a_kind(kind: SlotKind, text: str) -> None:
    for language in ("en", "vi", "zh", "de"):
        for piece in pieces(kind, text, Asked((language,), NOW)):
            assert 0 <= piece.start < piece.end <= len(text) and piece.value


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "2 hours and 5 minutes", "PT2H5M"), ("en", "half an hour", "PT30M"),
        ("en", "an hour and a half", "PT1H30M"), ("en", "two and a half hours", "PT2H30M"),
        ("en", "1 hour, 20 minutes, and 5 seconds", "PT1H20M5S"), ("en", "1h30", "PT1H30M"),
        ("en", "1h 30m", "PT1H30M"), ("en", "1.5 hours", "PT1.5H"), ("en", "90 s", "PT90S"),
        ("en", "one hour", "PT1H"), ("en", "a quarter of an hour", "PT15M"),
        ("en", "a 10-minute break", "PT10M"), ("en", "one week and two days", "P9D"),
        ("en", "900 years", "P900Y"), ("en", "2 hours for 30 people", "PT2H"),
        ("de", "eine halbe Stunde", "PT30M"), ("de", "zweieinhalb Stunden", "PT2H30M"),
        ("de", "anderthalb Stunden", "PT1H30M"), ("de", "eine Dreiviertelstunde", "PT45M"),
        ("nl", "anderhalf uur", "PT1H30M"), ("nl", "een kwartier", "PT15M"),
        ("vi", "mười phút", "PT10M"), ("vi", "nửa tiếng", "PT30M"),
        ("vi", "một tiếng rưỡi", "PT1H30M"), ("vi", "2 giờ 15 phút", "PT2H15M"),
        ("vi", "chín mươi phút", "PT90M"), ("vi", "nua tieng", "PT30M"), ("vi", "1h30p", "PT1H30M"),
        ("fr", "une heure et demie", "PT1H30M"), ("fr", "trois quarts d'heure", "PT45M"),
        ("es", "una hora y media", "PT1H30M"), ("pt", "duas horas e meia", "PT2H30M"),
        ("it", "un'ora", "PT1H"), ("ru", "2 часа 15 минут", "PT2H15M"), ("ru", "полчаса", "PT30M"),
        ("en", "20", "PT20M"), ("en", " twenty? ", "PT20M"),
        ("zh", "一个半小时", "PT1H30M"), ("zh", "半小时", "PT30M"), ("ja", "2時間15分", "PT2H15M"),
        ("ko", "한 시간 반", "PT1H30M"),
    ],
)  # fmt: skip
def test_a_duration_as_people_say_it_is_one_whole(language: str, text: str, value: str) -> None:
    assert [each for _said, each in found("duration", f"{text}", language)] == [value]


@pytest.mark.parametrize(
    ("language", "text", "said", "value"),
    [
        ("en", "on friday next week please", "friday next week", "2026-12-04"),
        ("en", "next week on Monday", "next week on Monday", "2026-11-30"),
        ("de", "Freitag nächste Woche", "Freitag nächste Woche", "2026-12-04"),
        ("nl", "vrijdag volgende week", "vrijdag volgende week", "2026-12-04"),
        ("vi", "thứ 6 tuần sau", "thứ 6 tuần sau", "2026-12-04"),
        ("vi", "chủ nhật tuần này", "chủ nhật tuần này", "2026-11-29"),
        ("vi", "tuan toi vao thu bay", "tuan toi vao thu bay", "2026-12-05"),
        ("fr", "le vendredi de la semaine prochaine", "vendredi de la semaine prochaine",
         "2026-12-04"),
        ("es", "el viernes de la próxima semana", "viernes de la próxima semana", "2026-12-04"),
        ("zh", "下周五", "下周五", "2026-12-04"), ("zh", "下下周五", "下下周五", "2026-12-11"),
        ("ja", "来週の金曜日", "来週の金曜日", "2026-12-04"),
        ("ja", "再来週の金曜日", "再来週の金曜日", "2026-12-11"),
        ("ko", "다음 주 금요일", "다음 주 금요일", "2026-12-04"),
        ("vi", "thứ 5", "thứ 5", "2026-12-03"), ("vi", "ngày mốt", "ngày mốt", "2026-11-28"),
        ("vi", "3 tuần sau", "3 tuần sau", "2026-12-17"),
        ("vi", "hai ngày nữa", "hai ngày nữa", "2026-11-28"),
        ("vi", "ngày 3 tháng 5 là thứ mấy", "ngày 3 tháng 5", "2027-05-03"),
        ("vi", "3 tháng 5 năm 2030", "3 tháng 5 năm 2030", "2030-05-03"),
        ("vi", "ngày 29 tháng 2", "ngày 29 tháng 2", "2028-02-29"),
        ("zh", "5月3日", "5月3日", "2027-05-03"), ("ko", "5월 3일", "5월 3일", "2027-05-03"),
        ("en", "at Christmas", "Christmas", "2026-12-25"),
        ("en", "on new year's eve 2030", "new year's eve 2030", "2030-12-31"),
        ("en", "valentine’s day", "valentine’s day", "2027-02-14"),
        ("en", "at easter", "easter", "2027-03-28"),
        ("vi", "giáng sinh", "giáng sinh", "2026-12-25"), ("vi", "noel", "noel", "2026-12-25"),
        ("vi", "ngày quốc khánh", "ngày quốc khánh", "2027-09-02"),
        ("de", "an Heiligabend", "Heiligabend", "2026-12-24"),
        ("fr", "à Noël", "Noël", "2026-12-25"),
        ("es", "Nochevieja", "Nochevieja", "2026-12-31"), ("nl", "kerst", "kerst", "2026-12-25"),
        ("zh", "圣诞节", "圣诞节", "2026-12-25"), ("ja", "大晦日", "大晦日", "2026-12-31"),
        ("ko", "크리스마스", "크리스마스", "2026-12-25"),
        ("en", "when is Chinese New Year?", "Chinese New Year", "2027-02-06"),
        ("en", "lunar new year 2028", "lunar new year 2028", "2028-01-26"),
        ("en", "at the mid-autumn festival", "the mid-autumn festival", "2027-09-15"),
        ("vi", "còn mấy ngày nữa đến tết", "tết", "2027-02-06"),
        ("vi", "tet nguyen dan 2030", "tet nguyen dan 2030", "2030-02-02"),
        ("vi", "tết dương lịch", "tết dương lịch", "2027-01-01"),
        ("vi", "tết trung thu", "tết trung thu", "2027-09-15"),
        ("vi", "đêm giao thừa", "đêm giao thừa", "2027-02-05"),
        ("vi", "mùng 2 tết", "mùng 2 tết", "2027-02-07"),
        ("vi", "ông công ông táo", "ông công ông táo", "2027-01-30"),
        ("zh", "中秋节", "中秋节", "2027-09-15"), ("ko", "설날", "설날", "2027-02-07"),
        ("fr", "le nouvel an chinois", "le nouvel an chinois", "2027-02-06"),
        ("en", "what about the weekend", "the weekend", "2026-11-28"),
        ("en", "this weekend", "this weekend", "2026-11-28"),
        ("en", "and next weekend?", "next weekend", "2026-12-05"),
        ("en", "the weekend after next", "the weekend after next", "2026-12-12"),
        ("vi", "cuối tuần này", "cuối tuần này", "2026-11-28"),
        ("vi", "cuối tuần sau", "cuối tuần sau", "2026-12-05"),
        ("de", "nächstes Wochenende", "nächstes Wochenende", "2026-12-05"),
        ("ja", "来週末", "来週末", "2026-12-05"), ("zh", "下周末", "下周末", "2026-12-05"),
    ],
)  # fmt: skip
def test_a_day_as_people_say_it_is_one_whole(
    language: str, text: str, said: str, value: str
) -> None:
    assert found("date", text, language) == [(said, value)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "the 31st of February"), ("vi", "ngày 30 tháng 2"), ("zh", "2月30日")],
)
def test_a_day_that_there_is_not_is_no_date(language: str, text: str) -> None:
    assert found("date", text, language) == []


def test_a_day_in_the_second_language_of_a_bot_is_not_misread_in_the_first() -> None:
    for text in ("ngày 3 tháng 5", "ngày 3 tháng 5 là thứ mấy"):
        assert found("date", text, "en", "vi") == [("ngày 3 tháng 5", "2027-05-03")]
    assert found("date", "thứ mấy", "en") == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "half past eight", "08:30"), ("en", "a quarter to nine", "08:45"),
        ("en", "twenty-five past 6", "06:25"), ("en", "at eight, please", "08:00"),
        ("en", "a table at 8 for two", "08:00"), ("en", "seven thirty pm", "19:30"),
        ("en", "half past 3 in the afternoon", "15:30"), ("en", "twelve thirty am", "00:30"),
        ("en", "11 at night", "23:00"), ("en", "eight", "08:00"), ("en", "at midnight", "00:00"),
        ("en", "tomorrow morning at 6", "06:00"), ("en", "this evening at 8", "20:00"),
        ("en", "tonight at 8:30", "20:30"), ("en", "set an alarm for 7", "07:00"),
        ("de", "halb neun", "08:30"), ("de", "viertel vor neun", "08:45"),
        ("de", "dreiviertel acht", "07:45"), ("de", "fünf vor halb drei", "02:25"),
        ("de", "20 Uhr 15", "20:15"), ("de", "acht Uhr abends", "20:00"),
        ("de", "um neun", "09:00"),
        ("vi", "8 giờ rưỡi", "08:30"), ("vi", "tám giờ kém mười lăm", "07:45"),
        ("vi", "lúc hai giờ mười lăm phút chiều", "14:15"), ("vi", "7 gio 30 toi", "19:30"),
        ("vi", "tối nay 7 giờ", "19:00"), ("vi", "sáng mai lúc 6 giờ rưỡi", "06:30"),
        ("vi", "chiều nay 3h15", "15:15"), ("vi", "7 giờ tôi tới", "07:00"),
        ("vi", "8h tối", "20:00"), ("vi", "11 giờ đêm", "23:00"), ("vi", "bảy giờ", "07:00"),
        ("fr", "neuf heures moins le quart", "08:45"), ("fr", "midi et demi", "12:30"),
        ("es", "a las ocho y media", "08:30"), ("es", "las 8 de la tarde", "20:00"),
        ("nl", "kwart over acht", "08:15"), ("nl", "tien voor half negen", "08:20"),
        ("zh", "明天下午三点半", "15:30"), ("zh", "差一刻九点", "08:45"),
        ("ja", "午後8時半", "20:30"),
        ("ko", "오후 여덟 시 반", "20:30"),
    ],
)  # fmt: skip
def test_a_time_as_people_say_it(language: str, text: str, value: str) -> None:
    """The longest piece counts (`values.chosen`), so a part of it does no harm."""
    said = max(found("time", text, language), key=lambda each: len(each[0]), default=("", ""))
    assert said[1] == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "half an hour"), ("en", "I want eight"), ("en", "at 8 Main Street"),
        ("en", "from five to nine"), ("en", "I ate half past the middle"),
        ("en", "seventy past 8"),
        ("de", "halb so schlimm"), ("de", "um acht Personen"), ("vi", "bây giờ"), ("vi", "bay gio"),
        ("vi", "mấy giờ rồi"), ("vi", "trong 2 giờ"), ("vi", "một giờ nữa"),
        ("vi", "hai ly cà phê"),
        ("fr", "dans huit heures"), ("es", "las dos personas"), ("ko", "3시간"),
    ],
)  # fmt: skip
def test_what_is_no_time_of_day(language: str, text: str) -> None:
    assert found("time", text, language) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,000", "1000"), ("1.000.000", "1000000"), ("3,5", "3.5"), ("1,234.5", "1234.5"),
     ("007", "7"), ("0", "0"), ("−3", "-3"), ("两", "2"), ("一万二千", "12000"), ("十", "10")],
)  # fmt: skip
def test_a_number_as_people_write_it(text: str, number: str) -> None:
    assert as_number(text) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("hai mươi lăm người", ["25"]), ("một trăm linh năm", ["105"]), ("mười lăm", ["15"]),
        ("hai nghìn rưỡi", ["2500"]), ("hai rưỡi", ["2.5"]), ("ba mươi tư cái", ["34"]),
        ("một triệu hai trăm nghìn", ["1200000"]), ("năm nay năm người", ["5"]),
        ("năm 2026", ["2026"]), ("không", []), ("tư vấn", []),
    ],
)  # fmt: skip
def test_a_vietnamese_number_in_words(text: str, numbers: list[str]) -> None:
    assert [number for _said, number in found("number", text, "vi")] == numbers


def test_the_languages_of_a_bot_are_told_by_its_patterns() -> None:
    assert spoken_languages(["what is the weather", "how do I get there"])[0] == "en"
    assert spoken_languages(["thời tiết hôm nay có gì", "tôi muốn đặt bàn cho"])[0] == "vi"
    assert spoken_languages(["今日の天気", "東京はどこですか"])[0] == "ja"
    assert spoken_languages([]) == ("en",)
    assert language_of("à nhầm, 9 giây") == "vi" and language_of("20 phút") == "vi"
    assert language_of("où est la fête") == "fr" and language_of("xyz") == ""


def test_on_a_sunday_the_weekend_is_today() -> None:
    today = Asked(("en",), datetime(2026, 11, 29, 9, 0))
    assert [piece.value for piece in pieces("date", "this weekend", today)] == ["2026-11-29"]


def test_an_article_behind_a_date_is_no_part_of_it() -> None:
    assert found("date", "is friday a holiday") == [("friday", "2026-11-27")]


def test_a_month_without_its_day_is_no_date_where_the_day_is_said() -> None:
    assert found("date", "and on December 24?") == [("December 24", "2026-12-24")]
    assert ("heute", "2026-11-26") in found("date", "heute um 20 Uhr", "de")
