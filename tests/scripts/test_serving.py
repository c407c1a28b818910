"""The web server and the worker stop together, and a worker that dies is replaced."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.console import ROOT

PATIENCE_S = 30
# A process that writes its number down and sleeps.
SLEEPER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
KEEPER = """
import sys
from scripts import serving
serving.FIRST_PAUSE_S = 0.1
web, worker = ([sys.executable, "-c", sys.argv[1], path] for path in sys.argv[2:])
sys.exit(serving.keep_running(web, worker))
"""


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def numbers(path: Path) -> list[int]:
    """Return the processes that wrote themselves down, the latest last."""
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def is_alive(number: int) -> bool:
    """Say whether a process still runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Kept:
    """Two sleepers in the places of the web server and the worker, and what keeps them."""

    def __init__(self, folder: Path) -> None:
        self.web, self.worker = folder / "web", folder / "worker"
        command = [sys.executable, "-c", KEEPER, SLEEPER, str(self.web), str(self.worker)]
        self.keeper = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        until(lambda: bool(numbers(self.web) and numbers(self.worker)))

    def is_gone(self) -> bool:
        """Say whether nothing of it runs any more."""
        return not any(is_alive(one) for one in (*numbers(self.web), *numbers(self.worker)))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """A web server and a worker that run."""
    return Kept(tmp_path)


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_both_stop_together_on_a_signal(kept: Kept, name: signal.Signals) -> None:
    kept.keeper.send_signal(name)

    assert kept.keeper.wait(PATIENCE_S) == 0
    assert kept.is_gone()


def test_a_worker_that_dies_is_replaced(kept: Kept) -> None:
    os.kill(numbers(kept.worker)[0], signal.SIGKILL)

    until(lambda: len(numbers(kept.worker)) == 2)

    assert numbers(kept.web)[0] != numbers(kept.worker)[1]
    assert is_alive(numbers(kept.web)[0])
    kept.keeper.terminate()
    kept.keeper.wait(PATIENCE_S)
    assert kept.is_gone()


def test_when_the_web_server_ends_the_worker_does_too(kept: Kept) -> None:
    os.kill(numbers(kept.web)[0], signal.SIGKILL)

    assert kept.keeper.wait(PATIENCE_S) != 0
    assert kept.is_gone()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_nothing_is_left_when_their_keeper_is_killed(kept: Kept) -> None:
    kept.keeper.kill()
    kept.keeper.wait(PATIENCE_S)

    until(kept.is_gone)
