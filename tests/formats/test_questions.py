"""Questions and answers as people have them: whatever the shape, each keeps its answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot import formats
from chatbot.formats import Imported
from chatbot.intents.findings import IntentsError

COST, WHERE = "What does it cost?", "Where are you?"
NINE, MAIN = "Nine euros.", "In Main Street."
PAIR = [{"question": COST, "answer": NINE}, {"question": WHERE, "answer": MAIN}]


def read(path: Path, content: Any) -> Imported:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return formats.read(path)


def answers(imported: Imported) -> dict[str, tuple[str, ...]]:
    return {p: i.responses for i in imported.intents.intents for p in i.patterns}


@pytest.mark.parametrize(
    "content",
    [
        PAIR,
        {"questions": PAIR},
        {"data": {"faq": {"items": PAIR}}},
        {"shop": [PAIR[0]], "place": [PAIR[1]]},
        {"categories": [{"name": "x", "questions": [PAIR[0]]}, {"name": "y", "items": [PAIR[1]]}]},
        {"1": PAIR[0], "2": PAIR[1]},
        {"faq1": PAIR[0], "faq2": PAIR[1]},
        [{"q": COST, "a": NINE}, {"q": WHERE, "a": MAIN}],
        [{"Question": COST, "Answer": NINE}, {"Question": WHERE, "Answer": MAIN}],
        [{"question_text": COST, "answer_text": NINE},
         {"question_text": WHERE, "answer_text": MAIN}],
        [{"prompt": COST, "completion": NINE}, {"prompt": WHERE, "completion": MAIN}],
        [{"instruction": COST, "input": "", "output": NINE},
         {"instruction": WHERE, "output": MAIN}],
        [{"Câu hỏi": COST, "Trả lời": NINE}, {"cau_hoi": WHERE, "tra_loi": MAIN}],
        [{"frage": COST, "antwort": NINE}, {"Frage": WHERE, "Antwort": MAIN}],
        [{"pregunta": COST, "respuesta": NINE}, {"Pregunta": WHERE, "Respuesta": MAIN}],
        [{"вопрос": COST, "ответ": NINE}, {"Вопрос": WHERE, "Ответ": MAIN}],
        [{"質問": COST, "回答": NINE}, {"質問": WHERE, "回答": MAIN}],
        [{"问题": COST, "答案": NINE}, {"问题": WHERE, "答案": MAIN}],
        [{"질문": COST, "답변": NINE}, {"질문": WHERE, "답변": MAIN}],
        [{"السؤال": COST, "الإجابة": NINE}, {"سؤال": WHERE, "جواب": MAIN}],
        [{"प्रश्न": COST, "उत्तर": NINE}, {"सवाल": WHERE, "जवाब": MAIN}],
        [{"user": COST, "bot": NINE}, {"Human": WHERE, "Assistant": MAIN}],
        [{"Context": COST, "Response": NINE}, {"context": WHERE, "response": MAIN}],
        [{"prompt": COST, "chosen": NINE}, {"prompt": WHERE, "chosen": MAIN}],
        [{"prompt": f"{COST} ->", "completion": f" {NINE} END"},
         {"prompt": f"{WHERE} ->", "completion": f" {MAIN} END"}],
        {"responses": {COST: NINE, WHERE: MAIN}},
        {COST: {"answer": NINE}, WHERE: {"answer": MAIN}},
        [{"messages": [{"role": "user", "content": [{"type": "text", "text": COST}]},
                       {"role": "assistant", "content": [{"type": "text", "text": NINE}]}]},
         {"contents": [{"role": "user", "parts": [{"text": WHERE}]},
                       {"role": "model", "parts": [{"text": MAIN}]}]}],
        {"dialogues": [{"turns": [{"speaker": "USER", "utterance": COST},
                                  {"speaker": "SYSTEM", "utterance": NINE}]},
                       {"turns": [{"speaker": "USER", "utterance": WHERE},
                                  {"speaker": "SYSTEM", "utterance": MAIN}]}]},
        f"faq:\n- question: {COST}\n  answer: {NINE}\n- question: '{WHERE}'\n  answer: {MAIN}\n",
        f"1. {COST}\n{NINE}\n\n2) {WHERE}\n{MAIN}\n",
        f"id,title,body\n1,{COST},<p>{NINE}</p>\n2,{WHERE},{MAIN}\n",
        f"Context,Response\n{COST},{NINE}\n{WHERE},{MAIN}\n",
        f"All our answers,,\nQuestion,Answer,\n{COST},{NINE},\n{WHERE},{MAIN},\n",
        f'"{COST}","{NINE}"\n"{WHERE}","{MAIN}"\n',
        [[COST, NINE], [WHERE, MAIN]],
        {"pairs": [[COST, NINE], [WHERE, MAIN]]},
        {COST: NINE, WHERE: MAIN},
        {"faq": {COST: [NINE], WHERE: [MAIN]}},
        {"shop": {COST: NINE}, "place": {WHERE: MAIN}},
        {"questions": [COST, WHERE], "answers": [NINE, MAIN]},
        {"question": {"0": COST, "1": WHERE}, "answer": {"0": NINE, "1": MAIN}},
        {"columns": ["question", "answer"], "index": [0, 1], "data": [[COST, NINE], [WHERE, MAIN]]},
        {"conversations": [[COST, NINE], [WHERE, MAIN]]},
        [[{"role": "user", "content": COST}, {"role": "assistant", "content": NINE}],
         [{"role": "user", "content": WHERE}, {"role": "assistant", "content": MAIN}]],
        [{"conversations": [{"from": "human", "value": COST}, {"from": "gpt", "value": NINE},
                            {"from": "human", "value": WHERE}, {"from": "gpt", "value": MAIN}]}],
        {"@type": "FAQPage", "mainEntity": [
            {"@type": "Question", "name": COST,
             "acceptedAnswer": {"@type": "Answer", "text": NINE}},
            {"@type": "Question", "name": WHERE, "acceptedAnswer": {"text": MAIN}}]},
        [{"title": COST, "content": NINE}, {"title": WHERE, "content": MAIN}],
        [{"question": {"en": COST, "de": "x"}, "answer": {"en": NINE, "de": "y"}},
         {"question": {"en": WHERE, "de": "z"}, "answer": {"en": MAIN, "de": "w"}}],
        "\n".join(map(json.dumps, PAIR)),
        f"{COST}\t{NINE}\n{WHERE}\t{MAIN}\n",
        f"Q: {COST}\nA: {NINE}\n\nQ: {WHERE}\nA: {MAIN}\n",
        f"Question 1: {COST}\nAnswer: {NINE}\nQuestion 2: {WHERE}\nAnswer: {MAIN}\n",
        f"User: {COST}\nBot: {NINE}\nUser: {WHERE}\nBot: {MAIN}\n",
        f"Hỏi: {COST}\nĐáp: {NINE}\nHỏi: {WHERE}\nĐáp: {MAIN}\n",
        f"问：{COST}\n答：{NINE}\n问：{WHERE}\n答：{MAIN}\n",
        f"В: {COST}\nО: {NINE}\nВ: {WHERE}\nО: {MAIN}\n",
        f"## {COST}\n{NINE}\n\n## {WHERE}\n\n{MAIN}\n",
        f"**{COST}**\n\n{NINE}\n\n**{WHERE}**\n{MAIN}\n",
        f"- question: {COST}\n  answer: {NINE}\n- question: {WHERE}\n  answer: {MAIN}\n",
        f"conversations:\n- - {COST}\n  - {NINE}\n- - {WHERE}\n  - {MAIN}\n",
        f"question,answer\n{COST},{NINE}\n{WHERE},{MAIN}\n",
        f"id;Frage;Antwort\n1;{COST};{NINE}\n2;{WHERE};{MAIN}\n",
        f"sep=;\nquestion;answer\n{COST};{NINE}\n{WHERE};{MAIN}\n",
        f"Topic\tQuestion\tAnswer\nx\t{COST}\t{NINE}\nx\t{WHERE}\t{MAIN}\n",
    ],
)  # fmt: skip
def test_every_question_gets_its_own_answer(content: Any, tmp_path: Path) -> None:
    found = answers(read(tmp_path / "file", content))
    assert found == {COST: (NINE,), WHERE: (MAIN,)}


def test_names_are_of_the_words_that_matter_readable_and_unique(tmp_path: Path) -> None:
    asked = ["What does a ticket cost?", "How do I return a ticket?", "Can we return a ticket?",
             "Where are you?", "Giá bao nhiêu?", "いつ開きますか？", "???", "!!!",
             "none"]  # fmt: skip
    rows = [{"question": text, "answer": f"Answer {n}."} for n, text in enumerate(asked)]
    imported = read(tmp_path / "faq.json", rows)
    tags = [intent.tag for intent in imported.intents.intents]
    assert len(set(tags)) == len(tags)
    assert tags[:6] == [
        "ticket_cost", "return_ticket", "can_return_ticket", "where_are_you", "giá",
        "いつ開きますか",
    ]  # fmt: skip


def test_questions_of_one_answer_are_one_intent_and_a_question_may_have_several(
    tmp_path: Path,
) -> None:
    imported = read(
        tmp_path / "faq.csv",
        "question,answer\nprice?,Nine.\nWhat is it?,Nine.\nhello,Hi!\nHello!,Hey!\nbye,Hi!\n",
    )
    assert [(i.patterns, i.responses) for i in imported.intents.intents] == [
        (("price?", "What is it?"), ("Nine.",)),
        (("hello", "Hello!"), ("Hi!", "Hey!")),
        (("bye",), ("Hi!",)),
    ]


def test_a_category_never_gives_one_question_the_answer_of_another(tmp_path: Path) -> None:
    for heading in ("category", "Kategorie", "topic", "tag", "label", "intent"):
        table = f"{heading},question,answer\nx,{COST},{NINE}\nx,{WHERE},{MAIN}\ny,Who?,Me.\n"
        found = answers(read(tmp_path / "faq.csv", table))
        assert found == {COST: (NINE,), WHERE: (MAIN,), "Who?": ("Me.",)}


def test_a_corpus_of_variants_keeps_its_intents(tmp_path: Path) -> None:
    rows = [f"order,please order number {i},Reply {i}." for i in range(60)]
    rows += [f"cancel,cancel the number {i},Sorry {i}." for i in range(60)]
    imported = read(tmp_path / "variants.csv", "\n".join(["intent,instruction,response", *rows]))
    assert [i.tag for i in imported.intents.intents] == ["order", "cancel"]
    assert any("alternatives" in note.what for note in imported.notes)


def test_a_question_without_an_answer_and_the_reverse_are_noted(tmp_path: Path) -> None:
    imported = read(tmp_path / "faq.csv", f"question,answer\n{COST},{NINE}\nwhat now?,\n,Ciao\n")
    assert [str(note) for note in imported.notes] == [
        "questions without an answer were left out (1): what now?",
        "answers without a question were left out (1): Ciao",
    ]


def test_the_files_own_fallback_is_found_beside_the_questions(tmp_path: Path) -> None:
    for content in (
        {"faq": PAIR, "fallback": "Pardon?"},
        {"faq": PAIR, "default_response": ["Pardon?"]},
        {COST: NINE, WHERE: MAIN, "default": "Pardon?"},
        [*PAIR, {"question": "unknown", "answer": "Pardon?"}],
    ):
        fallback = read(tmp_path / "faq.json", content).intents.fallback
        assert fallback is not None and fallback.responses == ("Pardon?",)


def test_questions_that_are_almost_the_same_are_offered_for_merging(tmp_path: Path) -> None:
    table = "question,answer\nWhat does it cost?,Nine.\nWhat does this cost?,Ten.\nWhy open?,Fun.\n"
    imported = read(tmp_path / "faq.csv", table + "When open?,At nine.\n")
    (note,) = imported.notes
    assert note.examples == ("What does it cost? / What does this cost?",)


@pytest.mark.parametrize(
    "content",
    [
        {"name": "My app", "description": "It does what it should do."},
        {"greet": ["hello", "hi"], "bye": ["see you"]},
        {"opening hours": ["when do you open", "are you open"], "price": ["how much is it"]},
        "Dear bot, how are you? Fine, thanks.\n",
        "Note: this is prose.\nIt has a colon: here.\n",
        "# My bot\n\n## Why?\n\nBecause.\n",
    ],
)
def test_what_is_no_list_of_questions_is_not_read_as_one(content: Any, tmp_path: Path) -> None:
    try:
        imported = read(tmp_path / "file", content)
    except IntentsError:
        return
    assert imported.format != "Questions and answers"


def test_an_instruction_is_asked_with_what_it_is_about(tmp_path: Path) -> None:
    task = {"instruction": "Translate to French"}
    rows = [{**task, "input": "cheese", "output": "fromage"},
            {**task, "input": "house", "output": "maison"}]  # fmt: skip
    assert answers(read(tmp_path / "a.json", rows)) == {
        "Translate to French cheese": ("fromage",),
        "Translate to French house": ("maison",),
    }


def test_half_a_pair_is_named_in_a_note(tmp_path: Path) -> None:
    half = [{"question": "And then?"}, {"question": "", "answer": "Nothing."}]
    imported = read(tmp_path / "a.json", {"faq": [*PAIR, *half]})
    assert answers(imported) == {COST: (NINE,), WHERE: (MAIN,)}
    notes = {note.what: note.examples for note in imported.notes}
    assert notes["questions without an answer were left out"] == ("And then?",)
    assert notes["answers without a question were left out"] == ("Nothing.",)


def test_a_question_without_an_answer_in_a_map_is_named_too(tmp_path: Path) -> None:
    imported = read(tmp_path / "a.json", {COST: NINE, WHERE: "", "And why?": None})
    assert answers(imported) == {COST: (NINE,)}
    (note,) = imported.notes
    assert note.examples == (WHERE, "And why?")


def test_html_in_answers_is_read_as_a_reader_sees_it(tmp_path: Path) -> None:
    html = "<p>See <a href='https://x.org/a'>our page</a>:</p><ul><li>A &amp; B</li><li>C</li></ul>"
    imported = read(tmp_path / "a.json", [{"question": COST, "answer": html}, PAIR[1]])
    assert answers(imported)[COST] == ("See our page (https://x.org/a):\n- A & B\n- C",)
    assert ("HTML in answers became plain text", 1) in [(n.what, n.count) for n in imported.notes]
    own = {"intents": [{"tag": "a", "patterns": ["x"], "responses": ["<b>x</b> &amp;"]}]}
    assert read(tmp_path / "b.json", own).intents.intents[0].responses == ("<b>x</b> &amp;",)


@pytest.mark.parametrize("beside", [{}, {"version": 2}, {"language": "en"}])
def test_intents_by_name_keep_their_names_beside_a_fallback(
    beside: dict[str, Any], tmp_path: Path
) -> None:
    named = {
        "greeting": {"patterns": ["hi", "hey"], "responses": ["Hello."]},
        "parting": {"patterns": ["bye"], "responses": ["See you."]},
    }
    for fallback in ({"unknown": {"responses": ["What?"]}}, {"default": ["What?"]}):
        imported = read(tmp_path / "a.json", {**beside, **named, **fallback})
        assert [i.tag for i in imported.intents.trainable] == ["greeting", "parting"]
        assert imported.intents.fallback is not None
        assert imported.intents.fallback.responses == ("What?",)


def test_a_block_with_a_single_dash_is_a_list_of_one(tmp_path: Path) -> None:
    text = "greet:\n  examples: |\n    - hi\n    - hey\nbye:\n  examples: |\n    - bye\n"
    imported = read(tmp_path / "a.yml", text)
    assert {i.tag: i.patterns for i in imported.intents.intents} == {
        "greet": ("hi", "hey"),
        "bye": ("bye",),
    }


@pytest.mark.parametrize("keys", [("intents", "responses"), ("patterns", "answers")])
def test_examples_and_replies_in_two_objects_by_the_same_names_are_joined(
    keys: tuple[str, str], tmp_path: Path
) -> None:
    said, answered = keys
    data = {
        said: {"greet": ["hi", "hey"], "bye": ["bye"]},
        answered: {"greet": ["Hello."], "bye": "See you.", "fallback": ["What?"]},
    }
    imported = read(tmp_path / "a.json", data)
    assert {i.tag: (i.patterns, i.responses) for i in imported.intents.intents} == {
        "greet": (("hi", "hey"), ("Hello.",)),
        "bye": (("bye",), ("See you.",)),
        "fallback": ((), ("What?",)),
    }
    assert imported.notes == ()


def test_a_picture_among_replies_is_noted_and_refuses_nothing(tmp_path: Path) -> None:
    rich = [{"type": "text", "value": "Hi."}, {"type": "image", "url": "x"}]
    other = {"text": "Ho.", "image": "x"}
    data = {"intents": [{"tag": "a", "patterns": ["x"], "responses": rich},
                        {"tag": "b", "patterns": ["y"], "responses": other}]}  # fmt: skip
    imported = read(tmp_path / "a.json", data)
    assert [i.responses for i in imported.intents.intents] == [("Hi.",), ("Ho.",)]
    (note,) = imported.notes
    assert (note.count, note.examples) == (2, ("image",))


def test_a_table_in_markdown_has_no_frame(tmp_path: Path) -> None:
    text = f"| Question | Answer |\n|:---|---:|\n| {COST} | {NINE} |\n| {WHERE} | {MAIN} |\n"
    assert answers(read(tmp_path / "a.md", text)) == {COST: (NINE,), WHERE: (MAIN,)}


def test_texts_labelled_as_fasttext_does_are_read(tmp_path: Path) -> None:
    text = "__label__greet hi there\n__label__bye __label__end see you\n__label__greet hey\n"
    imported = read(tmp_path / "a.txt", text)
    assert {i.tag: i.patterns for i in imported.intents.intents} == {
        "greet": ("hi there", "hey"),
        "bye": ("see you",),
    }
    assert [note.examples for note in imported.notes] == [("__label__end",)]


def test_line_ends_within_an_answer_of_a_table_are_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f'question,answer\r\n{COST},"one\r\ntwo"\r\n{WHERE},x\r\n'.encode())
    assert answers(formats.read(path))[COST] == ("one\ntwo",)
