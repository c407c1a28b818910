"""Where the cases stand: files of one folder, read by name, so that another process finds them too."""

import os
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from multiprocessing import parent_process
from threading import Thread

from analysis.methods.table import METHODS
from scripts.coverage import cases as folder
from scripts.coverage.case import Case
from scripts.coverage.measuring import Told, told_by

# The file that holds a case, and where it stands there: a process is told this, since functions do not travel.
Place = tuple[str, int]

# These tell what follows from stated numbers, without any error.
WITHOUT_ERRORS = ("pattern_simulation", "published_gap")


def topics() -> list[str]:
    """Return the names of the files of cases."""
    return [module.name for module in pkgutil.iter_modules(folder.__path__)]


def cases_of(topic: str) -> tuple[Case, ...]:
    """Return the cases of one file."""
    found: tuple[Case, ...] = import_module(f"{folder.__name__}.{topic}").CASES
    return found


def placed_cases() -> Iterator[tuple[Place, Case]]:
    """Yield every case and where it stands."""
    for topic in topics():
        for index, case in enumerate(cases_of(topic)):
            yield (topic, index), case


def names_of(place: Place, case: Case) -> set[str]:
    """Return what a case may be asked for by."""
    return {place[0], case.method, case.name}


def run_at(place: Place, seed: int) -> Told:
    """Run a case once, in a process that knows only where it stands."""
    topic, index = place
    return told_by(cases_of(topic)[index], seed)


def end_with_parent() -> None:
    """Let this process end when the run that started it does, however that ends."""
    Thread(target=wait_for_parent, daemon=True).start()


def wait_for_parent() -> None:
    """End this process once there is no other left to answer."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def untested_methods() -> list[str]:
    """Return the methods that tell errors and that no case asks."""
    asked = {case.method for _, case in placed_cases()}
    return [name for name in METHODS if name not in asked and name not in WITHOUT_ERRORS]
