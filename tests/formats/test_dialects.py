"""What people's files of other assistants hold, one oddity each: what is kept, what is noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.formats.reading import notes, patterns, read, replies

# ---- Rasa, Snips: YAML and Markdown as people type them


def test_an_item_with_a_colon_is_a_text(tmp_path: Path) -> None:
    text = "nlu:\n- intent: greet\n  examples:\n  - hello: you\n  - hi\n  - text: 'yes: no'\n"
    assert patterns(read(tmp_path, {"nlu.yml": text})) == {"greet": ["hello: you", "hi", "yes: no"]}


def test_a_dash_without_a_blank_is_an_example(tmp_path: Path) -> None:
    text = "## intent:greet\n-hello\n- hi\n* hey\n"
    assert patterns(read(tmp_path, {"nlu.md": text})) == {"greet": ["hello", "hi", "hey"]}


def test_stories_of_retrieval_intents_are_no_responses(tmp_path: Path) -> None:
    files = {
        "nlu.md": "## intent:faq/hours\n- when\n",
        "stories.md": "## s\n* faq/hours\n  - utter_hours\n",
        "responses.md": "<!-- all -->\n## h\n* faq/hours\n  - At nine.\n",
    }
    assert replies(read(tmp_path, files)) == {"faq/hours": ["At nine."]}


def test_a_readme_with_bullets_is_no_responses_file(tmp_path: Path) -> None:
    readme = "# Bot\n\nWhere things are:\n\n* src/bot\n  - the bot\n"
    found = read(tmp_path, {"nlu.md": "## intent:greet\n- hello\n", "README.md": readme})
    assert "other files were not read: they are not Rasa (1): README.md" in notes(found)


@pytest.mark.parametrize(
    "line", ["[room:place](kitchen) lights on", "[room](kitchen), please", "[kitchen](room)"]
)
def test_a_line_of_snips_may_begin_with_a_bracket(line: str, tmp_path: Path) -> None:
    text = f"type: intent\nname: on\nutterances:\n  - light it\n  - {line}\n"
    found = patterns(read(tmp_path, {"snips.yaml": text}))["on"]
    assert len(found) == 2 and not set(found[1]) & set("[]()'")


# ---- Dialogflow, Watson, Botpress


def test_only_a_fallback_without_a_context_is_everybodys(tmp_path: Path) -> None:
    def intent(name: str, contexts: list[str], reply: str, fallback: bool = True) -> dict[str, Any]:
        messages = [{"type": "0", "lang": "en", "speech": [reply]}]
        responses = [{"messages": messages}]
        return {
            "name": name, "contexts": contexts, "fallbackIntent": fallback, "responses": responses,
        }  # fmt: skip

    found = read(
        tmp_path,
        {
            "intents/Order - fallback.json": intent("Order - fallback", ["count"], "How many?"),
            "intents/Fallback.json": intent("Any name", [], "Pardon?"),
            "intents/Bye.json": intent("Bye", [], "Ciao", fallback=False),
            "intents/Bye_usersays_en.json": [{"data": [{"text": "see you"}]}],
        },
    )
    assert replies(found) == {"Bye": ["Ciao"], "fallback": ["Pardon?"]}
    what = "fallback intents that wait for a context were left out (1): Order - fallback"
    assert what in notes(found)


def watson(*nodes: dict[str, Any]) -> dict[str, Any]:
    names = ("hours", "bye")
    intents = [{"intent": name, "examples": [{"text": f"say {name}"}]} for name in names]
    return {"intents": intents, "dialog_nodes": list(nodes), "entities": [], "counterexamples": []}


def node(conditions: str, *texts: str, **more: Any) -> dict[str, Any]:
    values = [{"text": text} for text in texts]
    generic = [{"response_type": "text", "values": values}]
    return {"conditions": conditions, "output": {"generic": generic}, **more}


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([node("#hours", "a", "b")], {"hours": ["a", "b"]}),
        ([node("#hours || #bye", "a")], {"hours": ["a"], "bye": ["a"]}),
        ([node("#hours or #bye", "a")], {"hours": ["a"], "bye": ["a"]}),
        ([node("(#hours)", "a")], {"hours": ["a"]}),
        ([node("#hours && @day", "a")], {}),
        ([node("!#hours", "a")], {}),
        ([node("#gone", "a")], {}),
        ([node("#hours", "a", disabled=True)], {}),
        ([node("anything_else", "a")], {"fallback": ["a"]}),
        ([node("true", "a")], {"fallback": ["a"]}),
        ([{"dialog_node": "f", "type": "folder"}, node("#hours", "a", parent="f")],
         {"hours": ["a"]}),
        ([{"dialog_node": "p", "conditions": "#bye"}, node("#hours", "a", parent="p")], {}),
        ([{"dialog_node": "p", "conditions": "#bye"},
          node("@day", "a", parent="p", type="response_condition"),
          node("anything_else", "b", parent="p", type="response_condition")], {"bye": ["b"]}),
        ([{"conditions": "#hours", "output": {"text": ["a", "b"]}}], {"hours": ["a", "b"]}),
        ([{"conditions": "#hours", "output": {"text": {"values": ["a"]}}}], {"hours": ["a"]}),
        ([{"conditions": "#hours", "output": {"generic": [{"text": "a"}]}}], {"hours": ["a"]}),
    ],
)  # fmt: skip
def test_the_replies_of_watsons_dialog(
    nodes: list[dict[str, Any]], expected: dict[str, list[str]], tmp_path: Path
) -> None:
    found = read(tmp_path, {"skill.json": watson(*nodes)})
    assert found.format == "Watson Assistant"
    assert replies(found) == expected
    if not expected:
        assert any("(1): a" in note and "left out" in note for note in notes(found))


@pytest.mark.parametrize("key", ["workspace", "dialog_skill"])
def test_a_newer_export_of_watson_has_the_skill_one_level_down(key: str, tmp_path: Path) -> None:
    data = {"skill_id": "1", key: watson(node("#hours", "At nine."))}
    assert replies(read(tmp_path, {"skill.json": data})) == {"hours": ["At nine."]}


def qna(name: str, question: str, **more: Any) -> dict[str, Any]:
    data = {"enabled": True, "answers": {"en": [f"re {name}"]}, "questions": {"en": [question]}}
    return {"id": name, "data": {**data, **more}}


def twin(name: str, *texts: str) -> dict[str, Any]:
    return {"name": f"__qna__{name}", "utterances": {"en": list(texts)}, "slots": []}


def test_what_botpress_generates_from_an_entry_is_no_intent(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "qna/0a1b2c3d4e_price.json": qna("0a1b2c3d4e_price", "how much"),
            "intents/__qna__0a1b2c3d4e_price.json": twin("0a1b2c3d4e_price", "how much", "price"),
            "qna/off1_old.json": qna("off1_old", "old?", enabled=False),
            "intents/__qna__off1_old.json": twin("off1_old", "old?"),
            "intents/book.json": {"name": "book", "utterances": {"en": ["book it"]}, "slots": []},
        },
    )
    assert patterns(found) == {"price": ["how much"], "book": ["book it"]}
    assert replies(found) == {"price": ["re 0a1b2c3d4e_price"]}


def test_entries_with_the_same_words_keep_their_whole_names(tmp_path: Path) -> None:
    files = {f"qna/{n}.json": qna(n, f"q {n}") for n in ("k1_hours", "k2_hours", "opening_hours")}
    assert sorted(patterns(read(tmp_path, files))) == ["k1_hours", "k2_hours", "opening_hours"]


# ---- Alexa, Jovo


def test_a_list_of_phrases_with_inputs_is_jovos(tmp_path: Path) -> None:
    inputs = [{"name": "name", "type": {"alexa": "NAME", "dialogflow": "@sys.name"}}]
    data = {
        "invocation": "my app",
        "intents": [{"name": "Name", "phrases": ["{name}", "i am {name}"], "inputs": inputs}],
        "inputTypes": [{"name": "NAME", "values": [{"value": "Ann", "synonyms": ["Anna"]}]}],
    }
    found = read(tmp_path, {"en.json": data})
    assert (found.format, patterns(found)) == ("Alexa or Jovo", {"Name": ["i am Ann"]})


def test_the_models_of_a_skill_are_found_in_its_folder_of_models(tmp_path: Path) -> None:
    def model(text: str) -> dict[str, Any]:
        return {"languageModel": {"intents": [{"name": "A", "samples": [text]}]}}

    files = {"models/en-US.json": model("hello"), "models/fr-FR.json": model("bonjour")}
    files |= {"skill.json": {"manifest": {}}, "lambda/package.json": {"name": "x"}}
    assert patterns(read(tmp_path, files)) == {"A": ["hello"]}
    assert patterns(read(tmp_path, files, "fr")) == {"A": ["bonjour"]}
