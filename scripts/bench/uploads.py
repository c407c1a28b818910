"""Files into a running notebook: two hundred at once, one of a gigabyte, and what that does to everybody's pages."""

import hashlib
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.bench.corpus import mixed_files
from scripts.bench.figure import Figure
from scripts.bench.visitor import Visitor, blocks
from tests.browser.notebook import Notebook, running_notebook

FILES, FILES_BESIDE = 200, 60
AT_ONCE = 3
LARGE_BYTES = 1024**3
MOST_GROWTH_MB = 50.0
MOST_TABLE_S = 3.0
# A page that is asked for while files are read must be there within this.
MOST_PAGE_S = 1.0


def figures() -> Iterator[Figure]:
    """Yield what uploads cost."""
    with tempfile.TemporaryDirectory(prefix="labbook-bench-") as folder, running_notebook(Path(folder)) as notebook:
        visitor = Visitor.signed_in(notebook.address, notebook.sign_in_link)
        yield from many(visitor, Path(folder))
        yield from beside(visitor)
        yield from large(visitor, notebook, Path(folder))


def batch_of(visitor: Visitor) -> str:
    """Open a batch and return its id."""
    answer = visitor.ask("POST", "/inbox/new", b"", {"Content-Type": "application/x-www-form-urlencoded"})
    if answer.status != 201:
        raise RuntimeError(f"No batch was opened: {answer.status}")
    return str(json.loads(answer.body)["batch"])


def many(visitor: Visitor, folder: Path) -> Iterator[Figure]:
    """Send two hundred mixed files, three at a time, and open their match table."""
    files = list(mixed_files(FILES))
    floor_s = disk_floor(folder, [content for _, content in files])
    batch = batch_of(visitor)
    sent_s = send_all(visitor, batch, files)
    what = f"{FILES} mixed files uploaded, read and stored"
    yield Figure(what, sent_s, "s", "writing them to disk", sent_s / floor_s)
    shown = visitor.ask("GET", f"/inbox/{batch}")
    if shown.status != 200:
        raise RuntimeError(f"The match table answers {shown.status}.")
    yield Figure(f"match table of {FILES} files", shown.seconds, "s", "", most=MOST_TABLE_S)


def beside(visitor: Visitor) -> Iterator[Figure]:
    """Read another page again and again while files are sent and read."""
    files = list(mixed_files(FILES_BESIDE))
    quiet_s = sorted(visitor.ask("GET", "/samples/").seconds for _ in range(20))
    is_over = threading.Event()
    busy_s: list[float] = []
    looking = threading.Thread(target=look, args=(visitor, is_over, busy_s))
    looking.start()
    send_all(visitor, batch_of(visitor), files)
    is_over.set()
    looking.join()
    middle, slow = quiet_s[len(quiet_s) // 2], sorted(busy_s)[int(len(busy_s) * 0.95)]
    what = "page while files are read, 95th percentile"
    yield Figure(what, slow, "s", "the same page alone", slow / middle, MOST_PAGE_S)


def send_all(visitor: Visitor, batch: str, files: list[tuple[str, bytes]]) -> float:
    """Send files three at a time and return how long it took."""
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as senders:
        statuses = set(senders.map(lambda one: visitor.send(batch, *one).status, files))
    if statuses != {201}:
        raise RuntimeError(f"Not every file arrived: {sorted(statuses)}.")
    return time.perf_counter() - started


def look(visitor: Visitor, is_over: threading.Event, taken_s: list[float]) -> None:
    """Read a page again and again and note how long it takes."""
    while not is_over.is_set():
        taken_s.append(visitor.ask("GET", "/samples/").seconds)


def large(visitor: Visitor, notebook: Notebook, folder: Path) -> Iterator[Figure]:
    """Send one gigabyte and watch the memory of the web process."""
    floor_s = hash_floor(folder)
    process = web_process(notebook)
    before_mb = peak_mb(process)
    answer = visitor.send_large(batch_of(visitor), "frames.bin", LARGE_BYTES)
    if answer.status != 204:
        raise RuntimeError(f"The large file was not taken: {answer.status}")
    yield Figure("1 GB uploaded", answer.seconds, "s", "hashing and writing it", answer.seconds / floor_s)
    growth = peak_mb(process) - before_mb
    yield Figure("web process grown by 1 GB uploaded", growth, "MB", "", most=MOST_GROWTH_MB)


def disk_floor(folder: Path, contents: list[bytes]) -> float:
    """Return how long it takes to write files to the disk for good."""
    started = time.perf_counter()
    for number, content in enumerate(contents):
        with (folder / f"floor-{number}").open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return time.perf_counter() - started


def hash_floor(folder: Path) -> float:
    """Return how long it takes to hash and write the large file without a network."""
    started, digest = time.perf_counter(), hashlib.sha256()
    path = folder / "floor"
    with path.open("wb") as file:
        for block in blocks(LARGE_BYTES):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    return time.perf_counter() - started


def web_process(notebook: Notebook) -> int:
    """Return the process that answers requests: the youngest gunicorn of this notebook."""
    port = notebook.address.rpartition(":")[2]
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if "gunicorn" in command and f":{port}" in command:
                found.append(int(entry.name))
    if not found:
        raise RuntimeError("The web process is not to be found.")
    return max(found)


def peak_mb(process: int) -> float:
    """Return the most memory a process ever held, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    held = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(held[1]) / 1024 if held else 0.0
