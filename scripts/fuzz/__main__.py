"""Breaks every file of the corpus and reads it: `make fuzz [CASES=20000 SEED=1]`."""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from threading import local

from measurements.reading.sandbox import ReaderProcess
from scripts.console import ROOT, say
from scripts.fuzz.cases import Case, cases, corpus
from scripts.fuzz.outcomes import FAILURES, OUTCOMES, UNFORESEEN, outcome_of

WORKERS = 2
BATCH = 500
MOST_SECONDS = 30 * 60
# A file that a reader failed on is kept, so that it can be looked at.
KEPT = ROOT / "var" / "fuzz"
OWN = local()

Result = tuple[Case, str, str, str]


def main() -> None:
    """Print the outcomes by reader as JSON lines and a summary; exit 0 only when no reader failed."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--cases", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    files, began = corpus(), time.monotonic()
    counts: Counter[tuple[str, str]] = Counter()
    unforeseen: Counter[tuple[str, str]] = Counter()
    done = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        for batch in batches(cases(files, options.cases, options.seed)):
            if time.monotonic() - began > MOST_SECONDS:
                say(f"Stopped after {MOST_SECONDS} s.")
                break
            for results in pool.map(lambda case: read_case(case, Path(folder)), batch):
                count(results, counts, unforeseen)
            done += len(batch)
            say(f"{done:,} of {options.cases:,} cases in {time.monotonic() - began:.0f} s")
    report(counts, unforeseen)
    failed = sum(number for (_, outcome), number in counts.items() if outcome in FAILURES)
    totals = ", ".join(f"{sum(counts[key] for key in counts if key[1] == one):,} {one}" for one in OUTCOMES)
    print(f"{done:,} cases of {len(files):,} files in {time.monotonic() - began:.0f} s, seed {options.seed}: {totals}")
    sys.exit(0 if done >= options.cases and not failed else 1)


def batches(found: Iterator[Case]) -> Iterator[list[Case]]:
    """Yield cases in batches, so that few are held at a time."""
    while batch := list(islice(found, BATCH)):
        yield batch


def read_case(case: Case, folder: Path) -> list[Result]:
    """Read a case by its content and, where another reader or none knew it, with the reader of the whole file."""
    process: ReaderProcess = OWN.__dict__.setdefault("process", ReaderProcess())
    path = folder / case.name
    path.write_bytes(case.content)
    reading = process.read(path)
    results = [(case, reading.reader or case.reader, *outcome_of(reading))]
    if reading.reader != case.reader:
        forced = process.read(path, reader_key=case.reader)
        results.append((case, case.reader, *outcome_of(forced)))
    path.unlink()
    return results


def count(results: Iterable[Result], counts: Counter[tuple[str, str]], unforeseen: Counter[tuple[str, str]]) -> None:
    """Count outcomes, keep the files that a reader failed on, and remember what was not foreseen."""
    for case, reader, outcome, said in results:
        counts[reader, outcome] += 1
        if outcome == UNFORESEEN:
            unforeseen[reader, said.removeprefix("The content is broken: ").split(":")[0]] += 1
        if outcome in FAILURES:
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / case.name).write_bytes(case.content)
            say(f"{outcome}: {reader}, {case.way}: {said} (kept as {KEPT.name}/{case.name})")


def report(counts: Counter[tuple[str, str]], unforeseen: Counter[tuple[str, str]]) -> None:
    """Print a line for every reader, with the kinds of errors that it did not foresee."""
    for reader in sorted({reader for reader, _ in counts}):
        line: dict[str, object] = {"reader": reader} | {one: counts[reader, one] for one in OUTCOMES}
        kinds = {kind: number for (one, kind), number in sorted(unforeseen.items()) if one == reader}
        print(json.dumps(line | ({"errors": kinds} if kinds else {})), flush=True)


if __name__ == "__main__":
    main()
