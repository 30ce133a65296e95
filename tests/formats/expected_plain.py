"""What the samples of intents.json as people write it, of pairs and of tables bring."""

from __future__ import annotations

from tests.formats.expected_projects import Expected

PLAIN: dict[str, Expected] = {
    "a-classic.json": (
        "intents.json",
        {
            "greeting": (["Hi", "Hello"], ["Hello!", "Hi there"]),
            "goodbye": (["Bye"], ["See you"]),
            "noanswer": ([], ["Sorry?"]),
        },
        {},
    ),
    "b-context-set.json": (
        "intents.json",
        {
            "rental": (["Can I rent a moped?", "rent a bike"], ["For today?"]),
            "today": (["today"], ["Same-day rentals: call us."]),
            "hours": (["When are you open?"], ["9 to 5"]),
        },
        {},
    ),
    "c-context-list.json": (
        "intents.json",
        {
            "greeting": (["Hi"], ["Hello!"]),
            "search": (["find a clinic"], ["Which one?"]),
        },
        {},
    ),
    "clinc.json": (
        "CLINC-style JSON",
        {
            "balance": (["what is my balance", "how much do i have"], []),
            "transfer": (["transfer ten dollars"], []),
        },
        {
            "the part “oos_train” was left out: only train is read": 1,
            "the part “val” was left out: only train is read": 1,
            "the part “test” was left out: only train is read": 1,
        },
    ),
    "d-intent-text.json": (
        "intents.json",
        {
            "Greeting": (["Hi", "Hi there"], ["Hi, my name is X, yours?"]),
            "GreetingResponse": (["My user is Adam", "This is Bella"], ["Great! Hi {user}!"]),
        },
        {
            "contexts were left out": 2,
            "the key “entityType” was left out": 2,
            "the key “extension” was left out": 1,
            "entity annotations became plain text": 2,
        },
    ),
    "e-placeholders.json": (
        "intents.json",
        {
            "time": (["what time is it"], ["It is {time}, {string}."]),
            "search": (["look up {string}", "{string}"], []),
            "silence": ([], []),
        },
        {
            "patterns that are only a placeholder stay as they are": 1,
        },
    ),
    "examples.json": (
        "CLINC-style JSON",
        {
            "balance": (["what is my balance"], []),
            "transfer": (["send money"], []),
        },
        {},
    ),
    "f-rich-replies.json": (
        "intents.json",
        {
            "menu": (["show the menu", "what can I eat"], ["Here it is.", "Enjoy!"]),
            "bye": (["bye bye"], ["See you"]),
        },
        {
            "buttons and the like in replies were left out": 1,
            "the key “followUpQuestions” was left out": 1,
        },
    ),
    "g-root-list.json": (
        "intents.json",
        {
            "hello": (["hi", "hey"], ["Hello you"]),
            "bye": (["bye"], ["So long"]),
            "Opening hours": (["when do you open"], ["At nine"]),
        },
        {
            "the key “id” was left out": 1,
            "the key “description” was left out": 1,
        },
    ),
    "i-training-data.json": (
        "intents.json",
        {
            "cancel": (["cancel", "stop the order"], ["Ok.\nCancelled, {{ name }}."]),
            "greet": (["hello"], ["Hi"]),
            "fallback": ([], ["I'm not sure"]),
        },
        {
            "entity annotations became plain text": 1,
            "the key “_id” was left out": 3,
            "the key “name” was left out": 3,
            "the key “userDefined” was left out": 2,
            "placeholders in replies stay as written: {{ name }}": 1,
        },
    ),
    "nested-by-name.json": (
        "intents.json",
        {
            "hello": (["hi", "hey"], ["Hello"]),
            "bye": (["bye"], ["See you"]),
        },
        {},
    ),
    "pairs.json": (
        "CLINC-style JSON",
        {
            "balance": (["what is my balance"], []),
            "transfer": (["transfer ten dollars"], []),
        },
        {},
    ),
    "semicolons.csv": (
        "CSV/TSV",
        {
            "hello": (["hi", "hey"], ["Hello!"]),
            "bye": (["bye"], ["See you"]),
        },
        {},
    ),
    "table.csv": (
        "CSV/TSV",
        {
            "greet": (["hi, you", 'say "hi"'], []),
            "bye": (["bye"], []),
        },
        {
            "the column “split” was left out": 5,
            "texts without an intent were left out": 1,
        },
    ),
    "table.tsv": (
        "CSV/TSV",
        {
            "atis_flight": (["i want to fly to boston", '"boston" flights'], []),
            "atis_airfare": (["how much is it", "cheapest fare"], []),
        },
        {},
    ),
}
