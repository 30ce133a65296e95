"""Which practice bots a base has learned from: nothing that it knows by heart is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.learning.pretraining import practised
from chatbot.learning.pretraining.corpus import Corpus, Line, assembled
from chatbot.learning.pretraining.errors import PretrainingError
from tests.learning.pretraining import small


def corpus_of(names: list[str]) -> Corpus:
    return assembled(
        {
            f"{name} {end}": Line("en", bot=bot)
            for bot, name in enumerate(names)
            for end in small.ENDS
        }
    )


FEW = [f"bot {number}" for number in range(0, 60, 2)]
MORE = [f"bot {number}" for number in range(60)]


def test_a_practice_bot_is_kept_whatever_bots_have_joined() -> None:
    def kept_of(names: list[str]) -> set[str]:
        corpus = corpus_of(names)
        supervising, kept = practised.supervised(corpus)
        assert len(supervising) + len(kept) == len(names)
        return {corpus.texts[bot[0]] for bot in kept}

    few = kept_of(FEW)
    assert 1 <= len(few) <= 10
    assert kept_of(MORE) & {f"{name} now" for name in FEW} == few


def test_bots_written_since_are_new_to_a_base_and_those_it_has_learned_are_not(
    tmp_path: Path,
) -> None:
    before = corpus_of(FEW)
    practised.record(tmp_path, set(practised.names_of(before, before.bots)))
    learned = practised.learned_by(tmp_path)
    corpus = corpus_of(MORE)
    new = {corpus.texts[bot[0]] for bot in practised.new_to(learned, corpus)}
    assert new == {f"{name} now" for name in MORE if name not in FEW}


def test_a_base_that_knows_all_bots_asks_for_new_ones() -> None:
    corpus = corpus_of(FEW)
    learned = set(practised.names_of(corpus, corpus.bots))
    with pytest.raises(PretrainingError, match="write new ones"):
        practised.new_to(learned, corpus)


@pytest.mark.parametrize("content", [None, "", "{}x", '["a"]', "5"])
def test_a_base_that_does_not_say_what_it_has_learned_is_refused_by_name(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / practised.NAME).write_text(content)
    with pytest.raises(PretrainingError, match=r"practised\.json: cannot be read"):
        practised.learned_by(tmp_path)
