"""Exports of bots as their programs write them, with all that lies beside the intents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chatbot.formats import Imported
from tests.formats.reading import counts, examples, notes, patterns, read, replies


def slots(imported: Imported) -> dict[str, tuple[list[str], str, str | None]]:
    return {s.name: ([v.value for v in s.values], s.regex, s.kind) for s in imported.intents.slots}


def fallback(imported: Imported) -> tuple[str, ...]:
    found = imported.intents.fallback
    return () if found is None else found.responses


def phrase(*parts: str | tuple[str, str]) -> dict[str, Any]:
    return {
        "parts": [
            {"text": p} if isinstance(p, str) else {"text": p[0], "parameterId": p[1]}
            for p in parts
        ],
        "repeatCount": 1,
    }


CX: dict[str, Any] = {
    "agent.json": {"displayName": "a", "defaultLanguageCode": "en", "startFlow": "x"},
    "intents/greet/greet.json": {"name": "1", "displayName": "greet"},
    "intents/greet/trainingPhrases/en.json": {
        "trainingPhrases": [phrase("hi"), phrase("hey ", "you")]},
    "intents/greet/trainingPhrases/de.json": {"trainingPhrases": [phrase("hallo")]},
    "intents/fly/fly.json": {
        "name": "2", "displayName": "travel.fly",
        "parameters": [{"id": "town", "entityType": "@city"},
                       {"id": "when", "entityType": "@sys.date"}],
    },
    "intents/fly/trainingPhrases/en.json": {
        "trainingPhrases": [phrase("to ", ("Rome", "town"), " ", ("today", "when"))]
    },
    "intents/Default Negative Intent/Default Negative Intent.json": {
        "name": "3", "displayName": "Default Negative Intent"},
    "intents/Default Negative Intent/trainingPhrases/en.json": {
        "trainingPhrases": [phrase("pizza")]},
    "entityTypes/city/city.json": {"displayName": "city", "kind": "KIND_MAP"},
    "entityTypes/city/entities/en.json": {"entities": [{"value": "Rome", "synonyms": ["Roma"]}]},
    "flows/Default Start Flow/Default Start Flow.json": {
        "displayName": "Default Start Flow",
        "transitionRoutes": [
            {"intent": "greet", "triggerFulfillment": {"messages": [
                {"text": {"text": ["Hello!"]}, "languageCode": "en"},
                {"text": {"text": ["Hallo!"]}, "languageCode": "de"}, {"payload": {"a": 1}}]}},
            {"intent": "travel.fly", "triggerFulfillment": {"messages": [
                {"text": {"text": ["To $session.params.town."]}}]}},
            {"condition": "true",
             "triggerFulfillment": {"messages": [{"text": {"text": ["Well."]}}]}},
        ],
        "eventHandlers": [
            {"event": "sys.no-match-default", "triggerFulfillment": {"messages": [
                {"text": {"text": ["Pardon?"]}}]}},
            {"event": "sys.no-input-default", "triggerFulfillment": {"messages": [
                {"text": {"text": ["Still there?"]}}]}},
        ],
    },
    "flows/Default Start Flow/pages/Ask.json": {
        "displayName": "Ask", "transitionRoutes": [{"intent": "greet", "triggerFulfillment": {
            "messages": [{"text": {"text": ["Only here."]}}]}}]},
}  # fmt: skip


def test_a_dialogflow_cx_agent_brings_phrases_entities_and_the_replies_of_its_flow(
    tmp_path: Path,
) -> None:
    imported = read(tmp_path, CX)
    assert imported.format == "Dialogflow CX"
    assert patterns(imported) == {"greet": ["hi", "hey you"], "travel.fly": ["to Rome today"]}
    assert replies(imported) == {
        "greet": ["Hello!"], "travel.fly": ["To {city}."], "fallback": ["Pardon?"],
    }  # fmt: skip
    assert imported.intents.out_of_scope == ("pizza",)
    assert slots(imported) == {"city": (["Rome"], "", None), "when": ([], "", "date")}
    assert counts(imported) == {
        "files were read": 12,
        "texts in another language (de) were left out": 1,
        "replies in another language were left out": 1,
        "cards, buttons and the like in replies were left out": 1,
        "replies with conditions were left out": 1,
        "replies to other events were left out": 1,
        "replies of pages, said only there, were left out": 1,
    }


def said(text: str) -> dict[str, Any]:
    return {"messageGroupsList": [{"message": {"plainTextMessage": {"value": text}}}]}


LEX_2: dict[str, Any] = {
    "Manifest.json": {"metaData": {"fileFormat": "LexJson"}},
    "Bot/BotLocales/en_US/BotLocale.json": {"name": "English", "identifier": "en_US"},
    "Bot/BotLocales/en_US/Intents/Order/Intent.json": {
        "name": "Order",
        "sampleUtterances": [{"utterance": "send {flower}"}, {"utterance": "order"}],
        "intentClosingSetting": {"closingResponse": said("Sent.")},
    },
    "Bot/BotLocales/en_US/Intents/Order/Slots/flower/Slot.json": {
        "name": "flower", "slotTypeName": "Flowers", "valueElicitationSetting": {
            "slotConstraint": "Required", "promptSpecification": said("Which?")},
    },
    "Bot/BotLocales/en_US/Intents/FallbackIntent/Intent.json": {
        "name": "FallbackIntent", "sampleUtterances": None,
        "parentIntentSignature": "AMAZON.FallbackIntent",
        "intentClosingSetting": {"closingResponse": said("Pardon?")},
    },
    "Bot/BotLocales/en_US/SlotTypes/Flowers/SlotType.json": {
        "name": "Flowers", "slotTypeValues": [
            {"sampleValue": {"value": "roses"}, "synonyms": [{"value": "rose"}]}],
    },
    "Bot/BotLocales/de_DE/Intents/Order/Intent.json": {
        "name": "Order", "sampleUtterances": [{"utterance": "bestellen"}]},
}  # fmt: skip

LEX_1 = {
    "metadata": {"schemaVersion": "1.0"},
    "resource": {
        "name": "Shop", "locale": "en-US",
        "intents": [{
            "name": "Order", "sampleUtterances": ["send {flower}", "order"],
            "conclusionStatement": {"messages": [{"content": "Sent."}]},
            "slots": [{
                "name": "flower", "slotType": "Flowers", "slotConstraint": "Required",
                "valueElicitationPrompt": {"messages": [{"content": "Which?"}]}}],
        }],
        "slotTypes": [{"name": "Flowers", "enumerationValues": [
            {"value": "roses", "synonyms": ["rose"]}]}],
        "clarificationPrompt": {"messages": [{"content": "Pardon?"}]},
    },
}  # fmt: skip


@pytest.mark.parametrize("files", [LEX_2, {"bot.json": LEX_1}], ids=["V2", "V1"])
def test_an_amazon_lex_bot_brings_utterances_slots_and_closing_responses(
    files: dict[str, Any], tmp_path: Path
) -> None:
    imported = read(tmp_path, files)
    assert imported.format == "Amazon Lex"
    assert patterns(imported) == {"Order": ["send roses", "order"]}
    assert replies(imported) == {"Order": ["Sent."], "fallback": ["Pardon?"]}
    assert slots(imported) == {"flower": (["roses"], "", None)}
    (use,) = imported.intents.intents[0].slots
    assert (use.name, use.ask, use.required) == ("flower", ("Which?",), True)


def test_clu_keeps_tests_and_other_languages_out(tmp_path: Path) -> None:
    utterances = [
        {"text": "read it to bob", "intent": "Read", "language": "en-us", "dataset": "Train",
         "entities": [{"category": "who", "offset": 11, "length": 3}]},
        {"text": "remove it", "intent": "Delete", "language": "en-us", "dataset": "Test"},
        {"text": "delete it", "intent": "Delete", "language": "en-us", "dataset": "Train"},
        {"text": "lösche es", "intent": "Delete", "language": "de", "dataset": "Train"},
    ]  # fmt: skip
    entities = [
        {"category": "who", "list": {"sublists": [
            {"listKey": "bob", "synonyms": [{"language": "en", "values": ["bobby"]}]}]}},
        {"category": "count", "prebuilts": [{"category": "Number"}]},
        {"category": "zip", "regex": {"expressions": [{"regexPattern": "[0-9]{5}"}]}},
    ]  # fmt: skip
    project = {
        "projectFileVersion": "2022-10-01-preview", "metadata": {"language": "en-us"},
        "assets": {"intents": [{"category": "Read"}, {"category": "Sing"}],
                   "entities": entities, "utterances": utterances},
    }  # fmt: skip
    imported = read(tmp_path, {"clu.json": project})
    assert patterns(imported) == {"Read": ["read it to bob"], "Delete": ["delete it"]}
    assert slots(imported) == {
        "who": (["bob"], "", None), "count": ([], "", "number"), "zip": ([], "(?:[0-9]{5})", None),
    }  # fmt: skip
    assert examples(imported, "utterances for testing") == ("remove it",)
    assert examples(imported, "texts in another language (de)") == ("lösche es",)
    assert examples(imported, "intents without examples") == ("Sing",)


def test_the_role_of_an_entity_in_a_pattern_of_luis_is_no_text(tmp_path: Path) -> None:
    app = {
        "luis_schema_version": "7.0.0", "intents": [{"name": "Fly"}],
        "closedLists": [{"name": "city", "subLists": [{"canonicalForm": "Rome", "list": []}]}],
        "patterns": [{"pattern": "fly to {city:to}", "intent": "Fly"}], "utterances": [],
    }  # fmt: skip
    assert patterns(read(tmp_path, {"a.json": app})) == {"Fly": ["fly to Rome"]}


def test_botpress_elements_and_entities_are_read_where_they_are_named(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        {
            "intents/eat.json": {"name": "eat", "utterances": {"en": ["an [apple](what)"]},
                                 "slots": [{"name": "what", "entities": ["fruit"]}]},
            "entities/fruit.json": {"name": "fruit", "type": "list",
                                    "occurrences": [{"name": "apple", "synonyms": ["apples"]}]},
            "entities/tree.json": {"name": "tree", "type": "pattern", "pattern": "oak|elm"},
            "qna/a.json": {"id": "a", "data": {"enabled": True, "questions": {"en": ["when?"]},
                           "answers": {"en": ["#!builtin_text-1", "#!builtin_text-2"]}}},
            "qna/b.json": {"id": "b", "data": {"enabled": True, "questions": {"en": ["a human"]},
                           "answers": {"en": [""]}, "redirectFlow": "hitl.flow.json"}},
            "content-elements/builtin_text.json": [
                {"id": "builtin_text-1",
                 "formData": {"text$en": "At nine.", "variations$en": ["9."], "typing": True}}],
        },
    )  # fmt: skip
    assert replies(imported) == {"a": ["At nine.", "9."]}
    assert slots(imported) == {"what": (["apple"], "", None)}
    assert examples(imported, "replies that are elements") == ("#!builtin_text-2",)
    assert examples(imported, "answers that lead to a flow") == ("b",)
    assert examples(imported, "entities that no slot has") == ("tree",)


def test_keywords_of_wit_are_the_values_of_slots(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        {
            "app/app.json": {"name": "a", "zip-command": "zip a.zip"},
            "app/entities/room.json": {"name": "room", "roles": ["room"], "keywords": [
                {"keyword": "kitchen", "synonyms": ["galley"]}]},
            "app/utterances/utterances-1.json": {"utterances": [
                {"text": "on in kitchen", "intent": "on", "traits": [{"trait": "wit$on_off"}],
                 "entities": [{"entity": "room:room", "start": 6, "end": 13}]},
                {"text": "hm", "entities": [], "traits": []}]},
        },
    )  # fmt: skip
    assert slots(imported) == {"room": (["kitchen"], "", None)}
    assert examples(imported, "traits") == ("wit$on_off",)
    assert examples(imported, "examples without an intent") == ("hm",)
    assert not any("not Wit" in note for note in notes(imported))


def test_the_only_step_of_a_watson_action_is_its_reply(tmp_path: Path) -> None:
    def action(name: str, intent: str, *texts: dict[str, str]) -> dict[str, Any]:
        step = {"output": {"generic": [{"values": [{"text_expression": {"concat": list(texts)}}]}]}}
        return {"title": name, "action": name, "condition": {"intent": intent}, "steps": [step]}

    skill = {
        "workspace": {
            "intents": [{"intent": "pay", "examples": [{"text": "pay"}]},
                        {"intent": "owe", "examples": [{"text": "owe"}]}],
            "actions": [action("Pay", "pay", {"scalar": "Here: "}, {"scalar": "pay."}),
                        action("Owe", "owe", {"scalar": "You owe "}, {"variable": "sum"})],
        },
        "skill_id": "x",
    }  # fmt: skip
    imported = read(tmp_path, {"a.json": skill})
    assert replies(imported) == {"pay": ["Here: pay."]}
    assert examples(imported, "actions") == ("Owe",)


def test_snips_public_data_sets_are_read(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        {
            "train_Play.json": {"Play": [
                {"data": [{"text": "play "}, {"text": "Bach", "entity": "artist"}]}]},
            "train_Stop.json": {"Stop": [{"data": [{"text": "stop"}]}]},
            "validate_Stop.json": {"Stop": [{"data": [{"text": "halt"}]}]},
        },
    )  # fmt: skip
    assert patterns(imported) == {"Play": ["play Bach"], "Stop": ["stop"]}
    assert slots(imported) == {"artist": ([], "", None)}


def test_a_readme_is_no_training_data_whatever_it_shows(tmp_path: Path) -> None:
    files = {
        "README.md": "# Bot\n## intent:greet\n- not this\n",
        "data/nlu.md": "## intent:greet\n- hello\n## intent:bye\n- bye\n",
    }
    assert patterns(read(tmp_path, files)) == {"greet": ["hello"], "bye": ["bye"]}


def test_words_of_keyword_intents_are_named(tmp_path: Path) -> None:
    files = {"locale/en-us/a.intent": "hello\n", "locale/en-us/Stop.voc": "stop\nhalt\n"}
    imported = read(tmp_path, files)
    assert examples(imported, "words of keyword intents") == ("Stop.voc",)


def test_what_aiml_leaves_out_is_shown(tmp_path: Path) -> None:
    category = "<category><pattern>{}</pattern><template>{}</template></category>"
    text = "".join(
        category.format(*each)
        for each in [
            ("HI", "Hi<think><set name='a'>b</set></think>"),
            ("YO", "<random><li><star/> yo</li><li>Yo</li></random>"),
        ]
    )
    imported = read(tmp_path, {"a.aiml": f"<aiml>{text}<category>x</category></aiml>"})
    assert examples(imported, "commands in templates") == ("<think> b",)
    assert examples(imported, "categories without") == ("x",)
    assert all(note.examples for note in imported.notes)
