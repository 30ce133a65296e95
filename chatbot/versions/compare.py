"""Versions in words: the facts of one, the difference of two, the outcome of going back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from chatbot.common import _, measured, printable
from chatbot.conversation import Reader
from chatbot.intents import Difference, Intents, difference_between
from chatbot.opening import read_intents
from chatbot.versions.answer_changes import AnswerChanges, compare_answers
from chatbot.versions.kept import Used, Version
from chatbot.versions.report import GUESS, asked_of, change_line, failed_line


def facts(version: Version) -> str:
    """Return a version's card as a line: when it was trained, on what, and how good it is."""
    card, metrics = version.card, version.card.metrics
    accuracy, asked = metrics.held_out_accuracy, metrics.held_out_patterns
    edit, in_full = _("small edit"), _("in full")
    how = edit if card.warm_retrains else in_full
    line = _("{when}  {intents:4} intents  {patterns:6} patterns    {how}").format(
        when=when(card.trained_at),
        intents=len(card.intents),
        patterns=metrics.patterns,
        how=how.ljust(max(len(edit), len(in_full))),
    )
    if accuracy is None:
        return line
    held_out = _("held-out {measured}")
    return f"{line}  {held_out.format(measured=measured(accuracy, asked, 'patterns'))}"


def when(trained_at: str) -> str:
    """Return a time in this machine's time zone, to the minute."""
    try:
        moment = datetime.fromisoformat(trained_at)
    except ValueError:
        return printable(trained_at)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def compare_versions(
    before: Version, after: Version, intents: Path, typed: list[str]
) -> tuple[AnswerChanges, Difference | None]:
    """Ask two versions, each with its own intents file; compare the files where both are known.

    A version whose file is not known gets the one at `intents`. Raises ModelError or IntentsError.
    """
    files = [version.intents() for version in (before, after)]
    now: Intents | None = None
    if None in files:
        now = read_intents(intents).intents
    readers = [
        Reader.of(version.model(), file or now or Intents(()))
        for file, version in zip(files, (before, after), strict=True)
    ]
    known = [file for file in files if file is not None]
    edit = difference_between(known[0], known[1]) if len(known) == 2 else None
    return compare_answers(readers[0], readers[1], typed), edit


def comparison_lines(compared: AnswerChanges, edit: Difference | None) -> list[str]:
    """Return what differs between two versions."""
    return [*_edit_lines(edit), *_answer_lines(compared)]


def _edit_lines(edit: Difference | None) -> list[str]:
    if edit is None:
        return [_("The intents file of one of them is not known.")]
    if not edit:
        return [_("Their intents files say the same.")]
    lines = [_("intent new: {tag}").format(tag=printable(tag)) for tag in edit.added]
    lines += [_("intent gone: {tag}").format(tag=printable(tag)) for tag in edit.removed]
    lines += [
        _("intent renamed: {old} → {new}").format(old=printable(old), new=printable(new))
        for old, new in edit.renamed
    ]
    for sign, pairs in (("+", edit.patterns_added), ("-", edit.patterns_removed)):
        lines += [f"{sign} {printable(tag)}: “{printable(text)}”" for tag, text in pairs]
    for sign, texts in (("+", edit.out_of_scope_added), ("-", edit.out_of_scope_removed)):
        lines += [
            _("{sign} out of scope: “{text}”").format(sign=sign, text=printable(text))
            for text in texts
        ]
    if edit.replies_changed:
        tags = printable(", ".join(edit.replies_changed))
        lines.append(_("replies changed: {tags}").format(tags=tags))
    return lines


def _answer_lines(compared: AnswerChanges) -> list[str]:
    asked, count = asked_of(compared), len(compared.changes)
    told = (
        _("Answers to {asked}: {count} changed.")
        if count
        else _("Answers to {asked}: none changed.")
    )
    lines = [told.format(asked=asked, count=count)]
    lines += [f"  {change_line(change)}" for change in compared.changes]
    if any(change.is_guess for change in compared.changes):
        lines.append(f"  {_(GUESS)}")
    return lines + [f"  {failed_line(test)}" for test in compared.failed]


def used_lines(used: Used, intents: Path) -> list[str]:
    """Return what going to a version did."""
    lines = [_("Version {number} answers from now on.").format(number=used.version.number)]
    if used.intents_changed:
        lines.append(
            _("{intents} is as it was when that version was trained.").format(intents=intents)
        )
    if used.replaced is not None:
        lines.append(_("Your previous file is kept as {replaced}").format(replaced=used.replaced))
    return [*lines, used.note] if used.note else lines
