"""The corpus: files that are damaged are named with their line; the rest becomes lines."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from chatbot.learning.pretraining import corpus, practice, templates
from chatbot.learning.pretraining.corpus import Line, assembled, read_corpus
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.templates import Choice, Slot, expansions, parse


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def zipped(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def expanded(path: Path, each: int = 20) -> list[tuple[str, str]]:
    return list(expansions(path, each, random.Random(0)))


# ---- practice bots


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("hello\n", r"en\.txt:1: a message outside any intent.*# intent"),
        ("## shop\n\nhello\n", r"en\.txt:3: a message outside any intent"),
        ("\n# greeting\nhello\n", r"en\.txt:2: an intent before any bot.*## kind"),
        ("## a\n# b\nhi\n## c\nhello\n", r"en\.txt:5: a message outside any intent"),
    ],
)
def test_a_practice_file_out_of_order_is_named_with_its_line(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(PretrainingError, match=where):
        practice.bots(written(tmp_path / "en.txt", text))


def test_a_practice_file_that_is_no_text_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("en.txt", "gone.txt"):
        with pytest.raises(PretrainingError, match=rf"{name}: cannot be read as UTF-8"):
            practice.bots(tmp_path / name)


def test_a_practice_file_is_bots_with_intents_and_messages_of_none(tmp_path: Path) -> None:
    text = (
        "\ufeff## shop\n\n# hours\nwhen do  you open?\n open  today \n# -\nwho won the match\n"
        "# hours\nuntil when\n##no kind, a message\n## empty\n## bank\n# -\n#1 is what\n"
    )
    shop, empty, bank = practice.bots(written(tmp_path / "en.txt", text))
    assert shop.kind == "shop"
    assert shop.intents == {
        "hours": ["when do you open?", "open today", "until when", "##no kind, a message"]
    }
    assert shop.out_of_scope == ["who won the match"]
    assert (empty.intents, empty.out_of_scope) == ({}, [])
    assert bank.out_of_scope == ["#1 is what"]
    assert practice.bots(written(tmp_path / "none.txt", "\n \n")) == []


# ---- templates


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("(a|b", r"no \) for what opens"),
        ("(", r"no \)"),
        ("[a", r"no \]"),
        ("[a|(b]", r"a \] that nothing opens"),
        ("a)", r"a \) that nothing opens"),
        ("a|b", r"a \| that nothing opens"),
        ("a]", r"a \] that nothing opens"),
        ("{slot", "a { without }"),
        ("slot}", "a } that nothing opens"),
        ("(a]", r"a \] that nothing opens"),
    ],
)
def test_a_template_that_does_not_add_up_says_why(template: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        parse(template)


def test_a_template_is_texts_slots_and_choices() -> None:
    assert parse("") == ()
    assert parse("plain") == ("plain",)
    assert parse("a {x} b") == ("a ", Slot("x"), " b")
    assert parse("(a|b|)") == (Choice((("a",), ("b",), ())),)
    assert parse("[a|b]") == (Choice(((), ("a",), ("b",))),)
    assert parse("(a [b]|{ x })") == (
        Choice((("a ", Choice(((), ("b",)))), (Slot("x"),))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("hello\n", r"en\.txt:1: a line before any topic.*# topic"),
        ("# a\n\nhello (you\n", r"en\.txt:3: no \)"),
        ("# a\n@x: 1\nhello {y}\n", r"en\.txt:3: the slot \{y\} has no values"),
        ("# a\n@x: | |\n(a|[{x}])\n", r"en\.txt:3: the slot \{x\} has no values"),
    ],
)
def test_a_template_file_that_cannot_be_expanded_is_named_with_its_line(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(PretrainingError, match=where):
        expanded(written(tmp_path / "en.txt", text))


def test_a_template_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_bytes(b"\xc3(")
    with pytest.raises(PretrainingError, match=r"en\.txt: cannot be read as UTF-8"):
        expanded(tmp_path / "en.txt")


def test_every_expansion_is_there_once_where_they_are_few(tmp_path: Path) -> None:
    text = (
        "# hours\nhello there\n(when|until when) [do you] open {day} ?\n"
        "@day: today | | on  monday\n"
    )
    found = expanded(written(tmp_path / "en.txt", text), each=50)
    assert ("hours", "hello there") in found
    assert {topic for topic, _ in found} == {"hours"}
    texts = [text for _, text in found]
    assert len(texts) == len(set(texts)) <= 1 + 8
    assert set(texts) - {"hello there"} <= {
        f"{when}{you} open {day}?"
        for when in ("when", "until when")
        for you in ("", " do you")
        for day in ("today", "on monday")
    }
    assert len(texts) >= 7, "drawn three times as often as wanted"


def test_of_a_template_with_very_many_expansions_some_are_drawn(tmp_path: Path) -> None:
    choice = "(" + "|".join("abcdefghij") + ")"
    path = written(tmp_path / "en.txt", "# t\n" + " ".join([choice] * 12) + "\nsecond\n")
    found = expanded(path, each=20)
    assert len(found) == 21 and found[-1] == ("t", "second")
    assert found == expanded(path, each=20), "the same chance draws the same"


def test_a_slot_may_get_its_values_later_and_more_than_once(tmp_path: Path) -> None:
    path = written(tmp_path / "en.txt", "@x: a\n# t\n{x}\n@x: b\n")
    assert {text for _, text in expanded(path, each=50)} <= {"a", "b"}
    assert templates._count(parse("{x}(a|b[c])"), {"x": ["a", "b"]}) == 6


# ---- the whole folder


def test_a_folder_without_lines_is_named_with_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(PretrainingError, match=r"no lines to learn from.*messages/"):
        read_corpus([tmp_path])
    with pytest.raises(PretrainingError, match="no lines to learn from"):
        read_corpus([tmp_path / "nowhere"])


def test_a_file_of_no_language_of_the_base_is_named(tmp_path: Path) -> None:
    path = tmp_path / "practice" / "xx-1.txt"
    written(path, "## a\n# b\nhello\n")
    with pytest.raises(PretrainingError, match=r"xx-1\.txt: its name does not begin with a lang"):
        read_corpus([tmp_path])


@pytest.mark.parametrize(
    "damage",
    [b"not gzip", gzip.compress(b"hello")[:-9], gzip.compress(b"\xff\xfe\xfd")],
    ids=["plain", "cut off", "not UTF-8"],
)
@pytest.mark.parametrize("name", ["sentences/en.gz", "wordlists/en.gz", "utterances.txt.gz"])
def test_a_damaged_gzip_file_is_named(tmp_path: Path, name: str, damage: bytes) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(damage)
    with pytest.raises(PretrainingError, match=r"cannot be read as UTF-8 text"):
        read_corpus([tmp_path])


def test_a_gzip_file_with_damaged_bytes_in_the_middle_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "sentences" / "de.gz", *(f"Satz Nummer {n}" for n in range(500)))
    data = path.read_bytes()
    for place in range(10, len(data) - 8, 7):  # between what begins and what ends a gzip file
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with pytest.raises(PretrainingError, match=r"de\.gz: cannot be read"):
            read_corpus([tmp_path])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(
        tmp_path / "practice" / "en-1.txt",
        "## shop\n# hours\nwhen do you open\n# price\nhow much\n# -\nwho won\n## bank\n# hours\n"
        "opening hours\nwhen do you open\n",
    )
    written(tmp_path / "practice" / "vi.txt", "## quán\n# giờ\nmấy giờ mở cửa\n")
    written(tmp_path / "messages" / "en.txt", "# weather\nwill it rain\nhow much\n")
    written(tmp_path / "messages" / "de.txt", "# weather\nregnet es\n")
    zipped(tmp_path / "sentences" / "ja.gz", "今日はいい天気ですね", "", "  ", "はい")
    zipped(tmp_path / "wordlists" / "fr.gz", "le", "la", "les")
    zipped(tmp_path / "utterances.txt.gz", "play some jazz for me please", "when do you open")
    return tmp_path


def test_every_kind_of_file_gives_its_lines_and_each_text_is_there_once(folder: Path) -> None:
    lines = read_corpus([folder])
    assert lines["when do you open"] == Line("en", bot=0, intent=0, tag="hours"), "the first"
    assert lines["how much"] == Line("en", bot=0, intent=1, tag="price"), "a bot's before a topic's"
    assert lines["who won"] == Line("en", bot=0)
    assert lines["opening hours"] == Line("en", bot=1, intent=0, tag="hours")
    assert lines["mấy giờ mở cửa"] == Line("vi", bot=2, intent=0, tag="giờ")
    assert lines["will it rain"] == Line("en", topic="weather")
    assert lines["regnet es"] == Line("de", topic="weather")
    assert lines["はい"] == Line("ja") and lines["le"] == Line("fr")
    assert lines["play some jazz for me please"] == Line("en")
    assert "" not in lines
    assert list(lines)[:3] == ["when do you open", "how much", "who won"]


def test_the_same_folder_and_seed_give_the_same_lines(folder: Path) -> None:
    first, again = (read_corpus([folder], seed=3) for _ in range(2))
    assert list(first.items()) == list(again.items())
    assert assembled(first).digest == assembled(again).digest
    written(folder / "messages" / "nl.txt", "# weer\nregent het\n")
    assert assembled(read_corpus([folder], seed=3)).digest != assembled(first).digest


def test_several_folders_are_one_corpus(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    written(other / "practice" / "it.txt", "## bar\n# ciao\nciao\n")
    lines = read_corpus([folder, other])
    assert lines["ciao"].bot == 3
    assert set(read_corpus([folder])) <= set(lines) | {"ciao"}


def test_lines_are_cut_off_too_but_never_to_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {text for text, line in read_corpus([folder]).items() if line.topic or line.bot >= 0}
    monkeypatch.setattr(corpus, "CUT_OFF", 1.0)
    lines = read_corpus([folder])
    cut = [text for text in lines if text not in whole]
    assert any("when do you open".startswith(text + " ") for text in cut)
    assert any("今日はいい天気ですね".startswith(text) and len(text) >= 2 for text in cut)
    for text in cut:
        assert lines[text].topic == "" and lines[text].bot == -1, "it may mean anything"
    assert all(text and text == text.strip() for text in lines)


def test_of_a_large_file_so_many_lines_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "SENTENCES", 5)
    monkeypatch.setattr(corpus, "WORDS", 4)
    monkeypatch.setattr(corpus, "CUT_OFF", 0.0)
    zipped(tmp_path / "sentences" / "en.gz", *(f"sentence{n}" for n in range(50)))
    zipped(tmp_path / "wordlists" / "en.gz", *(f"word{n}" for n in range(50)))
    texts = list(read_corpus([tmp_path]))
    assert sum(text.startswith("sentence") for text in texts) == 5
    assert [text for text in texts if text.startswith("word")] == [
        "word0",
        "word1",
        "word2",
        "word3",
    ]
    assert texts[:5] != [f"sentence{n}" for n in range(5)], "sentences are drawn by chance"


def test_assembled_topics_of_two_languages_are_two_and_bots_know_their_lines(folder: Path) -> None:
    lines = read_corpus([folder])
    found = assembled(lines)
    place = {text: index for index, text in enumerate(found.texts)}
    rain, regen = (found.topics[place[text]] for text in ("will it rain", "regnet es"))
    assert rain != regen and min(rain, regen) >= 0
    languages = [corpus.LANGUAGES[code] for code in found.languages_of_topics]
    assert (languages[rain], languages[regen]) == ("en", "de")
    assert found.topics[place["who won"]] == corpus.NO_TOPIC
    assert [found.texts[line] for line in found.bots[0]] == [
        "when do you open", "how much", "who won",
    ]  # fmt: skip
    assert found.intents[found.bots[0]].tolist() == [0, 1, corpus.OUT_OF_SCOPE]
    assert corpus.LANGUAGES[found.languages[place["はい"]]] == "ja"


def test_lines_without_topics_or_bots_can_be_assembled() -> None:
    found = assembled({"hi": Line("en"), "salut": Line("fr")})
    assert found.bots == () and len(found.languages_of_topics) == 0
    assert found.topics.tolist() == [-1, -1]
