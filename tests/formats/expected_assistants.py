"""What the samples of assistants bring: their exports, and projects of their tools."""

from __future__ import annotations

from tests.formats.expected_projects import Expected

ASSISTANTS: dict[str, Expected] = {
    "botpress": (
        "Botpress",
        {
            "book": (["a flight to Paris", "book a flight"], []),
            "hello": (["hello"], []),
            "hours": (["when do you open"], ["At nine"]),
        },
        {
            "files were read": 4,
            "texts in another language (fr) were left out": 2,
            "contexts were left out": 1,
            "intents that are switched off were left out": 1,
        },
    ),
    "clu.json": (
        "LUIS",
        {
            "Read": (["read the mail from Ann"], []),
            "Send": (["send it"], []),
        },
        {},
    ),
    "deeppavlov.json": (
        "DeepPavlov",
        {
            "hello": (["hi there", "hi", "hello there", "hello", "good morning"], []),
            "exit": (["bye", "see you later", "see you soon"], []),
        },
        {
            "regular expressions were left out": 1,
        },
    ),
    "dialogflow": (
        "Dialogflow ES",
        {
            "Book a table": (
                ["a table for tomorrow please", "table on date"],
                ["Booked for {date}.", "Done!"],
            ),
            "Hello": (["hello", "hi"], ["Hi!"]),
            "fallback": ([], ["Say that again?"]),
        },
        {
            "files were read": 10,
            "texts in another language (de) were left out": 1,
            "placeholders in patterns became their names": 1,
            "patterns that are only a placeholder were left out": 1,
            "contexts that no answer makes active were left out": 1,
            "actions were left out": 1,
            "replies in another language were left out": 1,
            "cards, buttons and the like in replies were left out": 1,
            "events were left out": 1,
            "webhook calls were left out": 1,
            "other files were not read: they are not Dialogflow ES": 1,
        },
    ),
    "j-tiledesk.json": (
        "intents.json",
        {
            "hello": (["hello", "hi there"], ["Hi {user}!"]),
            "agent": (["human please"], ["One moment ${agentName}"]),
            "fallback": ([], ["No idea"]),
        },
        {
            "texts in another language (it) were left out": 1,
            "intents that are switched off were left out": 1,
            "the key “name” at the top of the file was left out": 1,
            "placeholders in replies stay as written: ${agentName}": 1,
        },
    ),
    "luis.json": (
        "LUIS",
        {
            "Book": (
                [
                    "book a flight to cairo",
                    "fly to where please",
                    "fly to where",
                    "fly towards where please",
                    "fly towards where",
                ],
                [],
            ),
            "Weather": (["will it rain"], []),
        },
        {
            "roles and groups of entities were left out": 1,
            "placeholders in patterns were filled with a value or their name": 4,
            "patterns that are only a placeholder were left out": 1,
            "entities were left out": 1,
        },
    ),
    "nlpjs": (
        "nlp.js",
        {
            "agent.age": (["how old are you", "your age"], ["I'm young", "Old, {{ user }}"]),
            "saw": (["I saw spiderman today"], []),
            "fallback": ([], ["Pardon?"]),
        },
        {
            "files were read": 2,
            "texts in another language (es) were left out": 1,
            "contexts were left out": 1,
            "conditional replies are now always given": 1,
            "slot filling was left out": 1,
            "patterns that are only a placeholder were left out": 1,
            "placeholders in replies stay as written: {{ user }}": 1,
        },
    ),
    "padatious": (
        "Padatious",
        {
            "play": (
                [
                    "play yesterday please",
                    "play imagine",
                    "put on yesterday please",
                    "put on imagine",
                    "play something",
                ],
                [],
            ),
            "stop": (["stop", "be quiet"], ["Stopping {song}", "Ending {song}", "Ok"]),
        },
        {
            "files were read": 6,
            "texts in another language (de-de) were left out": 1,
            "placeholders in patterns were filled with a value or their name": 4,
            "patterns that are only a placeholder were left out": 1,
            "templates that cannot be read were left out: ( is not closed": 1,
            "dialogs without an intent were left out": 1,
        },
    ),
    "rasa-markdown": (
        "Rasa",
        {
            "greet": (["xin chào", "hello Anna"], ["Chào bạn"]),
            "bye": (["tạm biệt"], ["Bye!"]),
        },
        {
            "files were read": 3,
            "regular expressions were left out": 1,
            "stories were left out": 1,
        },
    ),
    "rasa-project": (
        "Rasa",
        {
            "greet": (["hi", "good morning"], ["Hello"]),
            "faq/hours": (["when do you open"], ["At nine"]),
            "book": (["book a table"], ["How many?"]),
            "affirm": (["yes"], []),
            "fallback": ([], ["Please say it otherwise"]),
        },
        {
            "files were read": 3,
            "stories were left out": 2,
            "rules were left out": 1,
            "slots were left out": 1,
            "intents got no replies: which one depends on the story": 1,
            "replies that do not belong to a single intent were left out": 2,
            "other files were not read: they are not Rasa": 1,
        },
    ),
    "rasa.json": (
        "Rasa",
        {
            "greet": (["hey"], []),
            "book": (["a [big](table) in Paris"], []),
        },
        {
            "examples without an intent were left out": 1,
            "regular expressions were left out": 1,
        },
    ),
    "rasa.yml": (
        "Rasa",
        {
            "greet": (["hey", "hello there", "yes: no # maybe"], ["Hello {name}!", "Hi."]),
            "book": (["a table in Paris", "from Rome to Ulm"], []),
            "yes": (["yes", "2024-01-01"], []),
            "fallback": ([], ["Sorry?"]),
        },
        {
            "metadata of examples was left out": 1,
            "lines without a dash among examples were left out": 1,
            "regular expressions were left out": 1,
            "lookup tables were left out": 1,
            "roles and groups of entities were left out": 1,
            "buttons, images and the like in replies were left out": 1,
            "conditional replies are now always given": 1,
            "replies that do not belong to a single intent were left out": 1,
            "placeholders in replies stay as written: {name}": 1,
        },
    ),
    "snips.json": (
        "Snips NLU",
        {
            "lightOn": (["light up the living room", "lights on"], []),
            "lightOff": (["lights off"], []),
        },
        {},
    ),
    "snips.yaml": (
        "Snips NLU",
        {
            "lightOn": (["light up the living room", "lights on in bedroom"], []),
            "lightOff": (["turn it off", "off"], []),
        },
        {
            "placeholders in patterns were filled with a value or their name": 1,
            "patterns that are only a placeholder were left out": 1,
        },
    ),
    "wit": (
        "Wit.ai",
        {
            "weather": (["weather in Paris", "is it cold"], []),
            "greet": (["hello"], []),
        },
        {
            "files were read": 2,
            "traits were left out": 1,
            "examples without an intent were left out": 1,
            "other files were not read: they are not Wit.ai": 1,
        },
    ),
    "wit-old.json": (
        "Wit.ai",
        {
            "weather": (["what is the weather in Paris"], []),
            "greet": (["hello"], []),
        },
        {
            "examples without an intent were left out": 1,
        },
    ),
}
