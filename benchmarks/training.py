"""How long does retraining take, and how honest is the held-out accuracy in the card?

Trains the default file (or --intents) several times with different seeds, in a temporary folder,
and prints seconds and the card's figures. `python benchmarks/training.py [--seeds 3]`
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from chatbot.learning import Settings, train_file
from chatbot.network import CELLS
from chatbot.versions import Saved

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print one line per seed, then the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--intents", type=Path, default=ROOT / "intents.json")
    parser.add_argument("--cell", choices=sorted(CELLS), default="gru")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    seconds: list[float] = []
    accuracy: list[float] = []
    for seed in range(options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            settings = Settings(cell=options.cell, seed=seed)
            *_, saved = train_file(options.intents, Path(folder), settings)
            seconds.append(time.perf_counter() - started)
        assert isinstance(saved, Saved)
        metrics = saved.metrics
        accuracy.append(metrics.held_out_accuracy or float("nan"))
        print(
            f"seed {seed}: {seconds[-1]:5.1f} s, {metrics.epochs} epochs, held-out accuracy "
            f"{accuracy[-1]:.3f} on {metrics.held_out_patterns}, macro F1 "
            f"{metrics.held_out_macro_f1}, calibration error {metrics.held_out_calibration_error}, "
            f"patterns right {saved.answer_changes.network_right:.3f}"
        )
    print(f"mean: {statistics.mean(seconds):.1f} s, held-out {statistics.mean(accuracy):.3f}")


if __name__ == "__main__":
    main()
