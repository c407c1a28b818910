"""Fits through the queue: a thousand by one worker and by two, and what that does to a worker's memory."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bench.figure import Figure
from scripts.bench.lists import prepare
from scripts.console import ROOT, say

if TYPE_CHECKING:
    from labbook.models import Lab, User

COUNT = int(os.environ.get("LABBOOK_BENCH_FITS", "1000"))
BURST = "import django, os; django.setup(); from labbook.jobs.worker import Worker; Worker().burst()"
# What a worker may grow by between its first fits and its last, in MB.
MOST_GROWTH_MB = 80.0
WARM_FRACTION = 0.2


def figures() -> Iterator[Figure]:
    """Yield what a thousand fits take, one worker after the other and two beside each other."""
    with tempfile.TemporaryDirectory(prefix="labbook-bench-") as folder:
        prepare(Path(folder))
        lab, by = found()
        say(f"Writing {COUNT:,} spectra …")
        spectra(lab, by, COUNT)
        one_s, grown_mb = worked(1)
        forget_fits(lab)
        two_s, _ = worked(2)
        yield Figure(f"{COUNT:,} PL fits through the queue, one worker", one_s, "s", "", one_s)
        yield Figure(f"{COUNT:,} PL fits through the queue, two workers", two_s, "s", "one worker", two_s / one_s)
        yield Figure("a worker's memory over them", grown_mb, "MB", "", grown_mb, MOST_GROWTH_MB)


def found() -> "tuple[Lab, User]":
    """Return a lab and its owner."""
    from labbook.models import User
    from samples.demonstration.loading import OWNER_EMAIL, found_first_lab

    return found_first_lab(name="Bench", slug="bench"), User.objects.get(email=OWNER_EMAIL)


def spectra(lab: "Lab", by: "User", count: int) -> None:
    """Take in spectra of one film, each a measurement of its own, which asks for its fit."""
    from tests.analysis.made import Line, assigned, spectrum_text, take_in
    from tests.measurements.inboxes import make_samples

    make_samples(lab, by)
    for start in range(0, count, 100):
        files = {
            f"NC-024-F2-FL1_PL_{index + 1:04d}.txt": spectrum_text(Line(energy_ev=1.85, seed=index))
            for index in range(start, min(start + 100, count))
        }
        assigned(take_in(lab, by, files), by)


def worked(workers: int) -> tuple[float, float]:
    """Let so many worker processes do what is queued; return how long it took and what the first grew by."""
    began = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", BURST], cwd=ROOT) for _ in range(workers)]
    sizes: list[float] = []
    watching = threading.Thread(target=watch, args=(running[0], sizes))
    watching.start()
    for one in running:
        if one.wait():
            raise RuntimeError("A worker failed.")
    watching.join()
    warm = sizes[int(len(sizes) * WARM_FRACTION)] if sizes else 0.0
    return time.perf_counter() - began, max(sizes, default=0.0) - warm


def watch(process: "subprocess.Popen[bytes]", sizes: list[float]) -> None:
    """Note a process's memory in MB until it ends."""
    status = Path(f"/proc/{process.pid}/statm")
    while process.poll() is None:
        try:
            sizes.append(int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
        except (OSError, IndexError):
            return
        time.sleep(0.1)


def forget_fits(lab: "Lab") -> None:
    """Take the fits away and ask for them again."""
    from analysis.models import Fit, FitInput, Result, ValueInForce
    from analysis.services.automatic import analyse_soon
    from labbook.journal import journal_of
    from measurements.models import Measurement

    ValueInForce.objects.filter(lab=lab).delete()
    Result.objects.filter(fit__lab=lab).delete()
    FitInput.objects.filter(fit__lab=lab).delete()
    Fit.objects.filter(lab=lab).delete()
    with journal_of(lab, by=None) as journal:
        analyse_soon(journal, list(Measurement.objects.filter(lab=lab).select_related("lab", "rung", "project")))
