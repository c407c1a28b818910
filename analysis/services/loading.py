"""Loading the numbers of an assembly: from the array store into what a method works on."""

from collections import defaultdict
from types import MappingProxyType
from typing import Any

from analysis.methods.contract import Signal, Work
from analysis.methods.units import axis_unit
from analysis.services.given import Assembly, Given
from measurements.curves.loading import Loaded, load
from measurements.models import Curve


def work_of(assembly: Assembly) -> Work:
    """Return the work of an assembly with its arrays; raises FileNotFoundError when the store has lost one."""
    signals: dict[str, list[Signal]] = defaultdict(list)
    for one in assembly.given:
        if one.curve is not None:
            signals[one.role].append(signal_of(one))
    told = {role: tuple(several) for role, several in signals.items()}
    return Work(told, assembly.points, assembly.settings, assembly.seed)


def signal_of(given: Given) -> Signal:
    """Return one input with its numbers, and the other channels of its recording beside it."""
    if given.curve is None:
        raise ValueError(f"{given.role} is no curve")
    technique = given.measurement.technique if given.measurement else ""
    others = tuple(channel_of(one, given.row, technique, {}) for one in given.others)
    return channel_of(given.curve, given.row, technique, dict(given.settings), others, given.said)


def channel_of(
    curve: Curve, row: int | None, technique: str, settings: dict[str, Any], others: tuple[Signal, ...] = (),
    label: str = "",
) -> Signal:  # fmt: skip
    """Return one channel of a recording as methods see it; of several rows the one that was measured."""
    loaded = load(curve.store_key)
    is_map = loaded.values.ndim == 2
    values, rows = loaded.values, loaded.axes[0] if is_map else None
    if is_map and row is not None:
        values, rows = loaded.values[row], None
    return Signal(
        values=values.astype(float), unit=curve.unit, x=x_of(loaded),
        x_unit=axis_unit(loaded.x.unit, loaded.x.name), x_name=loaded.x.name,
        rows=None if rows is None else rows.values, rows_unit="" if rows is None else axis_unit(rows.unit, rows.name),
        rows_name="" if rows is None else rows.name, name=curve.name, role=curve.role, technique=technique,
        label=label, settings=MappingProxyType(settings), others=others, sha256=curve.store_key,
    )  # fmt: skip


def x_of(loaded: Loaded) -> Any:
    """Return the values along x."""
    return loaded.x.values
