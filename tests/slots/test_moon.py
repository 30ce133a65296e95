"""Feasts of the moon, by the days on which they were kept, or are announced."""

from __future__ import annotations

import pytest

from chatbot.slots.moon import YEARS, lunar_date

CHINA, VIETNAM, KOREA = 8, 7, 9

NEW_YEAR = [
    "2020-01-25",
    "2021-02-12",
    "2022-02-01",
    "2023-01-22",
    "2024-02-10",
    "2025-01-29",
    "2026-02-17",
    "2027-02-06",
    "2028-01-26",
    "2029-02-13",
    "2030-02-03",
]
MID_AUTUMN = [
    "2020-10-01",
    "2021-09-21",
    "2022-09-10",
    "2023-09-29",
    "2024-09-17",
    "2025-10-06",
    "2026-09-25",
    "2027-09-15",
    "2028-10-03",
    "2029-09-22",
    "2030-09-12",
]
DRAGON_BOATS = [
    "2020-06-25",
    "2021-06-14",
    "2022-06-03",
    "2023-06-22",
    "2024-06-10",
    "2025-05-31",
    "2026-06-19",
    "2027-06-09",
    "2028-05-28",
    "2029-06-16",
    "2030-06-05",
]


@pytest.mark.parametrize(
    ("month", "day", "hours", "days"),
    [
        (1, 1, CHINA, NEW_YEAR),
        (1, 1, VIETNAM, [*NEW_YEAR[:-1], "2030-02-02"]),
        (1, 1, KOREA, [*NEW_YEAR[:7], "2027-02-07", "2028-01-27", *NEW_YEAR[9:]]),
        (5, 5, CHINA, DRAGON_BOATS),
        (8, 15, CHINA, MID_AUTUMN),
        (8, 15, VIETNAM, MID_AUTUMN),
        (8, 15, KOREA, MID_AUTUMN),
    ],
)
def test_the_feasts_of_2020_to_2030(month: int, day: int, hours: int, days: list[str]) -> None:
    assert [str(lunar_date(year, month, day, hours)) for year in range(2020, 2031)] == days


@pytest.mark.parametrize(
    ("year", "month", "day", "hours", "said"),
    [
        (2007, 1, 1, VIETNAM, "2007-02-17"), (2007, 1, 1, CHINA, "2007-02-18"),
        (1985, 1, 1, VIETNAM, "1985-01-21"), (1985, 1, 1, CHINA, "1985-02-20"),
        (1968, 1, 1, VIETNAM, "1968-01-29"), (1968, 1, 1, CHINA, "1968-01-30"),
        (2033, 8, 15, CHINA, "2033-09-08"), (2034, 1, 1, CHINA, "2034-02-19"),
        (2024, 3, 10, VIETNAM, "2024-04-18"), (2025, 7, 15, VIETNAM, "2025-09-06"),
        (2024, 12, 23, VIETNAM, "2025-01-22"), (2025, 1, 0, VIETNAM, "2025-01-28"),
    ],
)  # fmt: skip
def test_years_in_which_countries_differ_or_a_month_is_counted_twice(
    year: int, month: int, day: int, hours: int, said: str
) -> None:
    assert str(lunar_date(year, month, day, hours)) == said


def test_every_year_has_its_feasts_and_no_other_year() -> None:
    for year in YEARS:
        new_year = lunar_date(year, 1, 1, CHINA)
        assert new_year is not None and (1, 20) <= (new_year.month, new_year.day) <= (2, 21)
    assert lunar_date(min(YEARS) - 1, 1, 1, CHINA) is None
    assert lunar_date(max(YEARS) + 1, 1, 1, CHINA) is None
