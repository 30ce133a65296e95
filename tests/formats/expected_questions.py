"""What the samples of questions and answers, of tables and of keys bring."""

from __future__ import annotations

from tests.formats.expected_projects import Expected

QUESTIONS: dict[str, Expected] = {
    "chatterbot.yml": (
        "Questions and answers",
        {
            "cost": (["What does it cost?"], ["Nine euros.", "About nine."]),
            "where_are_you": (["Where are you?"], ["In Main Street."]),
            "hello": (["Hello"], ["Hi!"]),
            "how_are_you": (["How are you?"], ["Fine."]),
        },
        {"lines of conversations without an answer were left out": 1},
    ),
    "dialogs.txt": (
        "Questions and answers",
        {
            "hi": (["hi, how are you?"], ["i am fine. and you?"]),
            "cost": (["what does it cost?"], ["nine euros."]),
            "where_are_you": (["where are you?", "is it far?"], ["in main street."]),
            "new": (["what is new?"], ["nothing much."]),
            "and_you": (["and you?"], ["same here, thanks."]),
            "made": (["who made you?"], ["a friend of mine."]),
            "now": (["what now?"], ["let us see."]),
            "bot": (["are you a bot?"], ["yes, i am."]),
            "like_tea": (["do you like tea?"], ["i do not drink."]),
        },
        {
            "lines that are not two texts with a tab between were left out": 1,
            "questions with the same answer became one intent": 2,
        },
    ),
    "faq-category.csv": (
        "CSV/TSV",
        {
            "kostet_karte": (["Was kostet eine Karte?"], ["Neun Euro."]),
            "karte_zurückgeben": (["Kann ich eine Karte zurückgeben?"], ["Nur am selben Tag."]),
            "parken": (["Wo kann man parken?"], ["Hinter dem Haus."]),
            "was_kostet_karte": (["Was kostet die Karte?"], ["Zehn Euro."]),
        },
        {
            "the column “Kategorie” was left out": 4,
            "the column “URL” was left out": 4,
            "questions are almost the same and have other answers: the check offers to merge": 1,
        },
    ),
    "faq.json": (
        "Questions and answers",
        {
            "ticket_cost": (["What does a ticket cost?", "How much is a ticket?"], ["Nine euros."]),
            "return_ticket": (["Can I return a ticket?"], ["Only within a day."]),
            "where_are_you": (
                ["Where are you?", "What is the address?"],
                ["In Main Street.", "Main Street 5."],
            ),
            "car_park": (["Where is the car park?"], ["Behind the house."]),
            "fallback": ([], ["Please ask at the desk."]),
        },
        {
            "the key “id” was left out": 5,
            "the key “category” was left out": 3,
            "the key “url” was left out": 1,
            "questions without an answer were left out": 1,
            "parts of answers other than their text were left out": 1,
            "the key “shop” at the top of the file was left out": 1,
            "questions with the same answer became one intent": 4,
        },
    ),
    "faq.md": (
        "Questions and answers",
        {
            "cost": (["What does it cost?"], ["Nine euros."]),
            "where_are_you": (["Where are you?"], ["In Main Street."]),
        },
        {"sections whose heading is no question were left out": 1},
    ),
    "many-in-a-cell.csv": (
        "CSV/TSV",
        {
            "greet": (["hello", "hi", "hey"], ["Hi!", "Hey!"]),
            "bye": (["see you", "good bye"], ["Ciao!"]),
            "thanks": (["thanks", "thank you"], ["You are welcome; any time."]),
            "no-response": ([], ["Say that again?"]),
        },
        {"the column “Notes” was left out": 1, "cells with several texts were split": 4},
    ),
    "messages.jsonl": (
        "Questions and answers",
        {
            "cost": (["What does it cost?"], ["Nine euros."]),
            "where_are_you": (["Where are you?"], ["In Main Street."]),
        },
        {"lines of conversations without an answer were left out": 1},
    ),
    "numbers-and-nulls.json": (
        "intents.json",
        {
            "1": (["hello", "5"], ["Hi!"]),
            "2": (["see you"], []),
            "fallback": ([], ["Say that again?"]),
        },
        {},
    ),
    "questions-and-answers.txt": (
        "Questions and answers",
        {
            "cost": (["What does it cost?"], ["Nine euros.\nChildren pay five."]),
            "where_are_you": (["Where are you?"], ["In Main Street."]),
        },
        {"lines that belong to no question were left out": 1},
    ),
    "questions-map.json": (
        "Questions and answers",
        {
            "cost": (["What does it cost?", "Is there a lift?"], ["Nine euros."]),
            "where_are_you": (["Where are you?"], ["In Main Street.", "Downtown."]),
        },
        {"questions with the same answer became one intent": 2},
    ),
    "rows-with-replies.csv": (
        "CSV/TSV",
        {
            "greet_hello": (["hello"], ["Hi!"]),
            "greet_hey": (["hey you"], ["Hey!"]),
            "price": (["what is it", "how much"], ["Nine."]),
        },
        {"intents whose rows have answers of their own became an intent for each answer": 1},
    ),
    "same-tag.json": (
        "intents.json",
        {
            "pay": (["can I pay by card", "do you take cash"], ["Yes.", "Cash too."]),
            "bye": (["see you"], ["Ciao"]),
        },
        {
            "intents with the same name became one": 1,
            "the key “version” at the top of the file was left out": 1,
        },
    ),
    "spanish.json": (
        "intents.json",
        {"saludo": (["hola", "buenas"], ["¡Hola!"]), "adiós": (["chao"], ["Adiós"])},
        {},
    ),
    "vietnamese.csv": (
        "CSV/TSV",
        {
            "giá": (["Giá bao nhiêu?"], ["Chín euro."]),
            "giờ_mở_cửa": (["Mấy giờ mở cửa?"], ["Tám giờ."]),
        },
        {"the column “Danh mục” was left out": 2},
    ),
}
