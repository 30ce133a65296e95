"""What people's files of other programs hold, one oddity each: what is kept, and what is noted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot import formats
from chatbot.formats import Imported


def read(folder: Path, files: dict[str, Any], language: str | None = None) -> Imported:
    """Write files, objects as JSON, and import their folder; or the file if it is a single one."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return formats.read(folder if len(files) > 1 else folder / next(iter(files)), language)


def patterns(imported: Imported) -> dict[str, list[str]]:
    return {i.tag: list(i.patterns) for i in imported.intents.intents if i.patterns}


def replies(imported: Imported) -> dict[str, list[str]]:
    return {i.tag: list(i.responses) for i in imported.intents.intents if i.responses}


def notes(imported: Imported) -> list[str]:
    return [str(note) for note in imported.notes]


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


# ---- Rhasspy, Home Assistant, Chatito: templates


def rhasspy(body: str, tmp_path: Path, **slots: str) -> Imported:
    slot_files = {f"slots/{name}": text for name, text in slots.items()}
    return read(tmp_path, {"sentences.ini": f"[A]\n{body}\n", **slot_files})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("go (left | right)", ["go left", "go right"]),
        ("this | that way", ["this", "that way"]),
        ("turn [it] on", ["turn it on", "turn on"]),
        ("x = red | green\npaint it <x>{colour}", ["paint it red", "paint it green"]),
        ("x = (a{b!int} | c:d){e}\ngo <x> now", ["go a now", "go c now"]),
        ("wait (1..10){n} minutes", ["wait 1 minutes", "wait 10 minutes"]),
        ("say foo:(bar baz) now", ["say foo now"]),
        ("\\[please] go home", ["please go home", "go home"]),
        ("; a comment\n# another\ngo home", ["go home"]),
        ("go to <nowhere_else>", ["go to nowhere else"]),
        ("x = <y>\ny = <x>\ngo <x>\nstop it", ["stop it"]),
        ("go (home\nstop it", ["stop it"]),
    ],
)
def test_sentences_of_rhasspy(body: str, expected: list[str], tmp_path: Path) -> None:
    assert patterns(rhasspy(body, tmp_path)) == {"A": expected}


def test_rules_of_another_section_and_slots_of_rhasspy(tmp_path: Path) -> None:
    body = (
        "x = <B.name> <B.other>\ngo <x> in $room\n[B]\nname = big <other>\nother = cat | dog\ngo up"
    )
    found = rhasspy(body, tmp_path, room="kitchen\nhall | stairs")
    assert len(patterns(found)["A"]) == 12
    assert "go big cat dog in stairs" in patterns(found)["A"]
    assert "entities were left out (1): room" in notes(found)


@pytest.mark.parametrize(
    "text",
    [
        "[tox]\nenvlist = a\n[testenv]\ndeps =\n    pytest\n    x y\ncommands = pytest\n",
        "[core]\n\tbare = false\n[remote \"x\"]\n\turl = y\n",
        "[Unit]\nDescription=A bot\n[Service]\nExecStart=/bin/bot\n",
        "[web]\nweb1 ansible_host=10.0.0.1 ansible_user=x\n",
    ],
)  # fmt: skip
def test_settings_are_no_sentences(text: str, tmp_path: Path) -> None:
    with pytest.raises(formats.FormatError, match="this is an INI file"):
        read(tmp_path, {"setup.ini": text})


def test_sentences_of_home_assistants_configuration(tmp_path: Path) -> None:
    text = (
        "default_config:\nconversation:\n  intents:\n    Voice:\n"
        '      - "how is (it|this) going"\nintent_script:\n  Voice:\n    speech:\n'
        "      text: Great!\n    action:\n      service: x\nautomation: !include a.yaml\n"
    )
    found = read(tmp_path, {"configuration.yaml": text})
    assert patterns(found) == {"Voice": ["how is it going", "how is this going"]}
    assert replies(found) == {"Voice": ["Great!"]}
    assert "actions were left out (1)" in notes(found)


def home(sentence: str, more: str = "") -> str:
    head = "language: en\nintents:\n  A:\n    data:\n    - sentences:\n"
    return f"{head}      - {json.dumps(sentence)}\n{more}"


@pytest.mark.parametrize(
    ("sentence", "more", "expected"),
    [
        ("(turn|switch) [it] on", "", ["turn it on", "turn on", "switch it on", "switch on"]),
        ("<name> on", "expansion_rules:\n  name: '[the] lamp'\n", ["the lamp on", "lamp on"]),
        ("(now;[please];go)", "", 8),
        ("set {n} %", "lists:\n  n:\n    range: {from: 0, to: 100}\n", ["set 0 %"]),
        ("add {item:thing}", "lists:\n  item:\n    values: [milk, tea]\n", ["add milk"]),
        ("buy {item}", "lists:\n  item:\n    wildcard: true\n", ["buy item"]),
        ("see <gone> there", "", ["see gone there"]),
    ],
)
def test_sentences_of_home_assistant(
    sentence: str, more: str, expected: list[str] | int, tmp_path: Path
) -> None:
    found = patterns(read(tmp_path, {"x.yaml": home(sentence, more)}))["A"]
    assert found == expected or len(found) == expected


def test_one_language_of_home_assistants_sentences_is_read(tmp_path: Path) -> None:
    files = {"en/a.yaml": home("hello"), "de/a.yaml": home("hallo").replace(": en", ": de")}
    assert patterns(read(tmp_path, files)) == {"A": ["hello"]}
    assert patterns(read(tmp_path, files, "de")) == {"A": ["hallo"]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    hi ~[you?]", ["hi you", "hi"]),
        ("    *[30%] hi @[name]\n@[name]\n    Ann\n    Bob", ["hi Ann", "hi Bob"]),
        ("    go ~[far away]", ["go far away"]),
        ("    (a|b) [c]", ["(a|b) [c]"]),
        ("    hi // there\n    // a comment\n    bye", ["hi // there", "bye"]),
        ("    go @[name#x]\n@[name#x]\n    Ann", ["go Ann"]),
        ("    ~[a] ~[a]\n~[a]\n    b\n    c", ["b b", "b c", "c b", "c c"]),
    ],
)
def test_sentences_of_chatito(body: str, expected: list[str], tmp_path: Path) -> None:
    text = f"import ./x.chatito\n%[A]('training': '9', 'testing': '1')\n{body}\n"
    assert patterns(read(tmp_path, {"a.chatito": text})) == {"A": expected}


# ---- .lu, .qna


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("hi {name=bob}", ["hi bob"]),
        ("hi {@name = bob } there", ["hi bob there"]),
        ("fly {From={@city=new york}} now", ["fly new york now"]),
        ("hi {name}", ["hi name"]),
        ("hi {@name:role}", ["hi name"]),
        ("(come|go) [back] {name}", 4),
        ("hi (there)", ["hi (there)"]),
        ("a \\{b\\} \\[c\\]", ["a {b} [c]"]),
        ("pizza {size=}", ["pizza"]),
    ],
)
def test_utterances_of_a_lu_file(line: str, expected: list[str] | int, tmp_path: Path) -> None:
    text = f"> comment\n# Greet\n- hello\n- {line}\n\n# None\n"
    found = patterns(read(tmp_path, {"bot.lu": text}))["Greet"][1:]
    assert found == expected or len(found) == expected


@pytest.mark.parametrize(
    "definition",
    ["@ ml name", "@ prebuilt number", "@ regex r = /a/", "@ phraselist p(x) =\n\t- a,b",
     "@ list l =\n\t- red:\n\t\t- crimson", "$city:London=\n- england", "> # Entities"],
)  # fmt: skip
def test_entities_of_a_lu_file_are_no_utterances(definition: str, tmp_path: Path) -> None:
    text = f"# Greet\n- hello\n\n{definition}\n\n# Bye\n- see you\n"
    assert patterns(read(tmp_path, {"a.lu": text})) == {"Greet": ["hello"], "Bye": ["see you"]}


def test_questions_with_the_same_answer_are_one_intent(tmp_path: Path) -> None:
    answer = "```\nAt nine.\n```\n"
    text = f"> !# @kb\n# ? When?\n- at what time\n{answer}# ? What hours?\n{answer}"
    found = read(tmp_path, {"a.qna": text})
    assert list(patterns(found).values()) == [["When?", "at what time", "What hours?"]]
    assert list(replies(found).values()) == [["At nine."]]


def test_a_lu_file_per_language(tmp_path: Path) -> None:
    files = {"bot.en-us.lu": "# A\n- hello\n", "bot.fr-fr.lu": "# A\n- bonjour\n"}
    assert patterns(read(tmp_path, files)) == {"A": ["hello"]}
    assert patterns(read(tmp_path, files, "fr")) == {"A": ["bonjour"]}


# ---- AIML


def aiml(*categories: tuple[str, str]) -> str:
    body = "".join(
        f"<category><pattern>{p}</pattern><template>{t}</template></category>"
        for p, t in categories
    )
    return f'<?xml version="1.0"?><aiml version="2.0">{body}</aiml>'


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Hi &amp;  bye", ["Hi & bye"]),
        ("<random><li>a</li><li>b</li></random>", ["a", "b"]),
        ("Well, <random><li>a</li><li>b</li></random>!", ["Well, a!", "Well, b!"]),
        ("<srai>OTHER thing!</srai>", ["other reply"]),
        ("So: <srai>other THING</srai>", ["So: other reply"]),
        ("<think><set name='a'>b</set></think>Done", ["Done"]),
        ("<set name='a'>b</set> it is", ["b it is"]),
        ("Hello <get name='name'/>", ["Hello {user}"]),
        ("It is <date format='%H'/>", ["It is {date}"]),
        ("a<br/>b", ["a\nb"]),
        ("<em>a</em> <uppercase>b</uppercase>", ["a b"]),
        ("You said <star/>", []),
        ("I am <bot name='name'/>", []),
        ("<condition name='x' value='y'>a</condition>", []),
        ("<srai><star/></srai>", []),
        ("<srai>GONE</srai>", []),
        ("<srai>HELLO</srai>", []),
        ("<random><li>You said <star/></li><li>b</li></random>", ["b"]),
    ],
)
def test_templates_of_aiml(template: str, expected: list[str], tmp_path: Path) -> None:
    text = aiml(("HELLO", template), ("OTHER THING", "other reply"))
    imported = read(tmp_path, {"a.aiml": text})
    found = next(i for i in imported.intents.intents if "hello" in i.patterns)
    assert list(found.responses) == expected
    if not expected:
        assert any("depend on the conversation" in note for note in notes(imported))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("HELLO", ["hello"]), ("HELLO *", ["hello"]), ("_ HELLO ^", ["hello"]),
        ("$HELLO", ["hello"]), ("I LIKE <set>colour</set>", ["i like colour"]), ("*", []),
        ("HELLO <bot name='x'/>", []), ("OTHER *", []), ("  HI   YOU ", ["hi you"]),
    ],
)  # fmt: skip
def test_patterns_of_aiml(pattern: str, expected: list[str], tmp_path: Path) -> None:
    found = read(tmp_path, {"a.xml": aiml((pattern, "one"), ("OTHER", "two"))})
    assert [texts for tag, texts in patterns(found).items() if tag != "other"] == (
        [expected] if expected else []
    )
    if pattern == "*":
        assert replies(found)["fallback"] == ["one"]


def test_aiml_of_a_topic_or_after_a_reply_is_noted(tmp_path: Path) -> None:
    text = aiml(("HELLO", "Hi")).replace(
        "</aiml>",
        "<topic name='TEA'><category><pattern>A</pattern><template>x</template></category></topic>"
        "<topic name='*'><category><pattern>B</pattern><template>y</template></category></topic>"
        "<category><pattern>C</pattern><that>WHO</that><template>z</template></category></aiml>",
    )
    found = read(tmp_path, {"a.aiml": text})
    assert patterns(found) == {"hello": ["hello"], "b": ["b"]}
    what = "categories that wait for a topic or a former reply (<that>) were left out (2): A, C"
    assert what in notes(found)


def test_aiml_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.aiml"
    text = aiml(("HELLO", "Olá, você")).replace('"1.0"?', '"1.0" encoding="ISO-8859-1"?')
    path.write_bytes(text.encode("latin-1"))
    assert replies(formats.read(path)) == {"hello": ["Olá, você"]}


def test_a_thousand_aiml_categories_with_one_answer_are_one_intent(tmp_path: Path) -> None:
    text = aiml(*((f"QUESTION {i}", "I do not know.") for i in range(1_000)))
    (intent,) = read(tmp_path, {"a.aiml": text}).intents.intents
    assert (len(intent.patterns), intent.responses) == (1_000, ("I do not know.",))


# ---- our own shape in another syntax


CLASSIC = {"greet": ["hello", "hi"], "bye": ["see you"]}


BYE = '{"tag": "bye", "patterns": ["see you"]}'
PAIRS = [("hello", "greet"), ("hi", "greet"), ("see you", "bye")]


@pytest.mark.parametrize(
    "text",
    [
        "intents:\n- tag: greet\n  patterns: [hello, hi]\n- tag: bye\n  patterns: [see you]\n",
        "- intent: greet\n  examples: |\n    - hello\n    - hi\n- tag: bye\n  examples: see you\n",
        "greet:\n  patterns:\n  - hello\n  - hi\nbye:\n  patterns: [see you]\n",
        '[[intents]]\ntag = "greet"\npatterns = ["hello", "hi"]\n'
        '[[intents]]\ntag = "bye"\npatterns = ["see you"]\n',
        '[greet]\npatterns = ["hello", "hi"]\n[bye]\npatterns = "see you"\n',
        f'{{"tag": "greet", "patterns": ["hello", "hi"]}}\n{BYE}\n',
        "\n\n".join(json.dumps({"text": text, "intent": tag}) for text, tag in PAIRS),
        "\n".join(json.dumps(pair) for pair in PAIRS),
        "\ufeff" + "\r\n".join(json.dumps({"utterance": a, "label": b}) for a, b in PAIRS) + "\r\n",
    ],
    ids=range(9),
)
@pytest.mark.parametrize("name", ["intents.json", "a.yml", "no ending"])
def test_our_shape_in_yaml_toml_and_json_lines(name: str, text: str, tmp_path: Path) -> None:
    assert patterns(read(tmp_path, {name: text})) == CLASSIC


def test_a_value_of_yaml_or_toml_is_the_text_it_was_typed_as(tmp_path: Path) -> None:
    yaml = "intents:\n- tag: yes\n  patterns: [no, 1.10, hi: you]\n- tag: b\n  patterns: [x]\n"
    assert patterns(read(tmp_path, {"a.yml": yaml}))["yes"] == ["no", "1.10", "hi: you"]
    toml = '[[intents]]\ntag = "a"\npatterns = ["x", 5, 2024-01-01]\n'
    assert patterns(read(tmp_path, {"a.toml": toml})) == {"a": ["x", "5", "2024-01-01"]}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.jsonl", f'{BYE}\n{{"tag": "b", "patterns": ["y"}}\n', "a.jsonl:2:30: error: this }"),
        ("b.toml", '[[intents]]\ntag = "a"\npatterns = ["hi"\n', "b.toml:3:1: error: broken TOML"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(name: str, text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(formats.FormatError, match=message):
        read(tmp_path, {name: text})
