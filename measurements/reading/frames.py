"""Objects between two processes: a pickle with its arrays beside it, every part preceded by its length."""

import copyreg
import io
import os
import pickle
import select
import struct
import time
from types import MappingProxyType
from typing import Any

CHUNK_BYTES = 1024 * 1024
OWN_MODULES = ("measurements.readers.", "measurements.reading.")
# What the child is asked for comes from this program alone; figures and fits are made of more than readings are.
ASKED_MODULES = (*OWN_MODULES, "measurements.curves.", "measurements.axes.", "analysis.")
BUILDING_BLOCKS = {
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
    ("datetime", "datetime"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
}
COUNT = struct.Struct("<Q")


def proxied(mapping: dict[Any, Any]) -> "MappingProxyType[Any, Any]":
    """Return a mapping that nobody can change."""
    return MappingProxyType(mapping)


def unproxied(proxy: "MappingProxyType[Any, Any]") -> tuple[Any, ...]:
    """Return how a read-only mapping is built again, which pickle does not know."""
    return proxied, (dict(proxy),)


copyreg.pickle(MappingProxyType, unproxied)


class Opened(pickle.Unpickler):
    """Builds only what requests and readings are made of, whatever a hostile file made of the other process."""

    modules: tuple[str, ...] = OWN_MODULES

    def find_class(self, module: str, name: str) -> Any:
        if "." not in name and (module.startswith(self.modules) or (module, name) in BUILDING_BLOCKS):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading")


def send(descriptor: int, thing: Any) -> None:
    """Write an object; its arrays go as they lie in memory, without a copy."""
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(thing, protocol=5, buffer_callback=buffers.append)
    parts = [memoryview(body), *(buffer.raw() for buffer in buffers)]
    lengths = [COUNT.pack(len(parts)), *(COUNT.pack(part.nbytes) for part in parts)]
    for part in (memoryview(b"".join(lengths)), *parts):
        write_all(descriptor, part)


def write_all(descriptor: int, part: memoryview) -> None:
    """Write all bytes of a part; a pipe takes only so many at once."""
    written = 0
    while written < part.nbytes:
        written += os.write(descriptor, part[written : written + CHUNK_BYTES])


def receive(descriptor: int, *, until: float | None = None, modules: tuple[str, ...] = OWN_MODULES) -> Any:
    """Return the next object; `until` is a moment of the monotonic clock, `modules` what it may be made of.

    Raises EOFError when the other end is gone, and TimeoutError.
    """
    count = COUNT.unpack(read_exactly(descriptor, COUNT.size, until))[0]
    lengths = [COUNT.unpack(read_exactly(descriptor, COUNT.size, until))[0] for _ in range(count)]
    body, *buffers = (memoryview(read_exactly(descriptor, length, until)).toreadonly() for length in lengths)
    opened = Opened(io.BytesIO(body), buffers=buffers)
    opened.modules = modules
    return opened.load()


def read_exactly(descriptor: int, length: int, until: float | None) -> bytearray:
    """Return so many bytes, however many pieces they arrive in."""
    content = bytearray(length)
    view, have = memoryview(content), 0
    while have < length:
        wait_for(descriptor, until)
        got = os.readv(descriptor, [view[have : have + CHUNK_BYTES]])
        if not got:
            raise EOFError("the other end of the pipe is closed")
        have += got
    return content


def wait_for(descriptor: int, until: float | None) -> None:
    """Return when there is something to read; poll, unlike select, knows descriptors above 1,023."""
    if until is None:
        return
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TimeoutError
