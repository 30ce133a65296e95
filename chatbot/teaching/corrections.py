"""Corrections: messages become patterns of the intent that they should have been, or of none.

The file keeps its layout: only lines of the intents that change are touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.common import ChatbotError, _
from chatbot.formats import foreign_format
from chatbot.intents import (
    OUT_OF_SCOPE,
    Intents,
    IntentsError,
    check_text,
    json_text,
    read_text,
    save_text,
    tag_of,
    with_data,
)
from chatbot.words import spoken, words


class CorrectionError(ChatbotError):
    """A correction that cannot be made; says what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction did to a file; enough to take it back."""

    path: Path
    before: str
    """The text of the file before."""
    after: str
    tag: str | None
    """The intent; None for what is out of scope."""
    added: tuple[str, ...]
    """Messages that are patterns of the intent now, or out-of-scope examples, or tests, and were
    not before."""
    intents: Intents
    """What the file holds now."""


def correct(
    path: Path, messages: Sequence[str], tag: str | None, reply: str | None = None
) -> Correction:
    """Make messages patterns of an intent, in the file; a new intent gets `reply`.

    Without a tag they become out-of-scope examples. A message that is there already (but for case
    and punctuation) is not added twice; elsewhere in the file it is removed. Raises IntentsError
    when the file cannot be read, used or written, CorrectionError when there is nothing to teach.
    """
    return _change(path, tag, lambda data: _teach(data, messages, tag, reply))


def hold(
    path: Path,
    message: str,
    tag: str | None,
    after: Sequence[str] = (),
    contexts: Sequence[str] = (),
) -> Correction:
    """Make an intent (None: the fallback) the answer that a message must always get: a test.

    `after` was said before it, and `contexts` were active. A test of the same (but for case and
    blanks) that wants another answer is changed. Raises as `correct` does.
    """
    test: dict[str, Any] = {"message": _in_one_line(message), "intent": tag}
    if after:
        test["after"] = list(map(_in_one_line, after))
    if contexts:
        test["context"] = list(contexts)
    return _change(path, tag, lambda data: _hold(data, test))


def _change(
    path: Path, tag: str | None, change: Callable[[dict[str, Any]], tuple[str, ...]]
) -> Correction:
    """Change the data of a file by a function that returns what it has added; save the text."""
    foreign = foreign_format(path)
    if foreign is not None:
        raise CorrectionError(
            _(
                "{file} is in the format {format}: it is read, not changed. To make a file that "
                "can be taught: chatbot convert {file} intents.json"
            ).format(file=path.name, format=foreign)
        )
    before = read_text(path)
    report = check_text(before)
    if report.intents is None:
        raise IntentsError(path, report.errors)
    data = json_text.load(before)
    added = change(data)
    after = with_data(before, data)
    report = check_text(after)
    if report.intents is None:
        raise IntentsError(path, report.errors)
    if after != before:
        save_text(path, after)
    return Correction(path, before, after, tag, added, report.intents)


def can_be_taught(message: str) -> bool:
    """Return whether a message has words, without which it cannot be a pattern."""
    return bool(spoken(words(message)))


def take_back(correction: Correction) -> Intents:
    """Undo a correction; return what the file holds then.

    Raises CorrectionError when the file has changed since, IntentsError when it cannot be written.
    """
    if read_text(correction.path) != correction.after:
        text = _("{file} has changed since: undo it in the editor")
        raise CorrectionError(text.format(file=correction.path.name))
    save_text(correction.path, correction.before)
    intents = check_text(correction.before).intents
    assert intents is not None  # it was valid before
    return intents


def _teach(
    data: dict[str, Any], messages: Sequence[str], tag: str | None, reply: str | None
) -> tuple[str, ...]:
    """Change the file's data; return the messages that were added."""
    wanted = {spoken(words(message)): message for message in messages}
    wanted.pop((), None)
    if not wanted:
        raise CorrectionError(_("A message without words cannot be a pattern"))
    holders = [(intent, "patterns") for intent in data["intents"]]
    holders.append((data, OUT_OF_SCOPE))
    target = next((holder for holder in holders if _tag_of(holder) == tag), None)
    if target is None:
        if not reply:
            raise CorrectionError(_("The new intent {intent} needs a reply").format(intent=tag))
        intent = {"tag": tag, "patterns": [], "responses": [reply]}
        data["intents"].append(intent)
        target = intent, "patterns"
    for holder, key in holders:
        texts = holder.get(key) or []
        if holder is target[0]:
            for text in texts:
                wanted.pop(spoken(words(text)), None)
        elif len(kept := [t for t in texts if spoken(words(t)) not in wanted]) < len(texts):
            holder[key] = kept
    added = tuple(" ".join(message.split()) for message in wanted.values())
    if added:
        holder, key = target
        holder[key] = [*(holder.get(key) or []), *added]
    return added


def _hold(data: dict[str, Any], wanted: dict[str, Any]) -> tuple[str, ...]:
    """Change the tests of the file's data; return the message if that was needed."""
    tag: str | None = wanted["intent"]
    if tag is not None and not any(tag_of(item) == tag for item in data["intents"]):
        raise CorrectionError(
            _("The file has no intent {intent} any more: train the model again first").format(
                intent=tag
            )
        )
    tests = data.get("tests") or []
    same = [test for test in tests if _asked(test) == _asked(wanted)]
    others = [test for test in same if _answer(test) != tag]
    if same and not others:
        return ()
    for test in others:
        test["intent"] = tag
    if not same:
        data["tests"] = [*tests, wanted]
    return (wanted["message"],)


def _answer(test: dict[str, Any]) -> str | None:
    intent: str | None = test["intent"]
    return None if intent is None else intent.strip()


def _asked(test: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    """Return what two tests of the same have in common, as the check of the file has it."""
    after, contexts = test.get("after") or [], test.get("context") or []
    return (
        _in_one_line(test["message"]).casefold(),
        [after] if isinstance(after, str) else after,
        [contexts] if isinstance(contexts, str) else contexts,
    )


def _in_one_line(message: str) -> str:
    return " ".join(message.split())


def _tag_of(holder: tuple[dict[str, Any], str]) -> str | None:
    """Return the tag of what holds texts; None for the file, which holds what is out of scope."""
    item, key = holder
    return None if key == OUT_OF_SCOPE else tag_of(item) or ""
