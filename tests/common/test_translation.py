"""The interface's languages: which is chosen, and catalogues that are whole."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator

import pytest

from chatbot.common import N_, _, language, ngettext, use_language
from chatbot.common.translation import SYSTEM
from tests.common.catalogues import (
    KEYWORDS,
    PACKAGE,
    TRANSLATED,
    catalogue,
    compiled,
    file_of,
    is_translated,
    texts_in_code,
    texts_of,
    translations_of,
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CHATBOT_LANGUAGE", *SYSTEM):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("nothing_in_the_environment")
@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("LANG", "vi_VN.UTF-8", "vi"),
        ("LC_ALL", "VI", "vi"),
        ("LC_MESSAGES", "vi", "vi"),
        ("LANG", "de_DE", "en"),
        ("LANG", "C.UTF-8", "en"),
        ("LANG", "", "en"),
    ],
)
def test_the_system_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, code: str
) -> None:
    use_language()
    assert language() == "en"
    monkeypatch.setenv(variable, value)
    use_language()
    assert language() == code


@pytest.mark.usefixtures("nothing_in_the_environment")
def test_the_setting_wins_over_the_system_and_our_variable_over_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    use_language("en")
    assert language() == "en"
    monkeypatch.setenv("CHATBOT_LANGUAGE", "vi")
    use_language("en")
    assert language() == "vi"
    monkeypatch.setenv("CHATBOT_LANGUAGE", "klingon")
    monkeypatch.setenv("LC_ALL", "C")
    use_language("vi")
    assert language() == "en"


def test_english_says_one_and_many() -> None:
    use_language("en")
    assert [ngettext("word", "words", n) for n in (0, 1, 2)] == ["words", "word", "words"]
    assert (_("Quit"), N_("Quit"), _("")) == ("Quit", "Quit", "")


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_text_that_is_not_in_the_catalogue_stays_english(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.delenv("CHATBOT_LANGUAGE")
    use_language(code)
    assert _("no such text") == "no such text"
    assert _("") == ""  # not the head of the catalogue


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_of_the_code_is_translated_and_no_other(code: str) -> None:
    wanted = {message.id for message in texts_in_code() if message.id}
    found = {each.id for each in catalogue(code) if each.id and is_translated(each)}
    assert found == wanted, "run `make texts`, and translate what is empty"


def test_no_text_stands_where_the_extractor_cannot_find_it() -> None:
    """Babel does not look into f-strings."""
    hidden = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in PACKAGE.rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and any(isinstance(part, ast.Constant) for part in call.args[:2])
    ]
    assert not hidden


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_have_the_placeholders_of_the_text(code: str) -> None:
    for message in catalogue(code):
        ids = texts_of(message)
        wanted = {name for text in ids for name in _placeholders(text)}
        for text in translations_of(message) if message.id else ():
            assert _placeholders(text) <= wanted, text
            # A count may be said in a word: "one message". One form stands for both.
            spared = {"count"} if len(ids) > 1 else set()
            assert any(_placeholders(each) - spared <= _placeholders(text) for each in ids), text


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_catalogue_is_of_the_written_one(code: str) -> None:
    assert file_of(code).with_suffix(".mo").read_bytes() == compiled(catalogue(code)), (
        "run `make texts`"
    )


def _placeholders(text: str) -> set[str]:
    if "{" not in text:
        return set()
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:  # an example with a brace of its own, which nobody fills in
        return set()
