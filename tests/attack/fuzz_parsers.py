"""Fuzzes the importers guided by coverage, with atheris where it is installed (`make attack`).

    python tests/attack/fuzz_parsers.py -max_total_time=600

The arguments are libFuzzer's. It begins with the samples of every format. A file that makes an
importer fail is written to the current folder; the error names it.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module, util
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "formats" / "samples"
NAMES = ("a.json", "a.yml", "a.csv", "a.tsv", "a.txt", "a.md", "a.lu", "a.qna", "a.aiml", "a.toml",
         "a.jsonl", "a.ini", "a.chatito", "a.intent", "a.dialog", "a.zip", "a_usersays_en.json",
         "a_entries_en.json")  # fmt: skip
"""By the first byte of an input: what the file is called. The rest is what is in it."""


def seeds(folder: Path) -> None:
    """Write the samples as inputs."""
    for number, sample in enumerate(sorted(SAMPLES.rglob("*"))):
        if sample.is_file():
            fits = [i for i, name in enumerate(NAMES) if name.endswith(sample.suffix)]
            kind = fits[-1] if "_" in sample.name and sample.suffix == ".json" else fits[:1]
            first = kind if isinstance(kind, int) else (kind or [4])[0]
            (folder / str(number)).write_bytes(bytes([first]) + sample.read_bytes())


def main() -> None:
    """Fuzz until the time is over. Without atheris say so, and do nothing."""
    if util.find_spec("atheris") is None:
        print("atheris is not installed: no fuzzing guided by coverage (pip install atheris)")
        return
    atheris = import_module("atheris")
    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["chatbot.formats", "chatbot.intents"]):
        for name in ("formats.registry", "formats.writers.registry", "intents.check"):
            import_module(f"chatbot.{name}")  # they load lazily: later is too late
        fuzz = import_module("tests.formats.test_never_crashes").imported_or_refused

    def once(data: bytes) -> None:
        if data:
            fuzz(NAMES[data[0] % len(NAMES)], data[1:])

    with tempfile.TemporaryDirectory() as corpus:
        seeds(Path(corpus))
        limits = ["-max_len=20000", "-timeout=20", "-rss_limit_mb=3000"]
        atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], corpus], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
