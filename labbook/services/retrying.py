"""Doing a transaction again that the database broke off because two of them waited for each other."""

import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

Answer = TypeVar("Answer")
# What PostgreSQL calls a deadlock and a serialization failure.
BROKEN_OFF = {"40P01", "40001"}
MOST_TRIES = 5


def again_after_deadlock(write: Callable[[], Answer]) -> Answer:
    """Run a write that opens its own transaction, and run it again when the database chose it to give way.

    Inside a transaction it runs once: only the outermost one can begin anew.
    """
    for attempt in range(MOST_TRIES - 1):
        try:
            return write()
        except OperationalError as error:
            if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", "") not in BROKEN_OFF:
                raise
        time.sleep(secrets.SystemRandom().uniform(0.01, 0.05) * 2**attempt)
    return write()
