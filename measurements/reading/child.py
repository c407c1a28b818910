"""The process beside the web process: answers one request after another until nobody asks any more."""

import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from measurements.reading.frames import ASKED_MODULES, receive, send
from measurements.reading.request import Asked

READY = "ready"


def main() -> None:
    """Serve the two descriptors that the parent named; each request may take so many bytes more."""
    requests, replies, spare_bytes = (int(word) for word in sys.argv[1:4])
    # Ctrl+C in a terminal reaches every process of it; the parent decides what becomes of this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A crash is answered for by the parent; a core dump of each would only fill the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Loaded before the first limit, so that what every reading needs is not the first file's.
    import_module("measurements.readers.reading")
    base_bytes = address_space_bytes()
    send(replies, READY)
    while True:
        try:
            request = receive(requests, modules=ASKED_MODULES)
        except EOFError:
            return
        serve(request, replies, base_bytes, spare_bytes)


def serve(request: Asked, replies: int, base_bytes: int, spare_bytes: int) -> None:
    """Send what became of a request, and whether the process has grown so much that another should follow it."""
    now_bytes = address_space_bytes()
    if now_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (now_bytes + spare_bytes, resource.RLIM_INFINITY))
    try:
        found: Any = request.answer()
        send(replies, (found, address_space_bytes() - base_bytes > spare_bytes // 2))
    except MemoryError:
        send(replies, (request.failed("needs more memory than a file may take"), True))


def address_space_bytes() -> int:
    """Return how much address space the process has now; 0 where the system does not tell."""
    statistics = Path("/proc/self/statm")
    return int(statistics.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE") if statistics.exists() else 0


if __name__ == "__main__":
    main()
