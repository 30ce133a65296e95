"""The service as other programs use it; what they should not send comes first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from threading import Event
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation.bot import Chatbot
from chatbot.conversation.dialogue import Dialogue
from chatbot.conversation.turn_json import TURN
from chatbot.service import limits
from tests.service.conftest import Service

SECRET = "my-password-is-swordfish"


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """Return a problem; fail for anything else."""
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert set(found) == {"type", "title", "status", "detail"}
    assert found["status"] == response.status_code and found["detail"]
    return found


def in_json(value: object) -> bytes:
    return json.dumps(value).encode()


UGLY: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),
    "half": (b'{"text": "' + SECRET.encode(), 400),
    "not UTF-8": (b'{"text": "\xff\xfe' + SECRET.encode() + b'"}', 400),
    "a NUL byte": (b'{"text": "\x00"}', 400),
    "deep lists": (b"[" * 60_000 + b"]" * 60_000, 400),
    "deep lists in the text": (b'{"text": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400),
    "deep objects": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, 400),
    "NaN": (b'{"text": NaN}', 422),
    "NaN alone": (b"NaN", 422),
    "Infinity": (b'{"text": [Infinity, -Infinity]}', 422),
    "a number": (b'{"text": 1}', 422),
    "a number of many digits": (b'{"text": ' + b"9" * 100_000 + b"}", 400),
    "true": (b'{"text": true}', 422),
    "null": (b'{"text": null}', 422),
    "a list": (in_json([{"text": SECRET}]), 422),
    "a list as the text": (in_json({"text": [SECRET]}), 422),
    "only a text": (in_json(SECRET), 422),
    "another key": (in_json({"message": SECRET}), 422),
    "one key too many": (in_json({"text": "hi", SECRET[:40]: 1}), 422),
    "thousands of keys": (in_json({"text": "hi", **{str(i): 1 for i in range(9000)}}), 422),
    "half a surrogate pair": (b'{"text": "\\ud83d"}', 422),
    "too many characters": (in_json({"text": "x" * (limits.MESSAGE_CHARACTERS + 1)}), 413),
    "too many bytes": (in_json({"text": "x" * limits.BODY_BYTES}), 413),
    "ten megabytes": (in_json({"text": "x" * 10_000_000}), 413),
}


@pytest.mark.parametrize("name", UGLY)
@pytest.mark.parametrize("within", [False, True])
async def test_an_ugly_request_gets_a_problem_that_says_why(
    service: Service, client: httpx.AsyncClient, name: str, within: bool
) -> None:
    body, status = UGLY[name]
    path = "/messages"
    if within:
        path = f"/conversations/{service.conversations.begin(service.bot).id}/messages"
    response = await client.post(path, content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    problem = problem_of(response)
    assert len(response.content) < 1000
    assert SECRET not in problem["detail"] or name == "one key too many"
    assert service.told == []
    after = await client.post("/messages", json={"text": "opening hours"})
    assert after.json()["reply"] == "At eight."


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", None])
async def test_only_json_is_taken_so_that_no_form_of_a_page_can_be_sent(
    client: httpx.AsyncClient, kind: str | None
) -> None:
    headers = {} if kind is None else {"content-type": kind}
    response = await client.post("/messages", content=b'{"text": "hi"}', headers=headers)
    assert response.status_code == 422
    problem_of(response)


@pytest.mark.parametrize(
    "path",
    [
        "/conversations/unknown", "/conversations/%00", "/conversations/%F0%9F%98%80", "/nothing",
        "/conversations/..%2F..%2Fhealth", "/messages/", "/conversations/" + "x" * 5000,
        "/conversations/%ff%fe", "/conversations/", "/swagger/../app.py",
        "/swagger/..%2f..%2fapp.py",
        "/swagger/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    ],
)  # fmt: skip
async def test_what_is_not_there_is_a_problem(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code in (404, 405, 422)
    problem_of(response)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "GET", "TRACE", "BREW"])
async def test_another_method_is_a_problem_that_names_those_there_are(
    client: httpx.AsyncClient, method: str
) -> None:
    response = await client.request(method, "/messages")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    problem_of(response)


@given(text=st.text(max_size=200))
def test_every_text_gets_an_answer(text: str) -> None:
    async def ask() -> httpx.Response:
        service = Service()
        try:
            async with service.client() as client:
                return await client.post("/messages", json={"text": text})
        finally:
            service.answering.close()

    response = asyncio.run(ask())
    if any("\ud800" <= character <= "\udfff" for character in text):
        assert response.status_code == 422
        return
    assert response.status_code == 200
    assert response.json()["text"] == text


async def test_a_message_by_itself_gets_all_that_ask_json_tells(
    client: httpx.AsyncClient,
) -> None:
    answer = (await client.post("/messages", json={"text": "When do you open?"})).json()
    assert list(answer) == list(TURN)
    assert (answer["intent"], answer["reply"]) == ("hours", "At eight.")
    assert answer["is_pattern"] and answer["confidence"] == 1


async def begun(client: httpx.AsyncClient) -> str:
    response = await client.post("/conversations")
    assert response.status_code == 201
    assert response.headers["location"] == f"/conversations/{response.json()['id']}"
    return response.headers["location"]


async def said(client: httpx.AsyncClient, conversation: str, text: str) -> dict[str, Any]:
    response = await client.post(f"{conversation}/messages", json={"text": text})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def test_in_a_conversation_yes_means_what_was_asked(client: httpx.AsyncClient) -> None:
    one, other = await begun(client), await begun(client)
    assert (await said(client, one, "one coffee please"))["contexts"] == {"ordering": 2}
    assert (await said(client, other, "a table for two"))["contexts"] == {"booking": 5}
    assert (await said(client, one, "yes"))["reply"] == "It is on its way."
    assert (await said(client, other, "yes"))["reply"] == "Booked."
    assert (await client.post("/messages", json={"text": "yes"})).json()["in_scope"] is False


async def test_the_state_of_a_conversation_tells_no_word_that_was_said(
    client: httpx.AsyncClient,
) -> None:
    conversation = await begun(client)
    await said(client, conversation, "a table for two")
    await said(client, conversation, SECRET)
    response = await client.get(conversation)
    state = response.json()
    assert state == {
        "id": conversation.rpartition("/")[2],
        "messages": 2,
        "contexts": {"booking": 4},
        "slots": {},
        "seconds_left": limits.IDLE_SECONDS,
    }
    assert response.headers["cache-control"] == "no-store"


async def test_a_conversation_that_is_forgotten_is_not_there(client: httpx.AsyncClient) -> None:
    conversation = await begun(client)
    response = await client.delete(conversation)
    assert (response.status_code, response.content) == (204, b"")
    for again in (
        await client.get(conversation),
        await client.delete(conversation),
        await client.post(f"{conversation}/messages", json={"text": "yes"}),
    ):
        assert again.status_code == 404
        assert "POST /conversations" in problem_of(again)["detail"]


async def test_of_too_many_conversations_the_least_recently_used_one_goes(
    make_service: Callable[..., Service],
) -> None:
    client = make_service(most=3).client()
    first, second, third = [await begun(client) for _ in range(3)]
    await said(client, first, "hello")
    fourth = await begun(client)
    states = [(await client.get(each)).status_code for each in (first, second, third, fourth)]
    assert states == [200, 404, 200, 200]


async def test_a_conversation_in_which_nobody_talks_is_forgotten(
    make_service: Callable[..., Service],
) -> None:
    service = make_service()
    client = service.client()
    quiet, lively = await begun(client), await begun(client)
    service.clock.seconds += limits.IDLE_SECONDS - 1
    await said(client, lively, "hello")
    assert (await client.get(quiet)).json()["seconds_left"] == 1
    service.clock.seconds += 2
    assert (await client.get(quiet)).status_code == 404
    assert (await client.get(lively)).status_code == 200
    service.clock.seconds += limits.IDLE_SECONDS
    service.conversations.forget_idle()
    assert len(service.conversations) == 0


async def test_no_two_ids_are_alike_and_none_can_be_guessed(client: httpx.AsyncClient) -> None:
    ids = {(await begun(client)).rpartition("/")[2] for _ in range(200)}
    assert len(ids) == 200 and min(map(len, ids)) >= 22
    beginnings = {each[:4] for each in ids}
    assert len(beginnings) > 190, "they do not count up"


async def test_a_thousand_conversations_at_once_each_hear_their_own_answers(
    client: httpx.AsyncClient,
) -> None:
    async def talk(number: int) -> list[str]:
        conversation = await begun(client)
        wanted = ("one coffee please", "yes") if number % 2 else ("a table for two", "yes")
        return [(await said(client, conversation, text))["reply"] for text in wanted]

    heard = await asyncio.gather(*(talk(number) for number in range(1000)))
    assert heard == [["At eight?", "Booked."], ["Shall I?", "It is on its way."]] * 500


async def test_messages_of_one_conversation_are_answered_in_the_order_in_which_they_come(
    client: httpx.AsyncClient,
) -> None:
    conversation = await begun(client)
    await said(client, conversation, "a table for two")
    turns = await asyncio.gather(*(said(client, conversation, "opening hours") for _ in range(5)))
    assert [turn["contexts"].get("booking", 0) for turn in turns] == [4, 3, 2, 1, 0]


async def test_nobody_waits_for_an_answer_that_takes_long(
    service: Service, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, goes_on, reply = await begun(client), Event(), Dialogue.reply

    def slowly(dialogue: Dialogue, message: str) -> object:
        assert goes_on.wait(60)
        return reply(dialogue, message)

    monkeypatch.setattr(Dialogue, "reply", slowly)
    waiting = [asyncio.create_task(said(client, conversation, "yes")) for _ in range(20)]
    await asyncio.sleep(0)
    assert (await client.get("/health")).json()["status"] == "ok"
    assert (await client.post("/messages", json={"text": "opening hours"})).status_code == 200
    goes_on.set()
    await asyncio.gather(*waiting)


async def test_of_an_error_inside_the_kind_and_the_place_are_told_and_no_word_that_was_said(
    service: Service, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(bot: Chatbot, message: str) -> object:
        raise KeyError(f"cannot answer {message}")

    monkeypatch.setattr(Chatbot, "reply", breaks)
    response = await client.post("/messages", json={"text": SECRET})
    assert response.status_code == 500
    problem_of(response)
    (line,) = service.told
    assert "KeyError in breaks" in line and "test_app.py" in line
    assert SECRET not in line + response.text


async def test_what_the_bot_understands_is_listed(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/intents")).json()
    assert listed[0] == {"intent": "order", "patterns": 2, "needs": []}
    assert {"intent": "order_yes", "patterns": 2, "needs": ["ordering"]} in listed
    assert "fallback" not in [each["intent"] for each in listed]
