"""Does the jobs that wait: reading raw files, large imports and other long work."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from labbook.jobs.stopping import STOP
from labbook.jobs.worker import Worker


class Command(BaseCommand):
    """`manage.py worker [--burst] [--interval SECONDS]`."""

    help = "Do jobs until told to stop; on PostgreSQL as many workers as wanted, on as many machines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--burst", action="store_true", help="do what waits, then end")
        parser.add_argument("--interval", type=float, default=0.3, help="how often to look for work, in seconds")

    def handle(self, *_args: Any, burst: bool, interval: float, **_options: Any) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)
        worker = Worker(interval_s=min(max(interval, 0.05), 10))
        if burst:
            self.stdout.write(f"{worker.burst()} done")
        else:
            worker.run()


def stop(_number: int, _frame: object) -> None:
    """Let the running job stop at its next report and go back into the queue, then end."""
    STOP.is_asked = True
