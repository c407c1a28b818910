"""Fits the 27 nonlinear problems of NIST StRD from both starts: `make nist [DATA=folder]`."""

import argparse
import json
import sys
import time
from pathlib import Path

from analysis.physics.fitting.solve import fit
from scripts.bench.corpus import SHARED
from scripts.console import stop
from tests.analysis.nist_models import LEAST_DIGITS, LEAST_STDERR_DIGITS, MODELS, Certified, log_relative_error, read


def main() -> None:
    """Print digits that agree with the certified ones as JSON lines and a summary; exit 0 only when enough do."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--data", type=Path, default=SHARED / "nist", help="folder of the .dat files")
    folder: Path = arguments.parse_args().data
    missing = [name for name in MODELS if not (folder / f"{name}.dat").is_file()]
    if missing:
        stop(f"{folder} lacks {', '.join(f'{name}.dat' for name in missing)}.")
    lines = [line_of(read(folder / f"{name}.dat"), start) for name in MODELS for start in (1, 2)]
    failed = [f"{line['problem']} from start {line['start']}" for line in lines if not line["holds"]]
    honest = sum(not line["is_converged"] for line in lines)
    said = f": {', '.join(failed)}" if failed else ""
    print(f"{len(MODELS)} problems, {len(lines)} fits, {honest} told as not converged, {len(failed)} wrong{said}")
    sys.exit(1 if failed else 0)


def line_of(certified: Certified, start: int) -> dict[str, object]:
    """Fit a problem from one start, print its line and return it."""
    began = time.perf_counter()
    fitted = fit(certified.problem(start))
    seconds = time.perf_counter() - began
    digits = log_relative_error(fitted.values, certified.values)
    stderr_digits = log_relative_error(fitted.stderrs, certified.stderrs)
    is_right = digits >= LEAST_DIGITS[start] and stderr_digits >= LEAST_STDERR_DIGITS
    line: dict[str, object] = {
        "problem": certified.name, "start": start, "digits": round(digits, 2), "stderr_digits": round(stderr_digits, 2),
        "rss_ratio": round(fitted.objective / certified.rss, 9), "is_converged": fitted.is_converged,
        "reason": fitted.reason, "condition": float(f"{fitted.condition_ratio:.3g}"), "ms": round(seconds * 1000, 1),
        "holds": is_right or not fitted.is_converged,
    }  # fmt: skip
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return line


if __name__ == "__main__":
    main()
