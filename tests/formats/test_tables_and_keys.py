"""Headers and keys in all spellings, cells with several texts, small odd shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot import formats
from chatbot.formats import Imported
from chatbot.intents import names_fallback, role_of
from chatbot.intents.findings import IntentsError
from chatbot.opening import read_intents

NAMES = {
    "tag": "intent Intent_Name topIntent tags labels label etiqueta étiquette niyet тег 意図 标签 "
    "의도 intenção niat nhãn النية आशय etichetta etykieta intentie absicht",
    "patterns": "pattern input keywords sentences queries samples examples utterances phrases "
    "questions training_phrases TrainingPhrases user_input userMessage text1 patrones padrões "
    "exemples Beispiele esempi voorbeelden przykłady примеры örnekler contoh câu_hỏi أمثلة "
    "उदाहरण 質問 例句 예문",
    "responses": "answers replies answer reply bot_response BotReply response2 respuestas "
    "respostas réponses Antworten risposte antwoorden odpowiedzi ответы cevaplar jawaban "
    "câu_trả_lời إجابات उत्तर 回答 回复 답변",
}


def read(path: Path, content: Any) -> Imported:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return formats.read(path)


def content(imported: Imported) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(i.tag, i.patterns, i.responses) for i in imported.intents.intents]


GREET_AND_BYE = [("greet", ("hello", "hi"), ("Hi!",)), ("bye", ("see you", "ciao"), ("Ciao!",))]


@pytest.mark.parametrize(
    ("role", "name"), [(role, name) for role, names in NAMES.items() for name in names.split()]
)
def test_a_key_and_a_header_are_known_by_the_same_names(
    role: str, name: str, tmp_path: Path
) -> None:
    assert role_of(name) == role
    keys = {key: name if key == role else key for key in NAMES}
    tag, patterns, responses = keys.values()
    intents = [
        {tag: t, patterns: list(said), responses: list(replies)}
        for t, said, replies in GREET_AND_BYE
    ]
    assert content(read(tmp_path / "a.json", {"intents": intents})) == GREET_AND_BYE
    rows = [f"{text},{t},{replies[0]}" for t, said, replies in GREET_AND_BYE for text in said]
    table = "\n".join([f"{patterns},{tag},{responses}", *rows])
    assert content(read(tmp_path / "a.csv", table)) == GREET_AND_BYE


@pytest.mark.parametrize(
    "name", ["question_id", "answer_url", "date", "entityType", "userDefined", "context_set", "foo"]
)
def test_a_key_that_is_about_something_else_is_none_of_ours(name: str) -> None:
    assert role_of(name) is None


@pytest.mark.parametrize(
    ("cells", "replies"),
    [
        (("hello|hi", "see you|ciao"), ("Hi!", "Ciao!")),
        (("hello;hi", "see you;ciao"), ("Hi!", "Ciao!")),
        (("hello / hi", "see you / ciao"), ("Hi!", "Ciao!")),
        (("\"['hello', 'hi']\"", "\"['see you', 'ciao']\""), ("\"['Hi!']\"", "\"['Ciao!']\"")),
        (('"[""hello"", ""hi""]"', '"[""see you"", ""ciao""]"'), ('"[""Hi!""]"', "Ciao!")),
        (("\"'hello', 'hi'\"", "\"'see you', 'ciao'\""), ("Hi!", "Ciao!")),
        (('"hello\nhi"', '"see you\nciao"'), ("Hi!", "Ciao!")),
    ],
)
def test_a_cell_of_several_patterns_is_split_and_noted(
    cells: tuple[str, str], replies: tuple[str, str], tmp_path: Path
) -> None:
    rows = [f"greet,{cells[0]},{replies[0]}", f"bye,{cells[1]},{replies[1]}"]
    imported = read(tmp_path / "a.csv", "\n".join(["tag,patterns,responses", *rows]))
    assert content(imported) == GREET_AND_BYE
    assert any(note.what == "cells with several texts were split" for note in imported.notes)


@pytest.mark.parametrize(
    "text",
    [
        "Open at nine; closed on Sundays.",
        "Hello, how are you, and where?",
        "and/or",
        "a [b] c",
        "(maybe)",
        "1, 2",
        "{time}",
    ],
)
def test_a_sentence_stays_whole(text: str, tmp_path: Path) -> None:
    rows = [f'greet,"{text}","{text}"', "greet,hello,", "bye,see you,Ciao", "bye,so long,"]
    imported = read(tmp_path / "a.csv", "\n".join(["intent,text,answer", *rows]))
    assert imported.intents.intents[0].patterns[0] == text
    assert imported.intents.intents[0].responses == (text,)


def test_several_columns_of_the_same_kind_count_on(tmp_path: Path) -> None:
    table = "intent,pattern1,pattern2,response\ngreet,hello,hi,Hi!\nbye,see you,ciao,Ciao!\n"
    assert content(read(tmp_path / "a.csv", table)) == GREET_AND_BYE


def test_an_unknown_header_is_no_intent(tmp_path: Path) -> None:
    table = "foo,bar\nhello,greet\nhi,greet\nsee you,bye\nciao,bye\n"
    imported = read(tmp_path / "a.csv", table)
    assert [i.tag for i in imported.intents.intents] == ["greet", "bye"]
    assert [str(note) for note in imported.notes] == [
        "the first row was taken for a header (1): foo, bar"
    ]


@pytest.mark.parametrize(
    ("table", "place", "words"),
    [
        ("utterance,foo,bar\nhi,a,x\nho,b,y\n", "1:1", ["“utterance”", "“foo”, “bar”", "intent"]),
        ("foo,bar,answer\nhi,x,a\nho,y,b\n", "1:1", ["“foo”, “bar”", "text"]),
        ("foo,bar,baz\nhi,a,x\nho,b,y\n", "1:1", ["“foo”, “bar”, “baz”", "question and answer"]),
        ("hello there,greet\nhi,you,greet\nsee you,bye\nciao,bye\nhey,greet\n", "2:1", ["quotes"]),
    ],
)
def test_what_is_missing_in_a_table_is_said_with_its_columns(
    table: str, place: str, words: list[str], tmp_path: Path
) -> None:
    with pytest.raises(IntentsError) as caught:
        read(tmp_path / "a.csv", table)
    said = str(caught.value)
    assert said.startswith(f"a.csv:{place}: error: ")
    assert all(word in said for word in words)


def test_unknown_keys_are_named_where_patterns_are_missing(tmp_path: Path) -> None:
    for keys, remedy in (
        (("blurbs",), "If “blurbs” holds them, rename it to “patterns”"),
        (
            ("blurbs", "blobs"),
            "Not understood: “blurbs”, “blobs”. Rename the one that holds them",
        ),
    ):
        items = [{"tag": t, **{k: ["x"] for k in keys}, "responses": ["r"]} for t in "ab"]
        with pytest.raises(IntentsError, match="no intent has a pattern") as caught:
            read(tmp_path / "a.json", {"intents": items})
        assert remedy in str(caught.value)


def test_a_file_of_other_keys_says_which_it_has(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="no key “intents”, only “users”, “orders”"):
        read(tmp_path / "a.json", {"users": 1, "orders": 2})


@pytest.mark.parametrize(
    "value",
    [
        [{"intents": "HERE"}],
        {"default": "HERE"},
        {"bot": "x", "intents": "HERE"},
        "HERE",
    ],
)
def test_intents_are_found_however_the_list_is_wrapped(value: Any, tmp_path: Path) -> None:
    items = [{"tag": t, "patterns": list(p), "responses": list(r)} for t, p, r in GREET_AND_BYE]
    text = json.dumps(value).replace('"HERE"', json.dumps(items))
    assert content(read(tmp_path / "a.json", text)) == GREET_AND_BYE


@pytest.mark.parametrize(
    "tag",
    ["no-response", "noanswer", "unknown", "Default", "default_fallback", "nlu_fallback",
     "dont-understand", "không hiểu", "desconocido", "par défaut", "неизвестно", "默认", "기본"],
)  # fmt: skip
def test_the_files_own_fallback_has_many_names(tag: str, tmp_path: Path) -> None:
    assert names_fallback(tag)
    for patterns in ([], [""], None):
        items = [
            {"tag": "greet", "patterns": ["hello"], "responses": ["Hi!"]},
            {"tag": tag, "patterns": patterns, "responses": ["Pardon?"]},
        ]
        path = tmp_path / "a.json"
        path.write_text(json.dumps({"intents": items}))
        fallback = read_intents(path).intents.fallback
        assert fallback is not None and fallback.responses == ("Pardon?",)


def test_an_intent_with_patterns_is_no_fallback_whatever_its_name(tmp_path: Path) -> None:
    items = [{"tag": "unknown", "patterns": ["what is unknown"], "responses": ["Much."]}]
    assert read(tmp_path / "a.json", {"intents": items}).intents.fallback is None


def test_phrases_with_the_signs_of_expressions_are_phrases(tmp_path: Path) -> None:
    phrases = {"cpp": ["how do I learn C++", "c++ course", "is it free?*"],
               "price": ["how much is it in $", "price in $ or €?", "(maybe) 5^2 [x]"]}  # fmt: skip
    imported = read(tmp_path / "a.json", phrases)
    assert {i.tag: list(i.patterns) for i in imported.intents.intents} == phrases
    assert imported.notes == ()


def test_intents_of_the_same_tag_are_merged_when_opened_and_the_check_says_where(
    tmp_path: Path,
) -> None:
    path = tmp_path / "intents.json"
    path.write_text(
        '{"intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]},\n'
        '{"tag": "b", "patterns": ["y"], "responses": ["q"]},\n'
        '{"tag": " a", "patterns": ["z", "x"], "responses": ["s"]}],\n'
        '"tests": [{"message": "z", "intent": "a"}]}'
    )
    opened = read_intents(path)
    assert [(i.tag, i.patterns, i.responses) for i in opened.intents.intents] == [
        ("a", ("x", "z"), ("r", "s")),
        ("b", ("y",), ("q",)),
    ]
    assert len(opened.intents.tests) == 1
    assert "intents with the same name became one (1): a" in opened.notes
    (repeated,) = [f for f in opened.warnings if "already that of intent 1" in f.message]
    assert repeated.position.line == 3
    assert repeated.fix is not None and repeated.fix.title == "Merge them"
