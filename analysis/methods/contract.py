"""What a method is, what it works on and what it answers; light enough for a page to read the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SettingValue = float | str | bool | None
# Where the settings of a signal keep what its reader warned of, such as a file that stops in the middle.
WARNING = "reader_warning"
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Takes(StrEnum):
    """What an input of a method is."""

    # A recording: a spectrum, a decay, a map, an image or a list of sizes.
    CURVE = "curve"
    # Values against a condition, from fits along a series or from a table: x ± σx, y ± σy.
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a method works on; several recordings of one role when `is_many`."""

    role: str
    label: str
    takes: Takes = Takes.CURVE
    is_needed: bool = True
    is_many: bool = False
    # For points: the quantity along y (a key of analysis.quantities) and what the series runs along.
    quantity: str = ""
    along: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """Something a person may state; without a default and `is_needed`, the method refuses until it is stated.

    `from_conditions` names keys of the recording's settings and the measurement's conditions that fill it.
    """

    name: str
    label: str
    unit: str = ""
    default: SettingValue = None
    lower: float = -inf
    upper: float = inf
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    is_switch: bool = False
    from_conditions: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """One row of the table of methods; `run` is the dotted name of a function from Work to Outcome."""

    name: str
    title: str
    # Techniques whose recordings it works on; empty for methods over values of other fits.
    techniques: tuple[str, ...]
    inputs: tuple[Input, ...]
    settings: tuple[Setting, ...]
    # Keys of analysis.quantities that it can tell.
    results: tuple[str, ...]
    version: int
    run: str
    # Runs by itself on a new measurement of its techniques.
    is_automatic: bool = False
    # Which ladder it belongs to when it works on points or on many rungs: "pressure", "temperature", "age".
    along: str = ""

    def setting(self, name: str) -> Setting:
        """Return one of its settings; raises KeyError."""
        for one in self.settings:
            if one.name == name:
                return one
        raise KeyError(name)


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """One channel as a method sees it: values over x, and for a map or an image over rows too.

    `values` has shape (n,) or (rows, n). `settings` holds what the file and the measurement state, names ending in
    the unit; `others` the other channels of the same recording.
    """

    values: "Floats"
    unit: str
    x: "Floats"
    x_unit: str
    x_name: str = ""
    rows: "Floats | None" = None
    rows_unit: str = ""
    rows_name: str = ""
    name: str = ""
    role: str = "signal"
    technique: str = ""
    label: str = ""
    settings: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    others: "tuple[Signal, ...]" = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Values against a condition, all of shape (n,); a standard error that is not known is NaN."""

    x: "Floats"
    x_stderr: "Floats"
    x_unit: str
    y: "Floats"
    y_stderr: "Floats"
    y_unit: str
    # Which way each was reached, which window it was seen in: free words, one per point, or empty.
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What a method is given: recordings and points by role, every setting of its row, and a seed."""

    signals: Mapping[str, tuple[Signal, ...]] = field(default_factory=lambda: NOTHING)
    points: Mapping[str, Points] = field(default_factory=lambda: NOTHING)
    settings: Mapping[str, SettingValue] = field(default_factory=lambda: NOTHING)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """One number a method tells, in the unit of its quantity; `value` is None when there is none, and `note` why.

    `low` and `high` bound the 68.3 % interval where it is not value ± stderr.
    """

    name: str
    value: float | None
    stderr: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to know before the numbers are used; a grave one keeps them out until a person accepts them."""

    code: str
    text: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class FitParameter:
    """A fitted parameter as the fit page shows and edits it."""

    name: str
    unit: str
    value: float
    stderr: float
    lower: float
    upper: float
    start: float
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """A model that was compared on the same data with the same weights."""

    name: str
    free_count: int
    objective: float
    aic: float
    aicc: float
    bic: float
    is_chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """What a fit looks like: data over x with model and residuals, components by name, and marks such as sticks.

    Maps and images give `picture`, shape (rows, n), with `rows`. Each mark is (x, height or None, label).
    """

    name: str
    title: str
    x_label: str
    x_unit: str
    y_label: str
    y_unit: str
    x: "Floats"
    observed: "Floats"
    stderr: "Floats | None" = None
    # Over `model_x` when the model is drawn finer than the data, else over x.
    model: "Floats | None" = None
    model_x: "Floats | None" = None
    residuals: "Floats | None" = None
    components: "Mapping[str, Floats]" = field(default_factory=lambda: NOTHING)
    marks: tuple[tuple[float, float | None, str], ...] = ()
    bands: tuple[tuple[float, float, str], ...] = ()
    picture: "Floats | None" = None
    rows: "Floats | None" = None
    rows_label: str = ""
    rows_unit: str = ""
    # "lines", "points", "bars" (a histogram; x are the left edges) or "sticks".
    drawn: str = "lines"
    is_log: bool = False


@dataclass(frozen=True, slots=True)
class ResultTable:
    """More rows than results: the lines of a pattern, the particles of an image; each row as long as `columns`."""

    name: str
    title: str
    # (label, unit) of each column.
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[float | str | None, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a method answers; a refused one has nothing but the reason, and perhaps plots of what was looked at."""

    results: tuple[Result, ...] = ()
    # Weighting, n, dof, deviance, converged, AIC, Durbin–Watson, choices made: short words, JSON values.
    statistics: Mapping[str, float | int | str | bool | None] = field(default_factory=lambda: NOTHING)
    flags: tuple[Flag, ...] = ()
    parameters: tuple[FitParameter, ...] = ()
    # Over `parameters`, as nested lists; empty when there is none.
    covariance: tuple[tuple[float, ...], ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    plots: tuple[Plot, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    refused: str = ""
    # The sentence a person reads first.
    says: str = ""
    seconds: float = field(default=0.0, compare=False)
