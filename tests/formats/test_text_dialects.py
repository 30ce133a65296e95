"""Templates, .lu, AIML, YAML, TOML and JSON Lines, one oddity each: what is kept, what is noted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import Imported
from tests.formats.reading import notes, patterns, read, replies

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
    (room,) = found.intents.slots
    assert (room.name, [each.value for each in room.values]) == ("room", ["kitchen"])


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
    assert "actions were left out (1): Voice" in notes(found)


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


def test_lists_and_rules_of_home_assistant_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    files = {
        "en/light.yaml": home("<set> {colour}"),
        "en/_lists.yaml": "language: en\nlists:\n  colour:\n    values: [red]\n",
        "en/_rules.yaml": "language: en\nexpansion_rules:\n  set: (make it|turn)\n",
        "en/_replies.yaml": "language: en\nresponses:\n  intents:\n    A:\n      colour: Done\n",
    }
    found = read(tmp_path, files)
    assert patterns(found) == {"A": ["make it red", "turn red"]}
    assert replies(found) == {"A": ["Done"]}


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
