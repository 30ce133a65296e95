"""Work in several threads: every piece is done, and a failure is not lost."""

from __future__ import annotations

import pytest

from chatbot.common.threads import MOST_THREADS, in_threads, number_of_threads


def test_every_piece_is_worked_on_once() -> None:
    done: list[int] = []
    in_threads(done.append, range(50))
    assert sorted(done) == list(range(50))
    assert 1 <= number_of_threads() <= MOST_THREADS


def test_what_goes_wrong_in_a_thread_is_raised() -> None:
    def fail(piece: int) -> None:
        if piece == 7:
            raise ValueError(piece)

    with pytest.raises(ValueError, match="7"):
        in_threads(fail, range(10))
