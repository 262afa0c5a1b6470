"""Ratios of CPU, whole processes side by side in one run: `edition build` against `xmllint --relaxng` on its result.

    python tests/benchmarks/run.py [--runs 5] [SIZE …]        sizes of the workload's generator: S 100K M

The workloads come from bench/gen.py of the folder that EDITION_SHARED names (default: ../shared); converting them is
not counted. CPU seconds (user and system) are medians; machines differ, so the ratio is what counts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from convert import convert

ROOT = Path(__file__).parent.parent.parent
GENERATOR = Path(os.environ.get("EDITION_SHARED", ROOT.parent / "shared")) / "bench" / "gen.py"
EDITION = [sys.executable, "-m", "edition"]


def cpu(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of one process and its children."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{told[-600:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def side_by_side(one: list[str], other: list[str], runs: int) -> tuple[float, float, float]:
    """Medians of both, and of their ratio pair by pair; one run of each first, not counted."""
    pairs = [(cpu(one)[0], cpu(other)[0]) for _ in range(runs + 1)][1:]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=["S", "100K", "M"])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="edition-bench-"))
    try:
        subprocess.run(
            [sys.executable, GENERATOR, folder / "data", *options.sizes],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        print(
            f"{'workload':<10}{'edition build':>15}{'xmllint':>10}{'ratio':>8}{'MB':>7}   CPU s, median of {options.runs}"
        )
        for size in options.sizes:
            project = folder / size
            convert(folder / "data" / size, project)
            build = [*EDITION, "-C", str(project), "build", "-q"]
            cpu(build)
            check = [
                "xmllint",
                "--huge",
                "--noout",
                "--relaxng",
                str(ROOT / "schema" / "edition.rng"),
                str(project / "out" / "text.xml"),
            ]
            ours, theirs, ratio = side_by_side(build, check, options.runs)
            print(f"{size:<10}{ours:>15.3f}{theirs:>10.3f}{ratio:>8.1f}{cpu(build)[1]:>7.0f}")
        for name, command in (
            ("the letter", [*EDITION, "-C", str(ROOT), "check"]),
            ("--help", [*EDITION, "--help"]),
        ):
            ours = statistics.median(cpu(command)[0] for _ in range(options.runs + 1))
            print(f"{name:<10}{ours:>15.3f}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
