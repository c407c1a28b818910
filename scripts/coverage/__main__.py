"""Analyses data with known numbers again and again and counts how true the errors are: `make coverage [COUNT=2000]`."""

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from scripts.console import say, stop
from scripts.coverage.case import Case
from scripts.coverage.measuring import Row, Told, counts_of, rows_of
from scripts.coverage.places import names_of, placed_cases, run_at, topics

WORKERS = 2
BATCH = 25
# Each process computes alone; more threads would only stand in each other's way.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> None:
    """Print how every result of every case did as JSON lines and a summary; exit 0 only when all hold."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--count", type=int, default=2000, help="how many data sets each case makes")
    arguments.add_argument("--only", metavar="NAMES", default="", help="topics, methods or cases, with commas")
    options = arguments.parse_args()
    names = {name.strip() for name in options.only.split(",") if name.strip()}
    chosen = [(place, case) for place, case in placed_cases() if not names or names & names_of(place, case)]
    if not chosen:
        stop(f"There is no case {options.only or 'at all'}; there are {', '.join(sorted(topics())) or 'no topics'}.")
    os.environ.update(ONE_THREAD)
    began, judged = time.monotonic(), []
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for place, case in chosen:
            runs = list(pool.map(partial(run_at, place), range(options.count), chunksize=BATCH))
            judged += reported(case, runs)
            say(f"{case.method}, {case.name}: {time.monotonic() - began:.0f} s")
    failed = [f"{one.case.method} {one.case.name} {one.result}" for one in judged if one.faults]
    said = f": {', '.join(failed)}" if failed else ""
    print(f"{len(judged)} rows of {len(chosen)} cases, {options.count:,} runs each, {len(failed)} do not hold{said}")
    sys.exit(1 if failed else 0)


def reported(case: Case, runs: list[Told]) -> list[Row]:
    """Print a line for every result of a case and return the rows."""
    rows, counts = rows_of(case, runs), counts_of(runs)
    for row in rows:
        line = {"method": case.method, "case": case.name} | row.as_line() | counts
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return rows


if __name__ == "__main__":
    main()
