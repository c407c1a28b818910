"""Keeps the web server and one worker running beside each other, until either is told to stop."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from scripts.console import ROOT, say

# What a request or a job in its last transaction may take before it is cut off.
GRACE_S = 25
LOOK_EVERY_S = 0.2
# A worker that ends at once would be started again and again: each time it waits longer.
FIRST_PAUSE_S, LONGEST_PAUSE_S, STEADY_S = 1.0, 30.0, 60.0


@dataclass
class Kept:
    """A process that is started again whenever it ends."""

    command: Sequence[str]
    process: "subprocess.Popen[bytes]"
    started_at: float = field(default_factory=time.monotonic)
    pause_s: float = FIRST_PAUSE_S
    start_at: float | None = None

    def look(self) -> None:
        """Start it again when it ended and its pause is over."""
        now = time.monotonic()
        if self.process.poll() is None:
            return
        if self.start_at is None:
            is_steady = now - self.started_at > STEADY_S
            self.pause_s = FIRST_PAUSE_S if is_steady else min(2 * self.pause_s, LONGEST_PAUSE_S)
            self.start_at = now + self.pause_s
            say(f"The worker ended ({self.process.returncode}); it starts again in {self.pause_s:.0f} s.")
        elif now >= self.start_at:
            self.process, self.started_at, self.start_at = begin(self.command), now, None


@dataclass
class Stop:
    """Whether a signal asked to stop."""

    is_asked: bool = False

    def ask(self, _number: int, _frame: object) -> None:
        """Note it; the loop below looks at it."""
        self.is_asked = True


def keep_running(web: Sequence[str], worker: Sequence[str]) -> int:
    """Run both until the web server ends or a signal comes; return the exit code."""
    stop = Stop()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop.ask)
    server, kept = begin(web), Kept(worker, begin(worker))
    while not stop.is_asked and server.poll() is None:
        kept.look()
        time.sleep(LOOK_EVERY_S)
    end([server, kept.process])
    return 0 if stop.is_asked else server.returncode


def begin(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a program that does not outlive this one."""
    return subprocess.Popen([sys.executable, "-m", "scripts.bound", *command], cwd=ROOT)


def end(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Ask processes to end, wait, and end those that do not; a job that is cut off begins again later."""
    for one in processes:
        one.terminate()
    deadline = time.monotonic() + GRACE_S
    for one in processes:
        try:
            one.wait(timeout=max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()


def main() -> None:
    """Serve on the address given: one web process with threads, which is what SQLite wants, and one worker."""
    address, threads = sys.argv[1:]
    web = [
        *(sys.executable, "-m", "gunicorn", "labbook.wsgi", "--bind", address, "--log-level", "warning"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", threads, "--timeout", "60"),
    ]
    sys.exit(keep_running(web, [sys.executable, str(ROOT / "manage.py"), "worker"]))


if __name__ == "__main__":
    main()
