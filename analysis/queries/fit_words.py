"""What a fit's statistics mean, in words a person reads beside its curve."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from measurements.queries.measurements_conditions import ENDINGS

DIGITS = 4
# Statistic → what it is called; those that are not named here are choices of the method.
NAMES = {
    "weighting": "Weighting",
    "n": "Points",
    "free_count": "Free parameters",
    "dof": "Degrees of freedom",
    "objective": "Objective",
    "reduced": "Per degree of freedom",
    "p": "Chance of as large a one",
    "is_converged": "Converged",
    "covariance": "Standard errors",
    "scale_factor": "Errors would grow",
    "aic": "AIC",
    "aicc": "AICc",
    "bic": "BIC",
    "durbin_watson": "Durbin–Watson",
    "runs_p": "Runs test",
    "lag_1_correlation": "Correlation of neighbours",
    "condition": "Condition of the curvature",
    "at_bound": "On a bound",
    "start_count": "Starts tried",
    "seed": "Seed",
}
# Told with another statistic, or inside its words.
WITHIN = {"likelihood", "objective_name", "reason"}
COVARIANCE = {
    "scaled": "scaled by the scatter of the residuals",
    "not scaled": "as the likelihood gives them, not scaled",
}
# A run of residuals on one side this unlikely means that the model misses something.
UNLIKELY_P = 0.01


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a list of facts."""

    label: str
    shown: str


def statistics_told(statistics: Mapping[str, Any]) -> list[Told]:
    """Return how well a fit fits, in the order in which a person asks."""
    return [
        Told(objective_label(statistics) if name == "objective" else label, shown)
        for name, label in NAMES.items()
        if statistics.get(name) not in (None, "") and (shown := words_of(name, statistics))
    ]


def choices_told(statistics: Mapping[str, Any]) -> list[Told]:
    """Return what the method chose by itself: ranges, windows, media, and everything else it said."""
    return list(lines_of({key: value for key, value in statistics.items() if key not in NAMES and key not in WITHIN}))


def lines_of(told: Mapping[str, Any]) -> Iterator[Told]:
    """Yield named values with the unit that their name ends in; what is empty is left out."""
    for name in sorted(told):
        value = told[name]
        if value not in (None, "", [], {}):
            label, unit = named(name)
            yield Told(label, shown(value, unit))


def named(name: str) -> tuple[str, str]:
    """Return a name in words, and the unit that its last word is."""
    words = name.split("_")
    unit = ENDINGS.get(words[-1], "") if len(words) > 1 else ""
    kept = words[:-1] if unit else words
    text = " ".join(kept)
    return text[:1].upper() + text[1:], unit


def shown(value: Any, unit: str = "") -> str:
    """Return a value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{number(value)} {unit}".strip()
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return f"{value} {unit}".strip()


def number(value: float) -> str:
    """Return a number with four digits and a true minus; large and tiny ones by a power of ten."""
    text = f"{value:.{DIGITS}g}" if not isinstance(value, int) else str(value)
    return text.replace("-", "−")


def objective_label(statistics: Mapping[str, Any]) -> str:
    """Return what is made small: deviance, χ² or the sum of squares."""
    name = str(statistics.get("objective_name") or "Objective")
    return name[:1].upper() + name[1:]


def words_of(name: str, statistics: Mapping[str, Any]) -> str:
    """Return one statistic in words."""
    value = statistics[name]
    if name == "is_converged":
        reason = statistics.get("reason") or ""
        return f"{'yes' if value else 'no'}{f': {reason}' if reason else ''}"
    if name == "covariance":
        return COVARIANCE.get(str(value), str(value))
    if name == "scale_factor":
        return f"{number(value)} times if the scatter were scaled in; they are not" if value > 1 else ""
    if name == "runs_p":
        verdict = "the residuals have structure" if value < UNLIKELY_P else "no structure seen"
        return f"p = {number(value)}, {verdict}"
    if name == "durbin_watson":
        return f"{number(value)} (2 = neighbours independent)"
    return shown(value)
