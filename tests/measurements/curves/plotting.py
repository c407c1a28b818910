"""Puts made-up curves into the store and makes traces of them, for the tests of plots."""

import hashlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from measurements.curves.recipe import TraceKey
from measurements.curves.trace import Trace
from measurements.storage.stores import array_key, store

X = np.linspace(600.0, 760.0, 161)


def line_at(place: float, height: float = 1000.0, x: Any = X) -> Any:
    """Return a Lorentzian of 12 nm half width on a ground of 10."""
    return 10 + height / (1 + ((x - place) / 12) ** 2)


def stored(values: Any, *axes: tuple[str, str, Any]) -> str:
    """Put values over their axes into the store as a reading does and return their key."""
    written = io.BytesIO()
    arrays: dict[str, Any] = {f"axis_{index}": axis[2] for index, axis in enumerate(axes)}
    names = np.array(json.dumps([axis[:2] for axis in axes]))
    np.savez(written, values=np.asarray(values), axes=names, **arrays)
    key = hashlib.sha256(written.getvalue()).hexdigest()
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(written.getvalue())
    store().put(array_key(key), Path(file.name))
    Path(file.name).unlink(missing_ok=True)
    return key


def trace(place: float = 680.0, number: int = 1, **facts: Any) -> Trace:
    """Return the trace of a stored emission line."""
    key = stored(line_at(place), ("wavelength", "nm", X))
    known: dict[str, Any] = {
        "key": TraceKey(number), "store_key": key, "label": f"line {number}", "name": "intensity", "unit": "counts",
        "technique": "PL", "x_unit": "nm", "sample_code": f"NC-{number:03d}-F1", "file_name": f"{number}.txt",
    }  # fmt: skip
    return Trace(**{**known, **facts})


def streak(number: int = 9, **facts: Any) -> Trace:
    """Return the trace of a small streak image: 8 times of 1 ns, 5 wavelengths of 10 nm, counts row · 10 + column."""
    values = np.arange(8)[:, None] * 10 + np.arange(5)[None, :]
    key = stored(values, ("time", "ns", np.arange(8.0)), ("wavelength", "nm", 640 + 10 * np.arange(5.0)))
    return trace(number=number, store_key=key, technique="TRPL", **facts)
