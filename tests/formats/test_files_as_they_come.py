"""Files as other programs and people leave them: YAML with aliases, several documents, and more."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError
from chatbot.intents import IntentsError
from chatbot.intents.schema import SCHEMA_FILE
from tests.formats.reading import content, notes, patterns, read, replies

# ---- YAML


def test_what_a_yaml_alias_stands_for_is_read_at_both_places(tmp_path: Path) -> None:
    rasa = "nlu:\n- intent: hi\n  examples: &x |\n    - hello\n- intent: ho\n  examples: *x\n"
    assert patterns(read(tmp_path, {"nlu.yml": rasa})) == {"hi": ["hello"], "ho": ["hello"]}


def test_yaml_that_merges_an_object_has_its_keys_and_its_own_come_first(tmp_path: Path) -> None:
    text = """\
base: &base {responses: [Hi!]}
formal: &formal {responses: [Good day.], patterns: [good day]}
intents:
- tag: greet
  <<: *base
  patterns: [hi, hello]
- tag: formal
  <<: [*formal, *base]
- tag: bye
  <<: *base
  patterns: [bye]
  responses: [See you.]
"""
    imported = read(tmp_path, {"intents.yml": text})
    assert content(imported) == {
        "greet": (["hi", "hello"], ["Hi!"]),
        "formal": (["good day"], ["Good day."]),
        "bye": (["bye"], ["See you."]),
    }


GREET = "tag: greet\n  patterns: [hi]\n  responses: [Hi!]\n"
BYE = "tag: bye\n  patterns: [bye]\n  responses: [Bye!]\n"


@pytest.mark.parametrize(
    "text",
    [
        f"intents:\n- {GREET}---\nintents:\n- {BYE}",
        f"- {GREET}---\n- {BYE}",
        "greet:\n  patterns: [hi]\n  responses: [Hi!]\n"
        "---\nbye:\n  patterns: [bye]\n  responses: [Bye!]\n",
    ],
    ids=["intents", "lists", "by-name"],
)
def test_every_yaml_document_of_a_file_is_read(text: str, tmp_path: Path) -> None:
    imported = read(tmp_path, {"intents.yml": text})
    assert content(imported) == {"greet": (["hi"], ["Hi!"]), "bye": (["bye"], ["Bye!"])}
    assert notes(imported) == []


def test_a_yaml_document_of_settings_beside_the_intents_is_noted(tmp_path: Path) -> None:
    text = f"name: my bot\nversion: 3\n---\nintents:\n- {GREET}"
    imported = read(tmp_path, {"intents.yml": text})
    assert patterns(imported) == {"greet": ["hi"]}
    assert notes(imported) == [
        "YAML documents that hold no intents were left out (1): name, version"
    ]


def test_an_intent_twice_in_a_map_of_yaml_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"bot.yml:3:1: .*“greet” is there twice"):
        read(tmp_path, {"bot.yml": "greet:\n- hi\ngreet:\n- hey\n"})


# ---- JSON


def test_what_stands_beside_the_intents_of_several_objects_is_noted(tmp_path: Path) -> None:
    greet = {"tag": "greet", "patterns": ["hi"], "responses": ["Hi!"]}
    lines = [
        {"intents": [greet], "tests": [{"message": "hi", "tag": "greet"}], "author": "me"},
        {"intents": [{**greet, "tag": "bye"}], "fallback": "Sorry?", "out_of_scope": ["what"]},
    ]
    imported = read(tmp_path, {"bot.jsonl": "\n".join(map(json.dumps, lines))})
    assert notes(imported) == [
        "tests that must always hold were left out (1): greet",
        "the key “author” at the top of the file was left out (1): me",
    ]
    assert replies(imported)["fallback"] == ["Sorry?"]
    assert imported.intents.out_of_scope == ("what",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('// my bot\n/* of 2020 */\n{"intents": []}', "1:1: error: JSON has no comments"),
        ("export const bot = {intents: []};\n", "1:1: error: this is JavaScript, with data in it"),
        ("module.exports = [\n  {tag: 'a'}\n]\n", "1:1: error: this is JavaScript"),
        ('let a = {tag: "x", patterns: ["y"]}\nlet b = 1\n', "1:1: error: this is JavaScript"),
        ('```json\n{"intents": []}\n```\n', "1:1: error: this is a text within ``` of Markdown"),
    ],
)
def test_what_is_around_json_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(IntentsError) as caught:
        read(tmp_path, {"bot.json": text})
    assert str(caught.value).startswith(f"bot.json:{said}")


# ---- tables


def test_quotes_that_nothing_closes_are_named_where_they_begin(tmp_path: Path) -> None:
    text = 'question,answer\nWho?,"Me,\nand you."\n"Why?,For fun.\n' + "How?,So.\n" * 50
    with pytest.raises(FormatError, match=r"faq.csv:4:1: .*the table is broken"):
        read(tmp_path, {"faq.csv": text})


def test_a_column_without_a_name_is_called_by_its_number(tmp_path: Path) -> None:
    text = ",question,answer\n0,Who are you?,A bot.\n1,Why?,For fun.\n"
    assert notes(read(tmp_path, {"faq.csv": text})) == ["the column “1” was left out (2): 0, 1"]


# ---- encodings

VIETNAMESE = [
    "Xin chào, cửa hàng mở cửa lúc mấy giờ?",
    "Đổi mật khẩu như thế nào ạ?",
    "Tôi muốn hủy đơn đặt hàng hôm qua.",
]
TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", b"\xcc\xec\xde\xd2\xf2", strict=True))


def cp1258(text: str) -> bytes:
    """Return Vietnamese as Windows wrote it: the tone is a byte of its own after its vowel."""
    found = b""
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        tone = "".join(part for part in parts if part in TONES)
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        found += rest.encode("cp1258") + bytes(TONES[part] for part in tone)
    return found


ENCODED = {
    "cp1252": ["Où êtes-vous situés ?", "C’est combien, à l’unité ?", "Ça va très bien, merci"],
    "cp1250": [
        "Dzień dobry, o której otwieracie?",
        "Chciałbym zwrócić uszkodzoną książkę",
        "Ile kosztuje przesyłka za granicę?",
        "Proszę zmienić moje hasło, zapomniałem",
        "Gdzie jest najbliższy przystanek, przepraszam?",
    ],
    "cp1254": [
        "Günaydın, dükkân saat kaçta açılıyor?",
        "Şifremi unuttum, nasıl değiştirebilirim?",
        "Siparişimi iptal etmek istiyorum, lütfen",
    ],
    "cp1251": ["Когда вы открываетесь?", "Сколько стоит доставка?", "Добрый день"],
    "koi8_r": ["Когда вы открываетесь?", "Сколько стоит доставка?", "Добрый день"],
    "cp1256": ["متى تفتحون أبوابكم؟", "كم سعر التوصيل إلى البيت؟", "صباح الخير"],
    "gb18030": ["你们几点开门？", "送货上门要多少钱？", "早上好，我想改密码"],
    "big5": ["你們幾點開門？", "送貨到府要多少錢？", "早安，我想更改密碼"],
    "cp932": ["お店は何時に開きますか？", "配送料はいくらですか？", "おはようございます"],
    "euc_jp": ["お店は何時に開きますか？", "配送料はいくらですか？", "おはようございます"],
    "cp949": ["가게는 몇 시에 문을 여나요?", "배송비는 얼마인가요?", "좋은 아침입니다"],
    "utf-16-le": ["Когда вы открываетесь?", "Сколько стоит?"],
    "utf-16-be": ["When do you open?", "How much is it?"],
}


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("name", ["bot.json", "bot.csv"])
def test_a_file_in_an_old_encoding_is_read_and_its_words_are_shown(
    name: str, encoding: str, tmp_path: Path
) -> None:
    said = ENCODED[encoding]
    (tmp_path / name).write_bytes(text_of(name, said).encode(encoding))
    imported = formats.read(tmp_path / name)
    assert patterns(imported) == {"a": said}
    (note,) = notes(imported)
    what = "files are not in UTF-8: see whether their words are right"
    assert note.startswith(f"{what} (1): {encoding}:")


def text_of(name: str, said: list[str]) -> str:
    if name.endswith(".csv"):
        return "text;intent\r\n" + "".join(f"{text};a\r\n" for text in said)
    return json.dumps(
        {"intents": [{"tag": "a", "patterns": said, "responses": ["x"]}]},
        ensure_ascii=False,
        indent=1,
    )


def test_vietnamese_as_windows_wrote_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "bot.json"
    file.write_bytes(cp1258(text_of("bot.json", VIETNAMESE)))
    imported = formats.read(file)
    assert patterns(imported)["a"] == VIETNAMESE
    (note,) = imported.notes
    assert note.examples[0].startswith("cp1258: chào cửa hàng mở")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Привет".encode("cp1251"), "byte 0xcf is not UTF-8"),
        ("Öffnungszeiten für Läden".encode() + b" und \xff", "byte 0xff is not UTF-8"),
        (b"ab\x00c", "there is a null character. Delete it"),
        ("你好".encode("big5"), "is not UTF-8"),
    ],
    ids=["one-word", "a-fault-in-utf-8", "a-null", "two-characters"],
)
def test_where_the_encoding_is_not_sure_nothing_is_guessed(
    data: bytes, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "bot.json"
    file.write_bytes(
        b'{"intents": [{"tag": "a", "patterns": ["' + data + b'"], "responses": ["x"]}]}'
    )
    with pytest.raises(IntentsError, match=said):
        formats.read(file)


def test_xml_is_in_the_encoding_it_declares_unless_it_is_utf8(tmp_path: Path) -> None:
    aiml = (
        '<?xml version="1.0" encoding="{}"?><aiml><category><pattern>ПРИВЕТ</pattern>'
        "<template>Да</template></category></aiml>"
    )
    for declared, written in (("windows-1251", "cp1251"), ("ISO-8859-1", "utf-8")):
        (tmp_path / "bot.aiml").write_bytes(aiml.format(declared).encode(written))
        imported = formats.read(tmp_path / "bot.aiml")
        assert [*replies(imported).values()] == [["Да"]]


def test_lines_may_end_as_on_an_old_mac(tmp_path: Path) -> None:
    (tmp_path / "dialogs.txt").write_bytes(b"Q: Who are you?\rA: A bot.\rQ: Why?\rA: For fun.\r")
    imported = formats.read(tmp_path / "dialogs.txt")
    assert [*replies(imported).values()] == [["A bot."], ["For fun."]]


# ---- our own file


def test_what_is_kept_of_a_file_of_our_own_is_not_called_left_out(tmp_path: Path) -> None:
    intents = {
        "tag": "weather",
        "patterns": ["weather in [Hanoi](city)"],
        "responses": ["Dry."],
        "context_set": "asked",
        "context_filter": [],
        "slots": ["city"],
        "action": "dice",
        "entries": {"trip": "add"},
    }
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    at_root = {
        "slots": {"city": {"values": ["Hanoi"]}, "trip": {"entry": "{city}"}},
        "tests": [{"message": "weather", "intent": "weather"}],
        "out_of_scope": ["knit me a scarf"],
        "silenced": ["few_patterns weather"],
    }
    assert intents.keys() == schema["properties"]["intents"]["items"]["properties"].keys()
    assert {"intents", *at_root} == schema["properties"].keys()
    imported = read(tmp_path, {"intents.json": {"intents": [intents], **at_root}})
    assert notes(imported) == []
    assert imported.intents.slots and imported.intents.intents[0].action == "dice"


def test_an_intent_twice_in_an_object_of_intents_is_an_error(tmp_path: Path) -> None:
    text = """{"intents": {
  "a": {"patterns": ["hi"], "responses": ["x"]},
  "b": {"patterns": ["yo"], "responses": ["y"]},
  "a": {"patterns": ["hey"], "responses": ["z"]}}}"""
    with pytest.raises(FormatError, match=r"bot.json:4:8: .*“a” is there twice"):
        read(tmp_path, {"bot.json": text})


def test_an_intent_twice_in_toml_is_an_error(tmp_path: Path) -> None:
    text = '[a]\npatterns = ["hi"]\n[b]\npatterns = ["yo"]\n[a]\npatterns = ["hey"]\n'
    with pytest.raises(FormatError, match=r"bot.toml:5:\d+: .*broken TOML"):
        read(tmp_path, {"bot.toml": text})


FAQ = {"who": (["Who?"], ["Me, there."]), "why": (["Why?"], ["For fun."])}


@pytest.mark.parametrize(
    ("table", "left_out"),
    [
        ('question,answer,\nWho?,"Me, there."\nWhy?,For fun.,\n', []),
        ('question, answer\n"Who?", "Me, there."\n"Why?", "For fun."\n', []),
        (
            '# exported today\nquestion,answer\nWho?,"Me, there."\nWhy?,For fun.\n',
            ["the row above the header was left out (1): # exported today"],
        ),
        (
            'id,question,answer\n1,Who?,"Me, there."\n2,Why?,For fun.\n',
            ["the column “id” was left out (2): 1, 2"],
        ),
        (
            'question,answer\nWho?,"Me, there."\nWhy?,For fun.\nHow?,nan\n',
            ["questions without an answer were left out (1): How?"],
        ),
    ],
    ids=["a-comma-too-many", "blanks", "a-comment", "numbers", "nan"],
)
def test_a_table_is_read_as_programs_and_people_write_it(
    table: str, left_out: list[str], tmp_path: Path
) -> None:
    imported = read(tmp_path, {"faq.csv": table})
    assert content(imported) == FAQ
    assert notes(imported) == left_out
