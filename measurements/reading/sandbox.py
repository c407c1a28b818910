"""Reads files in a child process that is stopped when it takes too long, grows too large or breaks."""

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measurements.reading.frames import OWN_MODULES, receive, send
from measurements.reading.packing import PackedReading
from measurements.reading.request import Asked, Request

if TYPE_CHECKING:
    from measurements.readers.plain_table import ColumnChoice, Layout
    from measurements.readers.reading import Reading

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 10.0
# A process that has just been started imports first; that time is not the file's.
START_SECONDS = 60.0
SPARE_BYTES = 500 * 1024 * 1024
# One thread computes: more would only reserve address space that counts against the file.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

# Those to end with this process, and to forget in a fork of it.
LIVING: "weakref.WeakSet[ReaderProcess]" = weakref.WeakSet()


@dataclass(slots=True)
class Child:
    """A running reading process and the two pipes to it."""

    process: "subprocess.Popen[bytes]"
    requests: int
    replies: int

    @classmethod
    def started(cls, spare_bytes: int) -> "Child":
        """Start a process and return it when it is ready; its own output goes nowhere, the pipes are apart."""
        its_requests, requests = os.pipe()
        replies, its_replies = os.pipe()
        interpreter = [sys.executable, *(["-B"] if sys.dont_write_bytecode else [])]
        arguments = [str(its_requests), str(its_replies), str(spare_bytes)]
        process = subprocess.Popen(
            [*interpreter, "-m", "measurements.reading.child", *arguments],
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(its_requests, its_replies),
        )
        os.close(its_requests)
        os.close(its_replies)
        child = cls(process, requests, replies)
        try:
            receive(replies, until=time.monotonic() + START_SECONDS)
        except (EOFError, TimeoutError) as error:
            child.end()
            raise RuntimeError("The reading process does not start") from error
        return child

    def end(self) -> int:
        """Stop the process for good and return how it ended."""
        self.let_go()
        self.process.kill()
        return self.process.wait()

    def let_go(self) -> None:
        """Close this side of the pipes."""
        os.close(self.requests)
        os.close(self.replies)


class ReaderProcess:
    """Reads files one at a time in a child process, which starts with the first file and again when it was stopped.

    `modules` are what its answers may be made of.
    """

    def __init__(self, *, spare_bytes: int = SPARE_BYTES, modules: tuple[str, ...] = OWN_MODULES) -> None:
        self._spare_bytes = spare_bytes
        self._modules = modules
        self._lock = threading.Lock()
        self._child: Child | None = None
        LIVING.add(self)

    def read(
        self,
        path: Path,
        *,
        name: str = "",
        reader_key: str | None = None,
        choice: "ColumnChoice | None" = None,
        seconds: float = MOST_SECONDS,
    ) -> "Reading":
        """Return a file's reading; one that takes too long, too much memory or its process down is refused."""
        request = Request(str(path.absolute()), name or path.name, reader_key, choice)
        reading: Reading = self.answered(request, seconds)
        return reading

    def layout(self, path: Path, *, name: str = "", seconds: float = MOST_SECONDS) -> "Layout | Reading":
        """Return the columns of a table, or the refused reading of a file that has none."""
        request = Request(str(path.absolute()), name or path.name, wants_layout=True)
        found: Layout | Reading = self.answered(request, seconds)
        return found

    def pack(
        self,
        path: Path,
        folder: Path,
        *,
        name: str = "",
        reader_key: str | None = None,
        choice: "ColumnChoice | None" = None,
        seconds: float = MOST_SECONDS,
    ) -> PackedReading:
        """Return a file's reading whose arrays the child process has written into a folder; see `read`."""
        request = Request(str(path.absolute()), name or path.name, reader_key, choice, pack_into=str(folder.absolute()))
        found = self.answered(request, seconds)
        if isinstance(found, PackedReading):
            return found
        return PackedReading("", 0, found.refused or "", found.candidates, ())

    def close(self) -> None:
        """End the child process; the next file starts another."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """Leave the child to the process that was forked, and begin anew in this one."""
        self._lock = threading.Lock()
        if self._child is not None:
            self._child.let_go()
            # It is another process's child: nobody here can or need wait for it.
            self._child.process.returncode = 0
            self._child = None

    def answered(self, request: Asked, seconds: float) -> Any:
        """Return the child's answer to a request; one that takes too long or its process down is failed."""
        with self._lock:
            child = self._running()
            try:
                send(child.requests, request)
                until = time.monotonic() + seconds
                found, is_spent = receive(child.replies, until=until, modules=self._modules)
            except TimeoutError:
                self._stop()
                return request.failed(f"took longer than {seconds:g} s")
            except (EOFError, BrokenPipeError):
                return request.failed(f"ended the reading process: {ending(self._stop())}")
            if is_spent:
                self._stop()
            return found

    def _running(self) -> Child:
        # A process that ended while nobody read, for want of memory elsewhere, is no fault of the next file.
        if self._child is not None and self._child.process.poll() is not None:
            self._stop()
        if self._child is None:
            self._child = Child.started(self._spare_bytes)
        return self._child

    def _stop(self) -> int:
        status, self._child = self._child.end() if self._child else 0, None
        return status


SHARED = ReaderProcess()


def read_file(
    path: Path,
    *,
    name: str = "",
    reader_key: str | None = None,
    choice: "ColumnChoice | None" = None,
    seconds: float = MOST_SECONDS,
) -> "Reading":
    """Return a file's reading from the one reading process of this process."""
    return SHARED.read(path, name=name, reader_key=reader_key, choice=choice, seconds=seconds)


def pack_file(
    path: Path,
    folder: Path,
    *,
    name: str = "",
    reader_key: str | None = None,
    choice: "ColumnChoice | None" = None,
    seconds: float = MOST_SECONDS,
) -> PackedReading:
    """Return a file's reading with its arrays written into a folder, so that they never pass through this process."""
    return SHARED.pack(path, folder, name=name, reader_key=reader_key, choice=choice, seconds=seconds)


def layout_of_file(path: Path, *, name: str = "", seconds: float = MOST_SECONDS) -> "Layout | Reading":
    """Return the columns of a table for a person to choose from, or the refused reading of a file without."""
    return SHARED.layout(path, name=name, seconds=seconds)


def ending(status: int) -> str:
    """Return how a process ended, in words."""
    return signal.Signals(-status).name if status < 0 else f"status {status}"


def close_all() -> None:
    """End every reading process of this process."""
    for one in list(LIVING):
        one.close()


def forget_all() -> None:
    """Leave every reading process to the parent of this fork."""
    for one in list(LIVING):
        one.forget()


atexit.register(close_all)
os.register_at_fork(after_in_child=forget_all)
