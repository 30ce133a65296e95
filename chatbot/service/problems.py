"""Errors as JSON problems (RFC 9457): what went wrong, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

MEDIA_TYPE = "application/problem+json"

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "description": "A problem, as in RFC 9457.",
    "properties": {
        "type": {"type": "string", "description": "Always about:blank: the status says it all."},
        "title": {"type": "string", "description": "The name of the status."},
        "status": {"type": "integer", "description": "The status of the answer, again."},
        "detail": {"type": "string", "description": "What is wrong, and what to do about it."},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
"""The JSON Schema of a problem."""


class RefusedError(Exception):
    """A request that is not answered."""

    def __init__(
        self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Take the status, a sentence for the client, and headers that it needs."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    @property
    def body(self) -> bytes:
        """The problem as JSON."""
        value = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        return json.dumps(value).encode()
