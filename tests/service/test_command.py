"""`chatbot api` as people start it: a process, a port, requests over the network."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.cli.libraries import EXTRAS
from chatbot.service import limits
from tests.servers import ROOT, Served, served, where

SECRET = "my-password-is-swordfish"
LIMITS_IN_SECONDS = 60


def ask(
    server: Served, method: str, path: str, body: bytes | str | None = None, **headers: str
) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    kind = {"content-type": "application/json"} if body is not None else {}
    connection.request(method, path, body, {**kind, **headers})
    response = connection.getresponse()
    found = response.read()
    connection.close()
    return response.status, json.loads(found) if found else None


def until(holds: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LIMITS_IN_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_service_answers_takes_over_changes_and_ends_quietly(small_bot: Path) -> None:
    with served("api", *where(small_bot), "--seed", "0") as server:
        assert "/docs" in server.printed
        status, begun = ask(server, "POST", "/conversations")
        assert status == 201
        messages = f"/conversations/{begun['id']}/messages"
        status, turn = ask(server, "POST", messages, json.dumps({"text": "What time is it?"}))
        assert (status, turn["intent"]) == (200, "time")
        # What no service should be sent, over a real connection.
        status, problem = ask(server, "POST", messages, json.dumps({"text": SECRET * 500_000}))
        assert status == problem["status"] == 413
        assert ask(server, "POST", messages, b'{"text": "\xff' + SECRET.encode())[0] == 400
        assert ask(server, "GET", "/health", host="evil.example")[0] == 421
        with socket.create_connection(("127.0.0.1", server.port)) as raw:
            raw.sendall(b"\x00\xff GET nonsense " + SECRET.encode() + b"\r\n\r\n")
            assert b"400" in raw.recv(1000)
        # The file changes under it: new replies at once, and conversations go on.
        file = small_bot / "intents.json"
        text = file.read_text(encoding="utf-8")
        file.write_text("{", encoding="utf-8")
        until(lambda: "stays as it is" in server.errors())
        assert ask(server, "POST", messages, json.dumps({"text": "Bye"}))[0] == 200
        file.write_text(
            text.replace('"Bye!"', '"New."').replace('"See you."', '"New."'), encoding="utf-8"
        )
        until(lambda: "has changed" in server.errors())
        assert ask(server, "POST", messages, json.dumps({"text": "Bye"}))[1]["reply"] == "New."
        assert ask(server, "GET", f"/conversations/{begun['id']}")[1]["messages"] == 3
        assert server.interrupt() == 0
        assert "Traceback" not in server.errors() and SECRET not in server.errors()
        assert server.process.stdout is not None and server.process.stdout.read() == ""


def test_a_service_for_others_warns_and_one_that_is_refused_says_why(
    trained_folder: Path,
) -> None:
    token = "correct-horse-battery"
    with served("api", *where(trained_folder), "--host", "0.0.0.0") as server:
        for part in ("other computers", "no\nencryption", "CHATBOT_API_TOKEN"):
            assert part in server.errors()
        taken = run("--port", str(server.port), "--host", "0.0.0.0", trained=trained_folder)
        assert taken.returncode == 1 and "Choose another port with --port" in taken.stderr
        assert len(taken.stderr.splitlines()) == 1
    with served("api", *where(trained_folder), CHATBOT_API_TOKEN=token) as server:
        assert server.errors() == ""
        assert ask(server, "GET", "/intents")[0] == 401
        assert ask(server, "GET", "/intents", authorization=f"Bearer {token}")[0] == 200


def run(*arguments: str, trained: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chatbot", "api", *where(trained), *arguments],
        capture_output=True, text=True, timeout=120, check=False, cwd=ROOT,
    )  # fmt: skip


@pytest.mark.parametrize("host", ["nowhere.invalid", "", "203.0.113.7", "a b", "x" * 300])
def test_a_host_that_this_machine_does_not_have_is_named(trained_folder: Path, host: str) -> None:
    result = CliRunner().invoke(
        main, ["api", *where(trained_folder), "--host", host, "--port", "0"]
    )
    assert result.exit_code == 1
    assert "--host" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("token", ["", "short", "x" * 15, "ünïcödé-ünïcödé-ünï", "a\nb" * 10])
def test_a_token_that_is_none_is_refused_before_anything_is_served(
    trained_folder: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("CHATBOT_API_TOKEN", token)
    result = CliRunner().invoke(main, ["api", *where(trained_folder), "--port", "0"])
    assert result.exit_code == 1
    assert "secrets.token_urlsafe" in result.stderr
    assert not token or token not in result.stderr


@pytest.mark.parametrize(
    "options",
    [["--port", "65536"], ["--port", "-1"], ["--port", "http"], ["--rate", "-1"], ["--rate", "x"]],
)
def test_misuse_exits_with_2(options: list[str]) -> None:
    assert CliRunner().invoke(main, ["api", *options]).exit_code == 2


@pytest.mark.parametrize("command", ["api", "serve"])
def test_a_bot_is_named_once(command: str, tmp_path: Path) -> None:
    there = str(tmp_path / "none.json")
    both = CliRunner().invoke(main, [command, there, "--intents", there])
    assert both.exit_code == 2 and "either as BOT or with --intents" in both.stderr
    missing = CliRunner().invoke(main, [command, there])
    assert missing.exit_code == 1 and "none.json" in missing.stderr


@pytest.mark.parametrize(
    ("command", "missing"),
    [("api", "fastapi"), ("api", "uvicorn"), ("api", "pydantic"), ("api", "starlette"),
     ("api", "fastapi_swagger"), ("serve", "textual_serve"), ("serve", "aiohttp")],
)  # fmt: skip
def test_without_the_extra_a_line_says_what_to_install(
    small_file: Path, tmp_path: Path, command: str, missing: str
) -> None:
    folder = tmp_path / "broken" / missing
    folder.mkdir(parents=True)
    text = "raise ModuleNotFoundError(f\"No module named '{__name__}'\", name=__name__)"
    (folder / "__init__.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", command, "--intents", str(small_file)],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": f"{folder.parent}:{ROOT}"},
    )  # fmt: skip
    assert done.returncode == 1
    called, packages = EXTRAS[missing]
    assert done.stderr.startswith(f"Error: {called} is not installed")
    assert done.stderr.count("\n") == 1
    assert all(f'"{package}"' in done.stderr for package in packages)


def test_the_line_names_what_the_extra_holds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    found = {packages for _, packages in EXTRAS.values()}
    assert found == {tuple(extras["api"]), tuple(extras["serve"])}
    assert not [each for packages in found for each in packages if not re.search(r",<\d", each)]


def test_the_page_of_the_service_names_its_limits() -> None:
    page = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    named = (
        limits.MESSAGE_CHARACTERS, limits.BODY_BYTES, int(limits.BODY_SECONDS),
        limits.REQUESTS_A_MINUTE, round(limits.REQUESTS_A_MINUTE * limits.BURST),
        limits.CONVERSATIONS, int(limits.IDLE_SECONDS), limits.CONNECTIONS,
        limits.KEPT_OPEN_SECONDS,
    )  # fmt: skip
    assert not [limit for limit in named if not re.search(rf"\b{limit:,}\b", page)]
