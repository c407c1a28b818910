"""Radiative and non-radiative rates from a quantum yield and a lifetime that a person or other fits state."""

from math import sqrt

from analysis.methods.contract import Flag, Outcome, Result, SettingValue, Work
from analysis.methods.stating import number, word
from analysis.physics.quantum_yield import Spread
from analysis.physics.rates import Rates, drawn_rates, is_asymmetric, rates
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

AMPLITUDE, INTENSITY, ONE_OVER_E, MONO = "amplitude-weighted", "intensity-weighted", "1/e", "mono-exponential"
KINDS = (AMPLITUDE, INTENSITY, ONE_OVER_E, MONO)


def run(work: Work) -> Outcome:
    """Return the three rates."""
    if not work.settings["is_same_sample_and_state"]:
        raise CannotAnalyse(
            "Yield and lifetime must be of the same sample in the same state (solution or film, pressure, temperature, "
            "age): is_same_sample_and_state."
        )
    value, stderr = number(work, "plqy_percent") / 100, number(work, "plqy_stderr_percent") / 100
    lifetime_ns, lifetime_stderr_ns = number(work, "lifetime_ns"), number(work, "lifetime_stderr_ns")
    found = rates(value, stderr, lifetime_ns, lifetime_stderr_ns)
    drawn = None
    if 0 < value < 1 and is_asymmetric(value, stderr):
        drawn = drawn_rates(value, stderr, lifetime_ns, lifetime_stderr_ns, seed=work.seed)
    is_bound = not 0 < value < 1
    results = bounds(value, stderr, found) if is_bound else results_of(value, stderr, found, drawn)
    return Outcome(
        results=(total(found), *results),
        statistics=statistics_of(work, found, drawn, is_bound=is_bound),
        flags=flags_of_rates(value, stderr, word(work, "lifetime_kind")),
        covariance=tuple(tuple(float(one) for one in row) for row in found.covariance),
        says=sentence(results, found),
    )


def total(found: Rates) -> Result:
    """Return the total rate."""
    return Result("rate_total", found.total_per_ns, float(found.stderrs_per_ns[0]), "1/ns")


def results_of(
    value: float, stderr: float, found: Rates, drawn: tuple[Spread, Spread] | None
) -> tuple[Result, ...]:  # fmt: skip
    """Return both rates, by ± or, where that would reach below zero, by the interval of draws; and their ratio."""
    _, radiative_stderr, nonradiative_stderr = (float(one) for one in found.stderrs_per_ns)
    ratio = Result("rate_ratio", value / (1 - value), stderr / (1 - value) ** 2, "")
    if drawn is None:
        return (
            Result("rate_radiative", found.radiative_per_ns, radiative_stderr, "1/ns"),
            Result("rate_nonradiative", found.nonradiative_per_ns, nonradiative_stderr, "1/ns"),
            ratio,
        )
    both = zip(("rate_radiative", "rate_nonradiative"), drawn, strict=True)
    return tuple(
        Result(name, one.median, (one.high - one.low) / 2, "1/ns", one.low, one.high, "median of draws")
        for name, one in both
    )


def bounds(value: float, stderr: float, found: Rates) -> tuple[Result, ...]:
    """Return the bounds of both rates for a yield outside 0–1, which leaves one of them not above zero."""
    edge_per_ns = stderr * found.total_per_ns
    rest_per_ns = max(found.total_per_ns - edge_per_ns, 0.0)
    small, large = "rate_radiative", "rate_nonradiative"
    if value >= 1:
        small, large = large, small
    return (
        Result(small, None, None, "1/ns", 0.0, edge_per_ns, "an upper bound, of one standard error of the yield"),
        Result(large, None, None, "1/ns", rest_per_ns, found.total_per_ns, "a lower bound; at most the total rate"),
    )


def statistics_of(
    work: Work, found: Rates, drawn: tuple[Spread, Spread] | None, *, is_bound: bool
) -> dict[str, SettingValue]:
    """Return how the rates came about, with their covariance and in 1/s."""
    covariance = float(found.covariance[1, 2])
    scale = sqrt(float(found.covariance[1, 1] * found.covariance[2, 2]))
    how = "bounds" if is_bound else "draws of the log-ratio k_rad/k_nr" if drawn else "gradient"
    return {
        "formula": "k_rad = PLQY/τ, k_nr = (1 − PLQY)/τ",
        "lifetime_kind": word(work, "lifetime_kind"),
        "propagation": how,
        "covariance_radiative_nonradiative_per_ns2": covariance,
        "correlation_radiative_nonradiative": covariance / scale if scale > 0 else None,
        "rate_total_per_s": 1e9 * found.total_per_ns,
        "rate_radiative_per_s": 1e9 * found.radiative_per_ns,
        "rate_nonradiative_per_s": 1e9 * found.nonradiative_per_ns,
        "seed": work.seed,
    }


def flags_of_rates(value: float, stderr: float, kind: str) -> tuple[Flag, ...]:
    """Return what to know before the rates are used."""
    flags = []
    if not 0 < value < 1:
        text = f"A yield of {100 * value:.3g} % leaves no rate on one side; bounds are told. Measure the yield again."
        flags.append(Flag("bound", text, is_grave=value < -2 * stderr or value > 1 + 2 * stderr))
    elif is_asymmetric(value, stderr):
        flags.append(Flag("uncertain_yield", "The error of the yield reaches zero or one; intervals are told."))
    if kind == INTENSITY:
        text = (
            "A yield belongs to the amplitude-weighted lifetime; the intensity-weighted one makes both rates smaller."
        )
        flags.append(Flag("lifetime_kind", text))
    if kind in {AMPLITUDE, ONE_OVER_E}:
        text = "The decay has several components: rates hold only if the fast one emits from the same particles."
        return (*flags, Flag("several_components", text))
    return tuple(flags)


def sentence(results: tuple[Result, ...], found: Rates) -> str:
    """Return what the rates say in one sentence."""
    words = {"rate_radiative": "radiative", "rate_nonradiative": "non-radiative"}
    told = [
        f"{words[one.name]} {printed(Number(one.value, one.stderr, one.low, one.high))}"
        for one in results
        if one.name in words and one.value is not None
    ]
    total_rate = printed(Number(found.total_per_ns, float(found.stderrs_per_ns[0])))
    return f"Total rate {total_rate} per ns: {', '.join(told) or 'bounds only'}."
