"""Points made of the columns of a table: which column is x, which is y, and which are their errors."""

from typing import TYPE_CHECKING

import numpy as np

from analysis.methods.contract import Points
from analysis.methods.units import WORD_BREAKS, axis_unit
from analysis.physics.pressure.units import GPA_PER
from analysis.physics.refusing import CannotAnalyse

if TYPE_CHECKING:
    from analysis.physics.fitting.problem import Floats
    from measurements.readers.recording import Axis, Channel, Recording

ERROR_WORDS = frozenset({"stderr", "error", "err", "se", "sigma", "σ", "sd", "std", "uncertainty", "±", "unc"})
# Units that are told apart only by how large they are: an error in another one than its value is a slip.
FAMILIES = (frozenset({"eV", "meV"}), frozenset({"ns", "ps", "µs", "s"}), frozenset(GPA_PER))
INDICES = ("h", "k", "l")


def points_of_table(recording: "Recording", otherwise: str) -> Points:
    """Return the points of a table: x, y, and where there are more columns the errors of y and of x.

    Columns named as errors are errors wherever they stand, else the order decides. Raises CannotAnalyse, which begins
    with `otherwise`, when there is no column of values beside x.
    """
    channels = [channel for channel in recording.channels if channel.values.ndim == 1]
    if not channels:
        raise CannotAnalyse(f"{otherwise}: no column stands beside x; give x and y.")
    x = channels[0].axes[-1]
    labels = labels_of(x, channels)
    values = [one for one in channels if not is_error(one.name) and one.name.lower() not in INDICES]
    if not values:
        raise CannotAnalyse(f"{otherwise}: beside {x.name} there are only errors; give the values too.")
    y, *others = values
    y_error, x_error = errors_among([one for one in channels if is_error(one.name)], others, x.name)
    return Points(
        x=x.values.astype(float), x_stderr=column(x_error, x.name, x.unit, len(x.values)),
        x_unit=axis_unit(x.unit, x.name), y=y.values.astype(float),
        y_stderr=column(y_error, y.name, y.unit, len(x.values)), y_unit=axis_unit(y.unit, y.name), labels=labels,
    )  # fmt: skip


def is_error(name: str) -> bool:
    """Say whether a column is named as an error."""
    return not ERROR_WORDS.isdisjoint(words_of(name))


def words_of(name: str) -> list[str]:
    """Return the words of a column's name."""
    return name.translate(WORD_BREAKS).lower().split()


def errors_among(
    named: "list[Channel]", others: "list[Channel]", x_name: str
) -> "tuple[Channel | None, Channel | None]":
    """Return the columns of the errors of y and of x; one that shares the first word of x is that of x."""
    if not named:
        return (*others[:2], None, None)[0], (*others[:2], None, None)[1]
    first = words_of(x_name)[:1]
    of_x = [one for one in named if first and words_of(one.name)[:1] == first]
    of_y = [one for one in named if one not in of_x]
    return (*of_y, None)[0], (*of_x, *of_y[1:], None)[0]


def column(error: "Channel | None", name: str, unit: str, count: int) -> "Floats":
    """Return errors, shape (n,); raises CannotAnalyse when they are in another unit than what they are of."""
    if error is None:
        return np.full(count, np.nan)
    mine, its = axis_unit(error.unit, error.name), axis_unit(unit, name)
    if mine != its and any({mine, its} <= family for family in FAMILIES):
        raise CannotAnalyse(f"“{name}” is in {its} and its error “{error.name}” in {mine}; give both in one unit.")
    return np.asarray(error.values.astype(float))


def labels_of(x: "Axis", channels: "list[Channel]") -> tuple[str, ...]:
    """Return the indices of each line as its label where the table has them: as hkl, or as h, k and l."""
    if x.name.lower() == "hkl":
        return tuple(f"{int(one):03d}" for one in x.values)
    by_name = {x.name.lower(): x.values} | {one.name.lower(): one.values for one in channels}
    if not set(INDICES) <= set(by_name):
        return ()
    rows = zip(*(by_name[name] for name in INDICES), strict=True)
    return tuple(" ".join(str(int(one)) for one in row) for row in rows)
