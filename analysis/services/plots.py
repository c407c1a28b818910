"""Plots of fits: their numbers in the array store under one key, what they are in the fit's row."""

import hashlib
import io
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.models import Fit
from measurements.storage.spool import spool_folder
from measurements.storage.stores import array_key, store

if TYPE_CHECKING:
    from analysis.methods.contract import Plot

ARRAYS = ("x", "observed", "stderr", "model", "model_x", "residuals", "picture", "rows")
WORDS = (
    "name", "title", "x_label", "x_unit", "y_label", "y_unit", "rows_label", "rows_unit", "drawn", "is_log", "marks",
    "bands",
)  # fmt: skip
# A decay has half a thousand points; a map is kept small enough to be drawn at once.
MOST_POINTS = 20_000


def keep_plots(plots: "Sequence[Plot]") -> tuple[str, list[dict[str, Any]]]:
    """Put the numbers of plots into the store; return their key and what the plots are. No plots, no key."""
    import numpy as np

    if not plots:
        return "", []
    arrays: dict[str, Any] = {}
    told = []
    for index, plot in enumerate(plots):
        words = {name: getattr(plot, name) for name in WORDS} | {"components": list(plot.components)}
        told.append(words)
        for name in ARRAYS:
            values = getattr(plot, name)
            if values is not None:
                arrays[f"{index}.{name}"] = thinner(np.asarray(values))
        for name, values in plot.components.items():
            arrays[f"{index}.component.{name}"] = thinner(np.asarray(values))
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return put(content.getvalue()), told


def thinner(values: Any) -> Any:
    """Return numbers as they are kept: a single precision is finer than any screen."""
    step = max(1, -(-values.shape[0] // MOST_POINTS)) if values.ndim == 1 else 1
    return values[::step].astype("float64" if values.size <= MOST_POINTS else "float32")


def put(content: bytes) -> str:
    """Put packed arrays into the store and return the hash they lie under."""
    digest = hashlib.sha256(content).hexdigest()
    with tempfile.NamedTemporaryFile(dir=spool_folder(), delete=False) as spooled:
        path = Path(spooled.name)
        try:
            spooled.write(content)
            spooled.close()
            store().put(array_key(digest), path)
        finally:
            path.unlink(missing_ok=True)
    return digest


@lru_cache(maxsize=64)
def _unpacked(key: str) -> dict[str, Any]:
    import numpy as np

    with store().open(array_key(key)) as stream, np.load(io.BytesIO(stream.read()), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def plots_of(key: str, told: Sequence[dict[str, Any]]) -> "list[Plot]":
    """Return the plots of a fit with their numbers; raises FileNotFoundError when the store has lost them."""
    from analysis.methods.contract import Plot

    arrays = _unpacked(key) if key else {}
    made = []
    for index, words in enumerate(told):
        numbers = {name: arrays.get(f"{index}.{name}") for name in ARRAYS}
        components = {name: arrays[f"{index}.component.{name}"] for name in words["components"]}
        fields: dict[str, Any] = {name: words[name] for name in WORDS if name not in {"marks", "bands"}} | numbers
        made.append(
            replace(
                Plot(**fields, components=components),
                marks=tuple((float(x), y, str(label)) for x, y, label in words["marks"]),
                bands=tuple((float(low), float(high), str(label)) for low, high, label in words["bands"]),
            )
        )
    return made


def first_plot(fit: Fit) -> "Plot | None":
    """Return the first plot of a fit that is a line; none where the store has lost it."""
    try:
        return next((one for one in plots_of(fit.plots_key, fit.plots) if one.picture is None), None)
    except FileNotFoundError:
        return None
