"""Measures what the notebook costs and prints it as JSON lines: `make bench [WHAT=readers,uploads]`."""

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

from scripts.bench.figure import Figure
from scripts.console import say, stop

BENCHES = (
    "readers", "uploads", "plots", "lists", "fits", "fits_decays", "fits_diffraction", "fits_particles",
)  # fmt: skip


def main() -> None:
    """Run all benches or the named ones, print each figure as it is measured; exit 1 unless every limit holds."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--what", metavar="NAMES", default=",".join(BENCHES))
    names = [name.strip() for name in arguments.parse_args().what.split(",") if name.strip()]
    unknown = [name for name in names if name not in BENCHES]
    if unknown or not names:
        stop(f"There is no bench {', '.join(unknown) or 'named'}; there are {', '.join(BENCHES)}.")
    measured: list[Figure] = []
    for name in names:
        say(f"── {name}")
        for figure in figures_of(name)():
            print(figure.as_json(), flush=True)
            measured.append(figure)
    limited = [one for one in measured if one.most is not None]
    broken = [one.what for one in limited if not one.holds]
    said = f": {', '.join(broken)}" if broken else ""
    print(f"{len(measured)} figures, {len(limited)} with a limit, {len(broken)} beyond it{said}", flush=True)
    sys.exit(1 if broken else 0)


def figures_of(name: str) -> Callable[[], Iterator[Figure]]:
    """Return the function that measures one part."""
    figures: Callable[[], Iterator[Figure]] = import_module(f"scripts.bench.{name}").figures
    return figures


if __name__ == "__main__":
    main()
