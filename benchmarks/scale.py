"""How do time and memory grow with the patterns and the intents of a file?

`python benchmarks/scale.py [--sizes 1000x10,400x100] [--messages PAIRS] [--folder DIR]`. A size is
intents × patterns of each. The files are made up: a message of somebody, in which two words are
replaced with words of the intent. The messages are the shipped background, or those of a JSON list
of [message, label]. Each step runs in a process of its own: *read* reads the file and checks its
form, *check* is `chatbot check` without a model, *with model* the same with one, *train* is a
training in full, *first* opens the bot and answers a message, *message* is the median of 200 more.
Seconds are of the wall clock, and in brackets of the processors; MB is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from accuracy import read_pairs
from tables import head, publish, row

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it

SIZES = "1000x10,400x100,1000x100,1000x1000"
STEPS = ("read", "check", "train", "with model", "first")
OWN_WORDS = 12
"""Words that an intent's patterns have more often than others."""
MESSAGES = 200


def make(file: Path, intents: int, patterns: int, messages: list[str]) -> None:
    """Write an intents file."""
    rng = Random(0)
    split = [m.lower().split() for m in messages if m.isascii() and 4 <= len(m.split()) <= 14]
    vocabulary = sorted({w for m in split for w in m if re.fullmatch("[a-z]{3,}", w)})
    entries = []
    for number in range(intents):
        own = rng.sample(vocabulary, OWN_WORDS)
        made: dict[str, None] = {}
        while len(made) < patterns:
            read = list(rng.choice(split))
            for place in rng.sample(range(len(read)), 2):
                read[place] = rng.choice(own)
            made[" ".join(read)] = None
        entries.append({"tag": f"intent_{number}", "patterns": [*made], "responses": ["Yes."]})
    file.write_text(json.dumps({"intents": entries}, indent=1), encoding="utf-8")


def run(step: str, file: Path, model: Path) -> dict[str, float]:
    """Take a step in this process; return what it measured beside time and memory."""
    from chatbot.opening import read_intents

    if step == "train":
        from chatbot.learning import Plan, train_file
        from chatbot.versions import Saved

        shown = time.perf_counter()
        for record in train_file(file, model, plan=Plan(full=True, accept=True)):
            if isinstance(record, Saved):
                return {"held_out": record.metrics.held_out_accuracy or 0.0}
            if time.perf_counter() - shown > 30:
                shown = time.perf_counter()
                left = f"{record.eta_seconds:.0f} s left"
                print(record.phase, record.step, "of", record.steps, left, file=sys.stderr)
    elif step == "first":
        from chatbot.conversation import Chatbot

        bot = Chatbot.load(file, model, seed=0)
        bot.reply("could you tell me about the weather, please?")
        return {"since": time.perf_counter()}
    else:
        from chatbot.conversation import Reader
        from chatbot.model import files as model_files

        opened = read_intents(file)
        if step != "read":
            from chatbot.quality import examine

            reader = None
            if step == "with model":
                reader = Reader.of(model_files.load(model), opened.intents)
            return {"found": len(examine(opened.document, opened.intents, reader))}
    return {}


def median_message(file: Path, model: Path) -> float:
    """Return the median time of an answer in milliseconds, to messages that are no patterns."""
    from chatbot.conversation import Chatbot
    from chatbot.learning.background import background_texts

    bot = Chatbot.load(file, model, seed=0)
    texts = [text for text in background_texts() if text.isascii()][:MESSAGES]
    bot.reply(texts[0])
    times = []
    for text in texts:
        begun = time.perf_counter()
        bot.reply(text)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1e3


def one(step: str, file: Path, model: Path) -> None:
    """Take a step and print what it cost, as JSON."""
    begun = time.perf_counter()
    found = run(step, file, model)
    wall, cpu = time.perf_counter() - begun, time.process_time()
    found.pop("since", None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if step == "first":
        found["message"] = median_message(file, model)
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, **found}))


def measure(file: Path, model: Path, steps: list[str]) -> dict[str, dict[str, float]]:
    """Take every step in a process of its own."""
    results = {}
    for step in steps:
        command = [sys.executable, __file__, "--one", step, "--file", str(file)]
        command += ["--model", str(model)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        results[step] = json.loads(done.stdout.strip().splitlines()[-1])
        print(file.stem, step, results[step], flush=True)
    return results


def row_of(size: str, results: dict[str, dict[str, float]]) -> str:
    """Return a row of the table."""

    def cell(step: str) -> str:
        if step not in results:
            return "–"
        each = results[step]
        return f"{each['wall']:,.1f} ({each['cpu']:,.1f}) s, {each['peak']:,.0f} MB"

    intents, patterns = map(int, size.split("x"))
    message = results.get("first", {}).get("message")
    answer = "–" if message is None else f"{message:.1f} ms"
    return row(f"{intents * patterns:,} of {intents:,}", *map(cell, STEPS), answer)


def main() -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--steps", default=",".join(STEPS))
    parser.add_argument("--messages", help="a JSON list of [message, label]")
    parser.add_argument("--folder", type=Path, help="where files and models are kept")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--model", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one, options.file, options.model)
        return
    from chatbot.learning.background import background_texts

    pairs = read_pairs(options.messages) if options.messages else []
    messages = [text for text, _ in pairs] or background_texts()
    folder = options.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    lines = head("patterns of intents", *STEPS, "message")
    try:
        for size in options.sizes.split(","):
            intents, patterns = map(int, size.split("x"))
            file = folder / f"scale-{size}.json"
            if not file.exists():
                make(file, intents, patterns, messages)
            found = measure(file, folder / f"model-{size}", options.steps.split(","))
            lines.append(row_of(size, found))
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    publish(lines, options.write, "time and memory", "scale")


if __name__ == "__main__":
    main()
