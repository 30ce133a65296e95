"""The JSON Schema of the intents file: up to date, and of one mind with the check."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chatbot.intents import schema as intents_schema
from chatbot.intents.check import check_text
from chatbot.intents.schema import SCHEMA_FILE, schema

INTENT = {"tag": "a", "patterns": ["x"], "responses": ["r"]}


def test_the_shipped_file_is_up_to_date_or_run_python_m_chatbot_intents_schema() -> None:
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == schema()


def test_the_command_writes_the_shipped_file_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intents_schema, "SCHEMA_FILE", tmp_path / "intents.schema.json")
    intents_schema.main()
    assert (tmp_path / "intents.schema.json").read_bytes() == SCHEMA_FILE.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX's")
def test_everybody_may_read_the_shipped_file() -> None:
    assert stat.S_IMODE(SCHEMA_FILE.stat().st_mode) & 0o044 == 0o044


def test_it_is_a_valid_schema_and_describes_every_key() -> None:
    Draft202012Validator.check_schema(schema())
    properties = schema()["properties"]["intents"]["items"]["properties"]
    assert list(properties) == [
        "tag", "patterns", "responses", "context_set", "context_filter", "slots", "action",
        "entries",
    ]  # fmt: skip
    assert all(len(value["description"]) > 20 for value in properties.values())


@pytest.mark.parametrize(
    "data",
    [
        {"intents": [INTENT]},
        {"$schema": "./intents.schema.json", "intents": [INTENT], "version": 2},
        {"intents": [INTENT, {"tag": "fallback"}]},
        {"intents": [INTENT | {"context_set": "", "context": [""], "more": {"a": None}}]},
        {"intents": [INTENT | {"patterns": ["x", ""], "responses": ["{nme}"]}]},
    ],
)
def test_what_the_check_accepts_is_valid(data: Any) -> None:
    assert check_text(json.dumps(data)).intents is not None
    assert Draft202012Validator(schema()).is_valid(data)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"intents": {}},
        {"intents": []},
        {"intents": ["a"]},
        {"intents": [{"patterns": ["x"]}]},
        {"intents": [INTENT | {"tag": ""}]},
        {"intents": [INTENT | {"tag": " \t"}]},
        {"intents": [INTENT | {"tag": 5}]},
        {"intents": [INTENT, {"tag": "b", "patterns": "x"}]},
        {"intents": [INTENT | {"responses": "r"}]},
        {"intents": [INTENT | {"patterns": ["x", 1]}]},
        {"intents": [INTENT | {"responses": [["r"]]}]},
    ],
)
def test_what_the_check_refuses_for_its_shape_is_invalid(data: Any) -> None:
    assert check_text(json.dumps(data)).intents is None
    assert not Draft202012Validator(schema()).is_valid(data)
