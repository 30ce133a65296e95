"""Words are found whatever the script, and no character of a query has a special meaning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.archive import Archive, schema
from tests.archive.conftest import BOT, said
from tests.archive.test_keeping import UGLY

MESSAGES = (
    "mấy giờ rồi",
    "Đang làm gì?",
    "今天天气怎么样",
    "天と気",
    "明日の天気は?",
    "สภาพอากาศวันนี้",
    "What's the WEATHER like in München?",
    "100% sure_thing",
    "hi 👋🏽",
    "C++ or C",
)


@pytest.fixture(params=["FTS5", "LIKE"])
def full(
    request: pytest.FixtureRequest, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Archive]:
    if request.param == "LIKE":
        monkeypatch.setattr(schema, "has_fts5", lambda connection: False)
    for message in MESSAGES:
        archive.append(None, BOT, said(message, reply="all good"))
    yield archive


def messages(archive: Archive, query: str) -> list[str]:
    return [found.turn.said.message for found in archive.search(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("may gio", ["mấy giờ rồi"]),
        ("MẤY GIỜ", ["mấy giờ rồi"]),
        ("dang", ["Đang làm gì?"]),
        ("天气", ["今天天气怎么样"]),
        ("天気", ["明日の天気は?"]),
        ("อากาศ", ["สภาพอากาศวันนี้"]),
        ("weath", ["What's the WEATHER like in München?"]),
        ("weath ", []),
        ("weath like", []),
        ("munchen weather", ["What's the WEATHER like in München?"]),
        ("100%", ["100% sure_thing"]),
        ("%", []),
        ("👋", ["hi 👋🏽"]),
        ("C++", ["C++ or C"]),
        ("weather OR gio", []),
        ("message_words : gio", []),
        ("", []),
        ('"', []),
        ("   ", []),
    ],
)
def test_a_search_finds_what_a_person_means(full: Archive, query: str, found: list[str]) -> None:
    assert messages(full, query) == [] if not found else found[0] in messages(full, query)
    assert set(messages(full, query)) <= set(found)


def test_replies_are_searched_too_and_the_newest_is_first_page_by_page(full: Archive) -> None:
    listed, last = [], None
    while page := full.search("good all", 3, before=last):
        listed += [found.turn.said.message for found in page]
        last = page[-1].turn.id
    assert listed == list(reversed(MESSAGES))


@pytest.mark.parametrize("query", UGLY.values(), ids=UGLY.keys())
def test_no_query_is_an_error(full: Archive, query: str) -> None:
    full.append(None, BOT, said(query))
    full.search(query)
    full.search(query + '"')


def test_a_deleted_turn_is_not_found_and_the_others_still_are(full: Archive) -> None:
    place = full.append(None, BOT, said("weather again"))
    full.delete([place.conversation])
    assert messages(full, "weather") == ["What's the WEATHER like in München?"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=4))
def test_every_word_of_a_message_finds_it(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    from chatbot.archive.terms import terms

    message = " ".join(parts)
    with Archive(tmp_path_factory.mktemp("any") / "a.sqlite3") as archive:
        archive.append(None, BOT, said(message))
        for chunk in message.split():
            if terms(chunk):
                assert messages(archive, chunk) == [message], chunk


def test_without_fts5_one_is_told_and_with_it_again_nothing_is_missing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    kept = archive.append(None, BOT, said("kept with the index")).conversation
    archive.close()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "has_fts5", lambda connection: False)
        assert "FTS5" in archive.open()[0]
        archive.append(kept, BOT, said("zxqwithout"))
        gone = archive.append(None, BOT, said("zxqdeleted")).conversation
        archive.delete([gone])
        archive.close()
        assert b"zxqdeleted" not in file.read_bytes()
    with Archive(file) as again:
        assert again.open() == ()
        assert messages(again, "zxqwith") == ["zxqwithout"]
        assert messages(again, "zxqdel") == []
        assert messages(again, "kept") == ["kept with the index"]
