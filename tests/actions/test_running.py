"""Actions of plug-ins: whatever they do, the bot goes on and says what happened."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore, Event
from typing import Any

import pytest

from chatbot.actions import (
    Asked,
    Done,
    Later,
    Outcome,
    carry_out,
    entries,
    filled_by,
    fills,
    is_known,
    registry,
    running,
)
from chatbot.actions.registry import SHIPPED

ASKED = Asked("do it", "some", {"city": "Hue"}, datetime(2026, 11, 26, 12, 0), "en")


@pytest.fixture
def plug_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], None]]:
    """Register what is given as the action `own` of a plug-in."""

    def register(function: Any) -> None:
        module = types.ModuleType("some_plug_in")
        module.own = function  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "some_plug_in", module)
        plugged = dict.fromkeys(("own", "dice"), ("some-plug-in", "some_plug_in:own"))
        monkeypatch.setattr(registry, "_plugged", lambda: plugged)

    yield register


def raises(error: BaseException) -> Callable[[Asked], str]:
    def act(asked: Asked) -> str:
        raise error

    return act


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        (raises(ValueError("no \x1b[31mnet")), "“own” failed: ValueError: no \\x1b[31mnet"),
        (raises(SystemExit(3)), "“own” failed: SystemExit: 3"),
        (raises(KeyboardInterrupt()), "“own” failed: KeyboardInterrupt: "),
        (raises(RecursionError("x" * 9_999)), "“own” failed: RecursionError: " + "x" * 284),
        (lambda asked: 5, "“own” gave back int, not a text"),
        (lambda asked: None, "“own” gave back NoneType, not a text"),
        (None, "“own” failed: TypeError: 'NoneType' object is not callable"),
        (lambda: "none asked", "“own” failed: TypeError: "),
    ],
)
def test_an_action_that_fails_says_why(
    plug_in: Callable[[Any], None], function: Any, problem: str
) -> None:
    plug_in(function)
    outcome = carry_out("own", ASKED)
    assert outcome.done is None
    assert outcome.problem.startswith(problem)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), 10**9, "soon", None])
def test_what_is_said_later_is_said_at_some_time(
    plug_in: Callable[[Any], None], seconds: Any
) -> None:
    plug_in(lambda asked: Done("soon", {}, Later(seconds, "now")))
    outcome = carry_out("own", ASKED)
    assert outcome.done is None and outcome.problem.startswith("“own” failed: ")


def test_an_action_that_takes_too_long_is_left_alone(plug_in: Callable[[Any], None]) -> None:
    end = Event()
    plug_in(lambda asked: end.wait(30) and "late")
    assert carry_out("own", ASKED, 0.05).problem == (
        "“own” took longer than 0.05 s. I do not wait for it"
    )
    end.set()


def test_actions_that_never_end_are_not_piled_up(
    plug_in: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_free", BoundedSemaphore(2))
    end = Event()
    plug_in(lambda asked: end.wait(30) and "late")
    for _ in range(2):
        carry_out("own", ASKED, 0.01)
    assert carry_out("own", ASKED).problem == "Too many actions are running. Try again later"
    end.set()


def test_a_result_of_a_megabyte_is_cut(plug_in: Callable[[Any], None]) -> None:
    plug_in(lambda asked: Done("y" * 1_000_000, {"more": "z" * 1_000_000}))
    done = carry_out("own", ASKED).done
    assert done is not None
    assert len(done.result) == len(done.values["more"]) == running.MOST_CHARACTERS


def test_an_action_is_asked_what_was_said_and_gives_back_text_values_or_something_for_later(
    plug_in: Callable[[Any], None],
) -> None:
    plug_in(lambda asked: f"{asked.message} in {asked.slots['city']}")
    assert carry_out("own", ASKED) == Outcome(Done("do it in Hue"))
    plug_in(lambda asked: Done("soon", {"n": 3}, Later(2, "now")))  # type: ignore[dict-item]
    assert carry_out("own", ASKED).done == Done("soon", {"n": "3"}, Later(2, "now"))


def test_a_plug_in_takes_no_name_of_ours(plug_in: Callable[[Any], None]) -> None:
    plug_in(lambda asked: "evil")
    done = carry_out("dice", ASKED).done
    assert done is not None
    assert done.result in "123456"
    names = [entry.name for entry in entries()]
    assert names == sorted({*SHIPPED, "own"})
    assert is_known("own")
    assert not is_known("os.system")


@pytest.mark.parametrize("name", ["os:system", "some_plug_in:own", "../x", "", "Dice"])
def test_a_name_that_nobody_registered_runs_nothing(name: str) -> None:
    assert carry_out(name, ASKED).problem == f"There is no action “{name}” here"


def test_a_plug_in_that_cannot_be_imported_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_plugged", lambda: {"own": ("p", "no_such_module_here:own")})
    assert "cannot be loaded: No module named" in carry_out("own", ASKED).problem


def test_installed_plug_ins_are_looked_up_under_their_group() -> None:
    assert registry._plugged() == {}, "the tests install none"


def test_the_plug_in_of_the_page_works_as_it_stands(plug_in: Callable[[Any], None]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "replies.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    space: dict[str, Any] = {}
    exec(code, space)
    plug_in(space["weather"])
    assert carry_out("own", ASKED) == Outcome(Done("rain in Hue", {"degrees": "12"}))
    nowhere = replace(ASKED, slots={})
    assert carry_out("own", nowhere) == Outcome(None, "The weather in which city?", "city")


def test_what_a_plug_in_declares_that_it_fills_is_known(plug_in: Callable[[Any], None]) -> None:
    @fills("degrees")
    def declared(asked: Asked) -> str:
        return "rain"

    plug_in(declared)
    assert filled_by("own") == frozenset({"degrees", "result"})
    plug_in(lambda asked: "rain")
    assert filled_by("own") is None
    assert filled_by("nobody's") is None
