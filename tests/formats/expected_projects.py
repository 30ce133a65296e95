"""What the samples of projects, assistants and templates bring."""

from __future__ import annotations

Expected = tuple[str, dict[str, tuple[list[str], list[str]]], dict[str, int]]

PROJECTS: dict[str, Expected] = {
    "aiml": (
        "AIML",
        {
            "hello": (["hello", "good morning"], ["Hi there!"]),
            "how_are_you": (["how are you"], ["Fine,\nthanks.", "So so & you?"]),
            "name": (["my name is"], ["Hello {user}"]),
            "who_are_you": (["who are you"], []),
            "fallback": ([], ["Tell me more."]),
        },
        {
            "files were read": 1,
            "categories that wait for a topic or a former reply (<that>) were left out": 2,
            "replies that depend on the conversation (<star>) were left out": 1,
            "patterns with wildcards that are another pattern without them were left out": 1,
            "wildcards in patterns were left out": 2,
            "replies that depend on the conversation (<bot>) were left out": 2,
            "commands in templates (<think> and the like) were left out": 1,
        },
    ),
    "alexa": (
        "Alexa or Jovo",
        {
            "OrderIntent": (["one green tea", "I would like mint tea"], []),
            "HoursIntent": (["when are you open", "opening hours"], []),
        },
        {
            "files were read": 2,
            "texts in another language (de-DE) were left out": 1,
            "intents without samples were left out": 1,
            "samples of the dialogs that ask for slots were left out": 1,
            "placeholders in patterns were filled with a value or their name": 2,
            "patterns that are only a placeholder were left out": 1,
        },
    ),
    "bot-framework": (
        "Bot Framework (.lu, .qna)",
        {
            "Greet": (["hello", "hi bob", "good morning dear Ann"], []),
            "Order": (
                [
                    "I want green tea",
                    "bring me some green tea please",
                    "bring me mint tea please",
                    "give me some green tea please",
                    "give me mint tea please",
                    "50% {off}",
                ],
                [],
            ),
            "open": (["When are you open?", "opening hours"], ["From nine\nto five."]),
            "where_are_you": (["Where are you?"], ["In Ulm."]),
        },
        {
            "files were read": 2,
            "filters and prompts of answers were left out": 1,
            "links to other files were not followed": 1,
            "entity annotations became plain text": 1,
            "placeholders in patterns were filled with a value or their name": 5,
        },
    ),
    "dialogflow-cx": (
        "Dialogflow CX",
        {"greet": (["hi from Ulm", "hey"], ["Hello!"])},
        {"files were read": 4, "replies with conditions were left out": 1},
    ),
    "fasttext.txt": (
        "fastText",
        {"greet": (["hello there", "hi"], []), "bye": (["see you"], [])},
        {"labels after the first were left out": 1},
    ),
    "lex.json": (
        "Amazon Lex",
        {"Order": (["send roses", "order"], ["Sent."]), "Bye": (["bye"], [])},
        {"placeholders in patterns were filled with a value or their name": 1},
    ),
    "botpress-twins": (
        "Botpress",
        {
            "price": (["how much is it"], []),
            "hours": (["when do you open", "opening hours"], ["At nine."]),
        },
        {
            "files were read": 3,
            "intents generated from entries that were read were left out": 1,
            "replies that are elements of another file were left out": 1,
        },
    ),
    "chatito.chatito": (
        "Chatito",
        {
            "order": (
                [
                    "please bring me tea",
                    "please bring me coffee",
                    "would you kindly bring me tea",
                    "would you kindly bring me coffee",
                    "would you bring me tea",
                    "would you bring me coffee",
                    "bring me tea",
                    "bring me coffee",
                    "one tea (hot|cold)",
                    "one coffee (hot|cold)",
                ],
                [],
            ),
            "greet": (["hi there"], []),
        },
        {
            "templates that cannot be read were left out: ~[never] contains itself": 1,
        },
    ),
    "classic.toml": (
        "intents in YAML or TOML",
        {"greet": (["hello", "hi"], ["Hi!"]), "bye": (["see you"], ["Ciao"])},
        {},
    ),
    "classic.yml": (
        "intents in YAML or TOML",
        {"greet": (["hello", "hi: you", "yes"], ["Hi!"]), "bye": (["see you"], ["Ciao"])},
        {},
    ),
    "home-assistant": (
        "Home Assistant",
        {
            "LightOn": (
                [
                    "turn on the light in the kitchen",
                    "turn on the light in hallway",
                    "turn on the light",
                    "turn on the lamp in the hallway",
                    "turn on the lamp in kitchen",
                    "turn on the lamp",
                    "turn on light in the kitchen",
                    "turn on light in hallway",
                    "turn on light",
                    "turn on lamp in the hallway",
                    "turn on lamp in kitchen",
                    "turn on lamp",
                    "switch on the light in the kitchen",
                    "switch on the light in hallway",
                    "switch on the light",
                    "switch on the lamp in the hallway",
                    "switch on the lamp in kitchen",
                    "switch on the lamp",
                    "switch on light in the kitchen",
                    "switch on light in hallway",
                    "switch on light",
                    "switch on lamp in the hallway",
                    "switch on lamp in kitchen",
                    "switch on lamp",
                    "light now",
                    "now light",
                    "lights: on",
                ],
                ["The {{ area }} is lit"],
            ),
            "Time": (["what time is it"], []),
        },
        {
            "files were read": 3,
            "texts in another language (de) were left out": 1,
            "placeholders in patterns were filled with a value or their name": 16,
            "slots were left out": 1,
            "sentences that need a context are now always understood": 1,
            "replies for other outcomes than the default were left out": 1,
            "replies to intents without sentences were left out": 1,
            "placeholders in replies stay as written: {{ area }}": 1,
        },
    ),
    "jovo": (
        "Alexa or Jovo",
        {"YesIntent": (["yes", "sure thing"], []), "OrderIntent": (["one green tea please"], [])},
        {
            "files were read": 1,
            "placeholders in patterns were filled with a value or their name": 1,
        },
    ),
    "lines-of-pairs.jsonl": (
        "CLINC-style JSON",
        {"greet": (["hello"], []), "bye": (["see you"], [])},
        {},
    ),
    "lines.jsonl": (
        "intents.json",
        {"greet": (["hello", "hi"], ["Hi!"]), "bye": (["see you"], ["Ciao"])},
        {},
    ),
    "rasa1-responses": (
        "Rasa",
        {
            "faq/hours": (
                ["when are you open", "opening hours"],
                ["We open at nine.\nEvery day.", "At nine!"],
            ),
            "faq/price": (["how much is it"], ["It costs ten euros."]),
        },
        {"files were read": 2, "other files were not read: they are not Rasa": 1},
    ),
    "rhasspy": (
        "Rhasspy",
        {
            "GetTime": (
                [
                    "what time is it",
                    "tell me the time please",
                    "tell me the time",
                    "give me the time please",
                    "give me the time",
                ],
                [],
            ),
            "Light": (
                [
                    "turn on the light",
                    "turn off the light",
                    "set the kitchen lamp to red",
                    "set the kitchen lamp to green",
                    "set the living room lamp to red",
                    "set the living room lamp to green",
                    "set the bed room lamp to red",
                    "set the bed room lamp to green",
                    "please dim the missing one",
                    "dim the missing one",
                ],
                [],
            ),
        },
        {
            "files were read": 2,
            "entity annotations became plain text": 1,
            "rules and slots that are not there became their names": 1,
            "templates that cannot be read were left out: <loop> contains itself": 1,
            "templates that cannot be read were left out: ( is not closed": 1,
        },
    ),
    "snips-bracket.yaml": (
        "Snips NLU",
        {"lightOn": (["kitchen lights on", "light: on"], [])},
        {},
    ),
    "watson.json": (
        "Watson Assistant",
        {
            "hours": (
                ["when do you open", "opening hours on Monday"],
                ["From nine to five.", "At nine."],
            ),
            "bye": (["see you"], ["See you soon!"]),
            "thanks": (["thank you"], ["See you soon!"]),
            "fallback": ([], ["Please say it differently."]),
        },
        {
            "replies with other conditions than an intent were left out": 2,
            "pauses, options, images and the like in replies were left out": 1,
            "replies of nodes below other nodes, said only after these, were left out": 1,
        },
    ),
}
