"""The actions that come with the program: odd questions first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatbot.actions import Asked, Later, carry_out, filled_by
from chatbot.actions.chance import MOST_DICE
from chatbot.actions.timer import written

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def result(action: str, message: str = "", **slots: str) -> str:
    """Return what an action says, or why it cannot."""
    done, problem, _asks = carry_out(action, Asked(message, "some", slots, NOON, "en"), 30)
    return done.result if done is not None else problem


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("", "Say how much of what: “5 miles in km”"),
        ("9**9**9 m in km", "Say how much of what: “5 miles in km”"),
        ("1e999 m in km", "Say how much of what: “5 miles in km”"),
        ("5 __import__ in km", "Say how much of what: “5 miles in km”"),
        ("5 x in y", "Say how much of what: “5 miles in km”"),
        (f"{'9' * 400} km in m", "Say how much of what: “5 miles in km”"),
        ("5 km", "To which unit? Say it after km"),
        ("5 kg in", "To which unit? Say it after kg"),
        ("how much are 5 kg as a whole", "To which unit? Say it after kg"),
        ("5 kg in miles", "kg cannot be converted to miles: they measure different things"),
        ("20 °C to kg", "°C cannot be converted to kg: they measure different things"),
        (
            "how many hours are 5 kg",
            "kg cannot be converted to hours: they measure different things",
        ),
        ("5 miles in km", "5 mi = 8.04672 km"),
        ("how many km are 5 miles?", "5 mi = 8.04672 km"),
        ("1,000 miles in km", "1000 mi = 1609.34 km"),
        ("1.000,5 km in m", "1000.5 km = 1,000,500 m"),
        ("what is 5 in in cm", "5 in = 12.7 cm"),
        ("180cm in feet", "180 cm = 5.90551 ft"),
        ("5 miles and 3 kg in pounds", "3 kg = 6.61387 lb"),
        ("100 km/h to mph", "100 km/h = 62.1371 mph"),
        ("20 C in F", "20 °C = 68 °F"),
        ("-40 °C in Fahrenheit", "-40 °C = -40 °F"),
        ("10 Stunden in Minuten", "10 h = 600 min"),
        ("5 m² in cm²", "5 m² = 50000 cm²"),
        ("ten kilometres in miles", "10 km = 6.21371 mi"),
        ("what are one hundred and twenty pounds in kilos", "120 lb = 54.4311 kg"),
        ("five foot ten in cm", "5 ft 10 in = 177.8 cm"),
        ("how many cm is six feet two inches?", "6 ft 2 in = 187.96 cm"),
        ("5'10\" in cm", "5 ft 10 in = 177.8 cm"),
        ("5’ 10’’ to cm", "5 ft 10 in = 177.8 cm"),
        ("5ft10 in metres", "5 ft 10 in = 1.778 m"),
        ("180 cm in feet and inches", "180 cm = 5 ft 10.8661 in"),
        ("5 and a half miles in km", "5.5 mi = 8.85139 km"),
        ("half a mile in metres", "0.5 mi = 804.672 m"),
        ("a quarter mile in metres", "0.25 mi = 402.336 m"),
        ("1 1/2 cups in ml", "1.5 cp = 354.882 ml"),
        ("2 hours and 5 minutes in seconds", "2 h 5 min = 7500 s"),
        ("how many feet in a mile", "1 mi = 5280 ft"),
        ("20 degrees in Fahrenheit", "20 °C = 68 °F"),
        ("70 degrees fahrenheit to celsius", "70 °F = 21.1111 °C"),
        ("fifty miles an hour in km/h", "50 mph = 80.4672 km/h"),
        ("a dozen miles in km", "12 mi = 19.3121 km"),
        ("zehn Meilen in Kilometer", "10 mi = 16.0934 km"),
        ("mười cây số là bao nhiêu dặm", "10 km = 6.21371 mi"),
        ("hai mươi lăm độ C sang độ F", "25 °C = 77 °F"),
        ("năm cân rưỡi bằng bao nhiêu pound", "5.5 kg = 12.1254 lb"),
        ("một mét bảy mươi lăm sang feet", "1.75 m = 5.74147 ft"),
        ("1m75 là bao nhiêu cm", "1.75 m = 175 cm"),
        ("muoi dam bang bao nhieu km", "10 mi = 16.0934 km"),
        ("nửa ký là mấy gam", "0.5 kg = 500 g"),
        ("1m2 in cm²", "1 m² = 10000 cm²"),
    ],
)
def test_units(message: str, said: str) -> None:
    assert result("units", message) == said


@pytest.mark.parametrize(
    ("message", "before", "said"),
    [
        ("and 10 miles?", "convert 5 miles to km", "10 mi = 16.0934 km"),
        ("and in metres?", "convert 5 miles to km", "5 mi = 8046.72 m"),
        ("và mười dặm?", "5 dặm là mấy km", "10 mi = 16.0934 km"),
        ("5 kg in miles", "convert 5 miles to km", "kg cannot be converted to miles: they measure"
         " different things"),
        ("and 3 kg?", "convert 5 miles to km", "kg cannot be converted to km: they measure"
         " different things"),
        ("and in metres?", "", "Say how much of what: “5 miles in km”"),
    ],
)  # fmt: skip
def test_units_go_on_from_the_message_before(message: str, before: str, said: str) -> None:
    asked = Asked(message, "some", {}, NOON, "en", before)
    done, problem, _asks = carry_out("units", asked, 30)
    assert (done.result if done is not None else problem) == said


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("", "The time in which city?"),
        ("what time is it in Narnia", "The time in which city?"),
        ("what time is it in Tokyo?", "21:00 in Tokyo (Thursday)"),
        ("TIME IN NEW YORK", "07:00 in New York (Thursday)"),
        ("mấy giờ ở hà nội rồi", "19:00 in Ha Noi (Thursday)"),
        ("東京は何時ですか", "21:00 in 東京 (Thursday)"),
        ("Sidney or sydney", "23:00 in Sydney (Thursday)"),
        ("the time in Japan", "21:00 in Japan (Thursday)"),
        ("bây giờ là mấy giờ rồi anh", "The time in which city?"),
        ("and in auckland", "01:00 in Auckland (Friday)"),
    ],
)
def test_the_time_in_a_city(message: str, said: str) -> None:
    assert result("time_in_city", message) == said


def test_a_city_that_a_slot_holds_wins_over_the_message() -> None:
    assert result("time_in_city", "from Paris", city="Huế") == "19:00 in Huế (Thursday)"
    unknown = "I do not know the time zone of Atlantis"
    assert result("time_in_city", "from Paris", city="Atlantis") == unknown


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("", "Which date do you mean?"),
        ("2026-02-30", "Which date do you mean?"),
        ("2026-11-26", "Thursday, 2026-11-26 (today)"),
        ("2026-11-27", "Friday, 2026-11-27 (tomorrow)"),
        ("2026-11-25T09:30", "Wednesday, 2026-11-25 (yesterday)"),
        ("2027-05-03", "Monday, 2027-05-03 (in 158 days)"),
        ("0001-01-01", "Monday, 0001-01-01 (739,945 days ago)"),
    ],
)
def test_a_date(date: str, said: str) -> None:
    assert result("date", date=date) == said


@pytest.mark.parametrize("message", ["0 dice", "d0", f"{MOST_DICE + 1}d6", "3d99999999", "9" * 999])
def test_dice_that_nobody_has_are_refused(message: str) -> None:
    assert result("dice", message) == "I roll 1 to 100 dice of 1 to 1,000,000 sides"


def test_dice_show_each_and_their_sum() -> None:
    rolled = result("dice", "roll 3d20 please")
    shown, total = rolled.split(" = ")
    each = [int(number) for number in shown.split(" + ")]
    assert len(each) == 3
    assert all(1 <= number <= 20 for number in each)
    assert sum(each) == int(total)
    assert result("dice", "roll the dice") in "123456"
    assert result("dice", "throw some", number="2").count("+") == 1
    assert len({result("dice", "d1000000") for _ in range(4)}) > 1


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("roll two dice", 2), ("roll a pair of dice", 2), ("throw three dice please", 3),
        ("roll two d20", 2), ("lắc ba con xúc xắc", 3), ("wirf zwei Würfel", 2),
    ],
)  # fmt: skip
def test_dice_are_counted_in_words_too(message: str, count: int) -> None:
    assert result("dice", message).count("+") == count - 1


def test_a_city_of_which_a_part_was_found_is_the_whole_one() -> None:
    said = result("time_in_city", "what time is it in Ho Chi Minh City", city="Minh City")
    assert said == "19:00 in Ho Chi Minh City (Thursday)"


def test_a_coin_has_two_sides() -> None:
    assert {result("coin") for _ in range(60)} == {"heads", "tails"}


@pytest.mark.parametrize("duration", ["", "PT0S", "ten minutes", "P", "PT", "PT1e9S", "PT-5M"])
def test_a_timer_without_a_duration_asks_for_one(duration: str) -> None:
    said = result("timer", duration=duration)
    assert said == "For how long, or until when? Say “10 minutes”, or “7:30”"


@pytest.mark.parametrize("duration", ["P2D", "PT30H", "P1W", "P900Y", f"PT{'9' * 400}M", "P1M"])
def test_a_timer_that_nobody_waits_for_is_refused_and_not_asked_again(duration: str) -> None:
    assert result("timer", duration=duration) == "I can wait for at most a day"


def test_a_timer_promises_to_say_when_it_is_over() -> None:
    done, *_ = carry_out("timer", Asked("", "t", {"duration": "PT1M30S"}, NOON, "en"))
    assert done is not None
    assert done.result == "I will tell you in 1:30 min"
    assert done.later == Later(90, "Time is up: 1:30 min")
    assert [written(s) for s in (5, 60, 3_599, 3_600, 5_430)] == [
        "5 s", "1:00 min", "59:59 min", "1:00 h", "1:30 h",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "when", "said"),
    [
        ("07:00", "", "I will tell you at 07:00, in 19:00 h"),
        ("14:30", "", "I will tell you at 14:30, in 2:30 h"),
        ("12:00", "", "I will tell you at 12:00, in 24:00 h"),
        ("12:01", "2026-11-26", "I will tell you at 12:01, in 1:00 min"),
        ("14:30", "2026-11-27", "I will tell you at 14:30, in 26:30 h"),
        ("11:59", "2026-11-26", "That is over already"),
        ("14:30", "2026-11-28", "I can wait until tomorrow at most"),
    ],
)
def test_an_alarm_rings_when_the_clock_shows_its_time_next(at: str, when: str, said: str) -> None:
    assert result("timer", at=at, when=when) == said


def test_an_alarm_says_that_its_time_has_come() -> None:
    done, *_ = carry_out("timer", Asked("", "t", {"at": "19:15"}, NOON, "en"))
    assert done is not None
    assert done.later == Later(7.25 * 3600, "It is 19:15")
    assert done.values == {"for": "7:15 h", "at": "19:15"}


@pytest.mark.parametrize(
    ("action", "message", "slots"),
    [
        ("coin", "", {}),
        ("dice", "3d6", {}),
        ("date", "", {"date": "2026-12-24"}),
        ("time_in_city", "", {"city": "Tokyo"}),
        ("timer", "", {"duration": "PT5M"}),
        ("stop_timers", "", {}),
        ("units", "5 miles in km", {}),
    ],
)
def test_an_action_fills_what_it_declares(action: str, message: str, slots: dict[str, str]) -> None:
    done, problem, _asks = carry_out(action, Asked(message, "some", slots, NOON, "en"), 30)
    assert done is not None, problem
    assert filled_by(action) == frozenset(done.values) | {"result"}
