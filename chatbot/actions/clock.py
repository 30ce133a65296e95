"""The time in another city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from chatbot.actions.asked import ActionError, Asked, Done, fills
from chatbot.actions.calendar import WEEKDAYS
from chatbot.common import _
from chatbot.words import bare, spoken, words

OTHERS = {
    "Asia/Ho_Chi_Minh": "hanoi, ha noi, saigon, sai gon, hue, da nang, can tho, ho chi minh city, "
    "ho chi minh, hcmc, nha trang, hai phong",
    "Asia/Shanghai": "beijing, peking, pekin, shenzhen, guangzhou, 北京, 上海, 广州, 深圳",
    "Asia/Tokyo": "tokio, kyoto, osaka, 東京, 京都, 大阪, 도쿄",
    "Asia/Seoul": "busan, 서울, 부산",
    "Asia/Kolkata": "delhi, new delhi, mumbai, bombay, bangalore, chennai, दिल्ली, मुंबई",
    "America/New_York": "nyc, washington, boston, miami, atlanta, philadelphia, nueva york",
    "America/Los_Angeles": "california, san francisco, seattle, san diego, las vegas, portland",
    "America/Chicago": "houston, dallas, austin",
    "America/Sao_Paulo": "rio de janeiro, rio, brasilia",
    "America/Toronto": "ottawa, montreal",
    "Europe/Berlin": "munich, munchen, hamburg, cologne, koln, frankfurt",
    "Europe/London": "londres, londra, londen, edinburgh, manchester, лондон",
    "Europe/Madrid": "barcelona, sevilla, valencia",
    "Europe/Moscow": "moskau, moscou, moscu, москва",
    "Europe/Paris": "lyon, marseille, parigi, paryz, париж, باريس",
    "Europe/Rome": "roma, rom, milan, milano, naples",
    "Europe/Zurich": "geneva, geneve, genf, bern",
    "Europe/Vienna": "wien, vienne",
    "Europe/Brussels": "brussel, bruxelles, brussels",
    "Europe/Lisbon": "lisboa, porto",
    "Europe/Warsaw": "warszawa, krakow",
    "Europe/Kyiv": "kiev, kyiv",
    "Africa/Cairo": "القاهرة, le caire, el cairo",
    "Asia/Dubai": "abu dhabi, دبي",
    "Asia/Riyadh": "mecca, jeddah, الرياض",
    "Asia/Jakarta": "bandung, surabaya",
    "Asia/Makassar": "bali, denpasar",
    "Australia/Sydney": "canberra",
    "Pacific/Auckland": "wellington",
}
"""Cities after which no time zone is called, and names in other languages."""

COUNTRIES = {
    "Asia/Ho_Chi_Minh": "vietnam, viet nam",
    "Asia/Shanghai": "china, trung quoc",
    "Asia/Tokyo": "japan, nhat ban",
    "Asia/Seoul": "korea, south korea, han quoc",
    "Asia/Kolkata": "india, an do",
    "Asia/Bangkok": "thailand, thai lan",
    "Europe/Berlin": "germany, deutschland, nuoc duc",
    "Europe/London": "england, uk, britain, great britain, nuoc anh",
    "Europe/Madrid": "spain, espana, tay ban nha",
    "Europe/Paris": "france, nuoc phap",
    "Europe/Rome": "italy, italia, nuoc y",
}
"""Countries with one time, or nearly."""


@fills("city", "time", "day")
def time_in_city(asked: Asked) -> Done:
    """Say what time it is in the slot `city`, or in the city that the message names.

    Raises ActionError if it names none, or one whose time zone is not known.
    """
    named = asked.slots.get("city", "")
    found = _city_in(named) or _city_around(named, asked.message)
    if found is None and named:
        unknown = _("I do not know the time zone of {city}")
        raise ActionError(unknown.format(city=named))
    if found is None:
        raise ActionError(_("The time in which city?"), asks="city")
    city, zone = found
    now = asked.now.astimezone(UTC).astimezone(ZoneInfo(zone))
    shown = named if named and _city_in(named) is not None else city
    values = {"city": shown, "time": f"{now:%H:%M}", "day": _(WEEKDAYS[now.weekday()])}
    text = _("{time} in {city} ({day})")
    return Done(text.format(**values), values)


def _city_around(named: str, message: str) -> tuple[str, str] | None:
    """Return the city in a message of whose name a part was found, or any where nothing was."""
    found = _city_in(message)
    part = [bare(word) for word in spoken(words(named))]
    whole = [bare(word) for word in words(found[0])] if found is not None else []
    return found if not part or all(word in whole for word in part) else None


def _city_in(message: str) -> tuple[str, str] | None:
    """Return the city with the longest name in a message, as it is written, and its time zone."""
    read = [bare(word) for word in spoken(words(message))]
    zones = _zones()
    for length in range(min(MOST_WORDS, len(read)), 0, -1):
        for start in range(len(read) - length + 1):
            name = " ".join(read[start : start + length])
            if name in zones:
                return _shown(name), zones[name]
    # Words of scripts without blanks are read one sign at a time.
    text = "".join(read)
    near = [name for name in zones if not name.isascii() and name.replace(" ", "") in text]
    longest = max(near, key=len, default=None)
    return None if longest is None else (_shown(longest), zones[longest])


def _shown(name: str) -> str:
    """Return a name as it is written; signs of scripts without blanks are words of their own."""
    is_spaceless = all(len(part) == 1 for part in name.split())
    return name.replace(" ", "") if is_spaceless else name.title()


MOST_WORDS = 4
"""Of a city's name."""


@cache
def _zones() -> Mapping[str, str]:
    """Return the time zone of each city, by its name as `bare` words."""
    named = {
        zone.rpartition("/")[2].replace("_", " "): zone
        for zone in sorted(available_timezones())
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))
    }
    others = {
        name: zone
        for zone, names in (*OTHERS.items(), *COUNTRIES.items())
        for name in names.split(", ")
    }
    return {
        " ".join(bare(word) for word in words(name)): zone
        for name, zone in (named | others).items()
    }
