"""The app of the service: its paths, what they take and what they answer (FastAPI).

Every answer is JSON, errors too (`problems`). What a turn looks like is said in one place, by
`conversation.turn_json`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi_swagger import patch_fastapi
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from chatbot.common import __version__
from chatbot.conversation import CONTEXTS_SCHEMA, TURN_SCHEMA
from chatbot.service.answering import Answering
from chatbot.service.conversations import Conversations, Kept
from chatbot.service.limits import MESSAGE_CHARACTERS
from chatbot.service.problems import MEDIA_TYPE, SCHEMA, RefusedError

PAGE = {"tryItOutEnabled": True, "filter": True}
"""How the page shows the description. It does not keep a token in the browser."""

TOLD_MISTAKES = 3
"""Mistakes of one request that its answer lists."""

TOLD_CHARACTERS = 80
"""Of the name of what is wrong, which the client chose."""

DESCRIPTION = """\
What the bot answers, with the intent that it took the message for and how sure it is.

Begin a conversation where an answer may depend on what was said before; say a message by itself
where it may not. The messages of one conversation are answered in the order in which they come.
"""


class Said(BaseModel):
    """A message."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: Annotated[str, Field(max_length=MESSAGE_CHARACTERS, description="What somebody says.")]


class Conversation(BaseModel):
    """What is kept of a conversation: of what was said in it, the values of slots alone."""

    id: Annotated[str, Field(description="Its name; nobody can guess one.")]
    messages: Annotated[int, Field(ge=0, description="So many have been answered in it.")]
    contexts: Annotated[dict[str, int], Field(json_schema_extra=dict(CONTEXTS_SCHEMA))]
    slots: Annotated[dict[str, str], Field(description="Values that were said, by their slots.")]
    seconds_left: Annotated[
        float, Field(ge=0, description="Without a message until then it is forgotten.")
    ]


class Intent(BaseModel):
    """Something that people may want of the bot."""

    intent: Annotated[str, Field(description="Its tag.")]
    patterns: Annotated[int, Field(ge=0, description="Example messages in the intents file.")]
    needs: Annotated[list[str], Field(description="Contexts that must be active for it.")]


class Health(BaseModel):
    """That the service answers."""

    status: Annotated[str, Field(pattern="^ok$")]
    version: Annotated[str, Field(description="The version of the program.")]
    conversations: Annotated[int, Field(ge=0, description="So many are kept now.")]


def _answers(*refusals: HTTPStatus, turn: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return what a path may answer, for its description: every path may refuse, too."""
    always = (
        HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.MISDIRECTED_REQUEST,
        HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS,
    )  # fmt: skip
    found: dict[int | str, dict[str, Any]] = {
        status.value: {
            "description": status.phrase,
            "content": {MEDIA_TYPE: {"schema": dict(SCHEMA)}},
        }
        for status in (*always, *refusals)
    }
    if turn:
        answer = {"schema": dict(TURN_SCHEMA)}
        found[200] = {"description": "The answer", "content": {"application/json": answer}}
    return found


Id = Annotated[str, Path(description="The id of a conversation.", max_length=100)]


def create_app(
    answering: Answering, conversations: Conversations, *, needs_token: bool = False
) -> FastAPI:
    """Return the app; it begins to watch the bot's files when it starts.

    `needs_token` says whether requests must bring a token, which the guard sees to.
    """

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(answering.watch())
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        answering.close()

    app = FastAPI(
        title="chatbot",
        description=DESCRIPTION,
        version=__version__,
        docs_url=None,  # FastAPI's own page loads its script from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        swagger_ui_oauth2_redirect_url=None,
        lifespan=living,
        exception_handlers={
            RefusedError: _problem,
            RequestValidationError: _invalid,
            HTTPException: _refused,
            Exception: _failed,
        },
    )

    @app.post("/messages", responses=_answers(turn=True), response_class=Response)
    async def say(said: Said) -> Response:
        """Say a message by itself: no context is active, and nothing is kept."""
        return _json(await answering.alone(said.text))

    @app.post("/conversations", status_code=201, responses=_answers())
    async def begin(response: Response) -> Conversation:
        """Begin a conversation. If there are too many, the least recently used one is forgotten."""
        kept = conversations.begin(answering.bot)
        response.headers["location"] = f"/conversations/{kept.id}"
        return state_of(kept)

    @app.get("/conversations/{id}", responses=_answers(HTTPStatus.NOT_FOUND))
    async def look(id: Id) -> Conversation:
        """Tell the state of a conversation."""
        return state_of(conversations.find(id))

    @app.delete("/conversations/{id}", status_code=204, responses=_answers(HTTPStatus.NOT_FOUND))
    async def forget(id: Id) -> None:
        """Forget a conversation."""
        conversations.forget(id)

    @app.post(
        "/conversations/{id}/messages",
        responses=_answers(HTTPStatus.NOT_FOUND, turn=True),
        response_class=Response,
    )
    async def say_within(id: Id, said: Said) -> Response:
        """Say a message in a conversation."""
        return _json(await answering.within(conversations.use(id), said.text))

    @app.get("/intents", responses=_answers())
    async def intents() -> list[Intent]:
        """Tell what the bot understands."""
        return [
            Intent(intent=each.tag, patterns=len(each.patterns), needs=list(each.context_filter))
            for each in answering.bot.intents.trainable
        ]

    @app.get("/health", responses=_answers())
    async def health() -> Health:
        """Tell that the service answers."""
        return Health(status="ok", version=__version__, conversations=len(conversations))

    def state_of(kept: Kept) -> Conversation:
        return Conversation(
            id=kept.id,
            messages=kept.messages,
            contexts={active.name: active.turns for active in kept.dialogue.contexts},
            slots=kept.dialogue.slots,
            seconds_left=conversations.seconds_left(kept),
        )

    patch_fastapi(app, swagger_ui_parameters=PAGE)
    if needs_token:
        _describe_token(app)
    return app


def _describe_token(app: FastAPI) -> None:
    """Say in the description that requests bring a token: the page then asks for it."""
    schema = app.openapi()
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{"token": []}]


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _response(problem: RefusedError) -> Response:
    return Response(problem.body, problem.status.value, problem.headers, MEDIA_TYPE)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _response(error)


async def _failed(request: Request, error: Exception) -> Response:
    """Answer where something went wrong inside; the guard says what and where."""
    return _response(
        RefusedError(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong here, not with your request. The server has said where",
        )
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what the router refuses: no such path, another method, no JSON."""
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    details = {
        HTTPStatus.NOT_FOUND: "There is no such path. /docs lists them",
        HTTPStatus.METHOD_NOT_ALLOWED: "This path has no such method. /docs lists them",
        HTTPStatus.BAD_REQUEST: "The body is no JSON in UTF-8",
    }
    detail = details.get(status, status.phrase)
    return _response(RefusedError(status, detail, error.headers))


async def _invalid(request: Request, error: Exception) -> Response:
    """Answer a request that is not as described: what is wrong, and nothing of what was sent."""
    assert isinstance(error, RequestValidationError)
    mistakes: list[Mapping[str, Any]] = list(error.errors())
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if any(each["type"] == "json_invalid" for each in mistakes):
        return _response(RefusedError(HTTPStatus.BAD_REQUEST, "The body is no JSON in UTF-8"))
    if any(each["type"] == "string_too_long" and each["loc"][0] == "body" for each in mistakes):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return _response(RefusedError(status, "; ".join(_told(mistakes))))


def _told(mistakes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for number, each in enumerate(mistakes):
        if number == TOLD_MISTAKES:
            yield "and more"
            return
        place = ".".join(str(part) for part in each["loc"])[:TOLD_CHARACTERS]
        yield f"{place}: {each['msg']}"
