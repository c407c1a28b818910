"""The numbers of a fit as its page shows them: results, parameters, correlations and compared models."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.models import Fit, Result
from analysis.publishing.rounding import Number, Printed, as_it_stands, printed
from analysis.publishing.symbols import unit_text
from analysis.quantities import QUANTITIES

# Beyond this the data hardly tell two parameters apart.
STRONG = 0.95
OPEN_LOW, OPEN_HIGH = "−∞", "∞"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One number that a fit tells."""

    name: str
    label: str
    symbol: str
    unit: str
    printed: Printed
    # The 68.3 % interval, where it is not value ± error.
    interval: str
    note: str
    is_in_force: bool
    has_value: bool = True
    # Whether samples have one value of it in force.
    counts_for_samples: bool = False


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter of a fit, with what it began with and where it may go."""

    name: str
    unit: str
    printed: Printed
    start: str
    lower: str
    upper: str
    is_fixed: bool
    is_at_bound: bool


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two parameters move together."""

    shown: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class CorrelationRow:
    """The correlations of one parameter with all of them."""

    name: str
    cells: list[Correlation]


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """A compared model, with how far its AICc lies above the best."""

    name: str
    free_count: int
    objective: str
    aic: str
    aicc: str
    bic: str
    above_best: str
    is_chosen: bool
    note: str


def result_rows(results: Iterable[Result], in_force: Iterable[int] = ()) -> list[ResultRow]:
    """Return the results of a fit; `in_force` are the ids of those that count for their sample."""
    counting = set(in_force)
    return [result_row(one, is_in_force=one.pk in counting) for one in results]


def result_row(result: Result, *, is_in_force: bool = False) -> ResultRow:
    """Return one result with its name as a person reads it."""
    known = QUANTITIES.get(result.name)
    return ResultRow(
        name=result.name,
        label=known.label if known else result.name.replace("_", " "),
        symbol=known.symbol if known else "",
        unit=unit_text(result.unit),
        printed=printed(number_of(result)),
        interval=interval_of(result),
        note=result.note,
        is_in_force=is_in_force,
        has_value=result.value is not None,
        counts_for_samples=known is not None and known.is_in_force,
    )


def number_of(result: Result) -> Number:
    """Return a result as a number that can be rounded."""
    return Number(result.value, result.stderr, result.low, result.high)


def interval_of(result: Result) -> str:
    """Return the ends of an interval with the digits of its value; an open end is said."""
    if result.value is None or (result.low is None and result.high is None):
        return ""
    ends = [one for one in (result.low, result.high) if one is not None]
    width = max(ends) - min([*ends, result.value]) if len(ends) < 2 else ends[1] - ends[0]
    shown = [str(printed(Number(one, abs(width) / 2 or None)).value) for one in ends]
    low = shown.pop(0) if result.low is not None else OPEN_LOW
    high = shown.pop(0) if result.high is not None else OPEN_HIGH
    return f"{low} … {high}"


def parameter_rows(fit: Fit) -> list[ParameterRow]:
    """Return the parameters of a fit."""
    at_bound = {one.strip() for one in str(fit.statistics.get("at_bound") or "").split(",")}
    return [parameter_row(one, at_bound) for one in fit.parameters]


def parameter_row(told: Mapping[str, Any], at_bound: set[str]) -> ParameterRow:
    """Return one parameter as its fit kept it."""
    stderr = None if told["is_fixed"] else told["stderr"]
    return ParameterRow(
        name=told["name"],
        unit=unit_text(told["unit"]),
        printed=printed(Number(told["value"], stderr)),
        start=shortly(told["start"]),
        lower=OPEN_LOW if told["lower"] is None else shortly(told["lower"]),
        upper=OPEN_HIGH if told["upper"] is None else shortly(told["upper"]),
        is_fixed=told["is_fixed"],
        is_at_bound=told["name"] in at_bound,
    )


def shortly(value: float | None) -> str:
    """Return a number with four digits at most."""
    return "" if value is None else as_it_stands(float(f"{value:.4g}"))


def correlation_rows(fit: Fit) -> list[CorrelationRow]:
    """Return how the free parameters of a fit move together; nothing for a single one."""
    free = [
        index
        for index, one in enumerate(fit.parameters)
        if not one["is_fixed"] and index < len(fit.covariance) and (fit.covariance[index][index] or 0) > 0
    ]
    if len(free) < 2:
        return []
    return [
        CorrelationRow(fit.parameters[row]["name"], [correlation(fit.covariance, row, column) for column in free])
        for row in free
    ]


def correlation(covariance: Sequence[Sequence[float | None]], row: int, column: int) -> Correlation:
    """Return the correlation of two parameters."""
    both, own, other = covariance[row][column], covariance[row][row], covariance[column][column]
    if both is None or not own or not other:
        return Correlation("–", is_strong=False)
    value = both / math.sqrt(own * other)
    return Correlation(f"{value:.2f}".replace("-", "−"), is_strong=row != column and abs(value) > STRONG)


def alternative_rows(fit: Fit) -> list[AlternativeRow]:
    """Return the models that were compared, the best first."""
    known = [one["aicc"] for one in fit.alternatives if one["aicc"] is not None]
    best = min(known, default=None)
    ordered = sorted(fit.alternatives, key=lambda one: math.inf if one["aicc"] is None else one["aicc"])
    return [alternative_row(one, best) for one in ordered]


def alternative_row(told: Mapping[str, Any], best: float | None) -> AlternativeRow:
    """Return one compared model."""
    aicc = told["aicc"]
    return AlternativeRow(
        name=told["name"],
        free_count=told["free_count"],
        objective=fixed(told["objective"]),
        aic=fixed(told["aic"]),
        aicc=fixed(aicc),
        bic=fixed(told["bic"]),
        above_best="" if best is None or aicc is None else fixed(aicc - best),
        is_chosen=told["is_chosen"],
        note=told["note"],
    )


def fixed(value: float | None) -> str:
    """Return a criterion with one decimal."""
    return "–" if value is None else f"{value:.1f}".replace("-", "−")
