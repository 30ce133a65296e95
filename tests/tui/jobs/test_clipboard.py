"""The system's clipboard: which program is asked, and what happens where it fails or hangs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from chatbot.tui.jobs import clipboard
from chatbot.tui.jobs.clipboard import Clipboard, programs


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", []),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["clip.exe"]),
        ({}, "darwin", ["pbcopy"]),
        ({}, "win32", ["clip.exe"]),
        ({"SSH_CONNECTION": "…", "DISPLAY": ":0"}, "linux", []),
        ({"SSH_CONNECTION": "…"}, "darwin", []),
        ({"SSH_CONNECTION": "…", "DISPLAY": "localhost:10.0"}, "linux", ["xclip", "xsel"]),
    ],
)
def test_the_clipboard_is_that_of_the_person_at_the_screen(
    environment: Mapping[str, str], platform: str, expected: list[str]
) -> None:
    assert [command[0] for command in programs(environment, platform)] == expected


def use(monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    """Let Python scripts be the programs of the system."""

    def instead(*_: object) -> Iterator[tuple[str, ...]]:
        return ((sys.executable, "-c", script) for script in scripts)

    monkeypatch.setattr(clipboard, "programs", instead)


def test_the_next_program_is_asked_where_one_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "clipboard"
    write = f"import sys; open({str(file)!r}, 'wb').write(sys.stdin.buffer.read())"
    use(monkeypatch, "raise SystemExit(1)", write)
    assert Clipboard().copy("天気 ✓\n[b]")
    assert file.read_bytes().decode() == "天気 ✓\n[b]"


def test_a_program_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "SECONDS", 0.2)
    use(monkeypatch, "import time; time.sleep(60)")
    assert not Clipboard().copy("text")


def test_without_a_program_nothing_is_copied_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch)
    assert not Clipboard().copy("text")
    monkeypatch.setattr(clipboard, "programs", lambda *_: iter([("no-such-program",)]))
    assert not Clipboard().copy("text")
