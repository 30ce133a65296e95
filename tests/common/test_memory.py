"""Free arrays go back to the system, whatever was freed before."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASK = """
import ctypes
from chatbot.common import give_back_large_blocks

class Info(ctypes.Structure):
    _fields_ = [(n, ctypes.c_size_t) for n in
        ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usm", "fsm", "uord", "ford", "keep")]

libc = ctypes.CDLL(None)
if not hasattr(libc, "mallinfo2"):
    raise SystemExit(3)
libc.mallinfo2.restype = Info
if {gives_back}:
    give_back_large_blocks()
largest = bytearray(20_000_000)
del largest  # glibc keeps blocks of up to this size from now on
before = libc.mallinfo2().hblkhd
array = bytearray(1_000_000)
print(libc.mallinfo2().hblkhd > before)
"""


@pytest.mark.parametrize("gives_back", [False, True])
def test_large_blocks_are_the_systems(gives_back: bool) -> None:
    command = [sys.executable, "-c", ASK.format(gives_back=gives_back)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 3:
        pytest.skip("not glibc")
    assert done.stdout.strip() == str(gives_back), done.stderr
