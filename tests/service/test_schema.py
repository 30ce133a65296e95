"""The description of the service is true: Schemathesis asks what it allows, and what it forbids."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import negative_data_rejection

from chatbot.conversation.turn_json import TURN_SCHEMA, turn_as_json
from chatbot.service import limits
from tests.service.conftest import Service, make_bot


@pytest.fixture(scope="module")
def shared() -> Iterator[Service]:
    service = Service(make_bot(), names=("testserver",))  # as Starlette's client calls it
    with pytest.MonkeyPatch.context() as patch:
        # That client lets the app begin and end with each request.
        patch.setattr(service.answering, "close", lambda: None)
        yield service
    service.answering.close()


@pytest.fixture(scope="module")
def described(shared: Service) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", shared.app)


OPERATIONS = (
    ("POST", "/messages"), ("POST", "/conversations"), ("GET", "/conversations/{id}"),
    ("DELETE", "/conversations/{id}"), ("POST", "/conversations/{id}/messages"),
    ("GET", "/intents"), ("GET", "/health"),
)  # fmt: skip


MODES = [
    (method, path, mode)
    for method, path in OPERATIONS
    for mode in schemathesis.GenerationMode
    # Nothing can be wrong in a request that has neither body nor id.
    if mode is schemathesis.GenerationMode.POSITIVE or path.endswith(("messages", "{id}"))
]


@pytest.mark.parametrize(("method", "path", "mode"), MODES)
def test_what_is_asked_is_answered_as_described(
    described: Any, shared: Service, method: str, path: str, mode: schemathesis.GenerationMode
) -> None:
    # Not schemathesis.pytest: its plugin does not know pytest 9.
    cases = described[path][method].as_strategy(generation_mode=mode)

    @given(case=cases, is_there=st.booleans())
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    def ask(case: Any, is_there: bool) -> None:
        if is_there and "{id}" in path and mode is schemathesis.GenerationMode.POSITIVE:
            case.path_parameters["id"] = shared.conversations.begin(shared.bot).id
        response = case.call()
        # Schemathesis does not count 413 as a refusal, which it is of a text that is too long.
        left_out = [negative_data_rejection] if response.status_code == 413 else []
        case.validate_response(response, excluded_checks=left_out)
        assert shared.told == []

    ask()


def test_every_path_is_asked(described: Any) -> None:
    listed = {(each.ok().method.upper(), each.ok().path) for each in described.get_all_operations()}
    assert listed == set(OPERATIONS)


def test_the_schema_of_a_turn_is_true_of_answers_and_allows_nothing_else(shared: Service) -> None:
    jsonschema.Draft202012Validator.check_schema(TURN_SCHEMA)
    conversation = shared.bot.conversation()
    for text in ("one coffee please", "zzz", "zzz qqq", "1", "yes", "", "x" * 60_000):
        value = json.loads(json.dumps(turn_as_json(text, conversation.reply(text))))
        jsonschema.validate(value, TURN_SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**value, "more": 1}, TURN_SCHEMA)


async def test_the_page_of_the_description_loads_nothing_from_elsewhere(
    client: httpx.AsyncClient,
) -> None:
    response = await client.get("/docs")
    assert response.status_code == 200
    found = set(re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)""", response.text))
    assert "/openapi.json" in found
    for address in found:
        assert address.startswith(("/", str(client.base_url))), address
        assert (await client.get(address)).status_code == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]


async def test_the_description_tells_the_limits_and_what_each_path_refuses(
    client: httpx.AsyncClient,
) -> None:
    found = (await client.get("/openapi.json")).json()
    said = found["components"]["schemas"]["Said"]["properties"]["text"]
    assert said["maxLength"] == limits.MESSAGE_CHARACTERS
    for operations in found["paths"].values():
        for operation in operations.values():
            assert {"413", "421", "422", "429"} <= operation["responses"].keys()
    assert "security" not in found


def test_with_a_token_the_description_says_that_it_is_needed() -> None:
    service = Service(token="correct-horse-battery")

    async def read() -> Any:
        async with service.client() as client:
            return (await client.get("/openapi.json")).json()

    found = asyncio.run(read())
    service.answering.close()
    assert found["security"] == [{"token": []}]
    assert found["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
