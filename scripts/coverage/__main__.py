"""Analyses data with known numbers again and again and counts how true the errors are: `make coverage [COUNT=2000]`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from scripts.console import say, stop
from scripts.coverage.case import Case
from scripts.coverage.measuring import Row, Told, counts_of, rows_of
from scripts.coverage.places import Place, end_with_parent, names_of, placed_cases, run_at, topics, untested_methods

WORKERS = max(os.cpu_count() or 1, 2)
BATCH = 25
# Each process computes alone; more threads would only stand in each other's way.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> None:
    """Print how every result of every case did as JSON lines and a summary; exit 0 only when all hold."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--count", type=int, default=2000, help="how many data sets each case makes")
    arguments.add_argument("--only", metavar="NAMES", default="", help="topics, methods or cases, with commas")
    options = arguments.parse_args()
    if options.count < 1:
        stop("COUNT is how many data sets each case makes; give 1 or more.")
    judged = judged_rows(asked_for(options.only), options.count)
    untested = [] if options.only else untested_methods()
    print(json.dumps(summary(judged, untested, options.count), ensure_ascii=False))
    sys.exit(1 if untested or any(one.faults for one in judged) else 0)


def asked_for(names: str) -> list[tuple[Place, Case]]:
    """Return the cases of some names, all without any; stop at a name that nothing has."""
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    cases = list(placed_cases())
    unknown = sorted(wanted.difference(*(names_of(place, case) for place, case in cases)))
    if unknown:
        stop(f"There is no case {', '.join(unknown)}; the topics are {', '.join(sorted(topics()))}.")
    return [(place, case) for place, case in cases if not wanted or wanted & names_of(place, case)]


def judged_rows(chosen: Sequence[tuple[Place, Case]], count: int) -> list[Row]:
    """Run cases in processes of their own, print a line for every result, and return them."""
    os.environ.update(ONE_THREAD)
    judged: list[Row] = []
    began = time.monotonic()
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), end_with_parent) as pool:
        for number, (place, case) in enumerate(chosen, start=1):
            rows = reported(case, list(pool.map(partial(run_at, place), range(count), chunksize=BATCH)))
            judged += rows
            fault_count = sum(bool(one.faults) for one in rows)
            how = f"{fault_count} of {len(rows)} do not hold" if fault_count else f"all {len(rows)} hold"
            seconds = time.monotonic() - began
            say(f"{number} of {len(chosen)}, after {seconds:.0f} s: {case.method}, {case.name}: {how}")
    return judged


def reported(case: Case, runs: list[Told]) -> list[Row]:
    """Print a line for every result of a case and return the rows."""
    rows, counts = rows_of(case, runs), counts_of(runs)
    for row in rows:
        line = {"method": case.method, "case": case.name} | row.as_line() | counts
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return rows


def summary(judged: Sequence[Row], untested: Sequence[str], count: int) -> dict[str, object]:
    """Return how many rows hold and which do not, with the methods that no case asks."""
    failed = [f"{one.case.method}, {one.case.name}: {one.result}" for one in judged if one.faults]
    cases = {(one.case.method, one.case.name) for one in judged}
    return {
        "what": "summary", "count": count, "cases": len(cases), "rows": len(judged),
        "held": len(judged) - len(failed), "failed": failed, "methods_without_case": list(untested),
    }  # fmt: skip


if __name__ == "__main__":
    main()
