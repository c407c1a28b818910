"""Writes fits by hand for the tests of tables and figures: what a method told, and the plots it left."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.methods.contract import Plot
from analysis.models import Fit, FitState, Result
from analysis.services.plots import keep_plots
from labbook.models import Lab, User
from measurements.models import Measurement, Series
from measurements.services.series import add_rungs, start_series
from samples.kinds import SampleKind
from samples.models import Sample
from tests.measurements.measuring import make_sample, measure

Numbers = Mapping[str, tuple[float, float | None]]
LIFETIMES: dict[str, tuple[float, float | None]] = {
    "amplitude1": (0.65, 0.02), "tau1": (2.28, 0.08), "amplitude2": (0.4, 0.01), "tau2": (8.2, 0.2),
    "tau_amplitude": (4.535, 0.106),
}  # fmt: skip


def fit_of(
    lab: Lab, method: str, numbers: Numbers, *, measurement: Measurement | None = None, series: Series | None = None,
    plots: Sequence[Plot] = (), **facts: Any,
) -> Fit:  # fmt: skip
    """Write a current fit with its results and plots."""
    key, told = keep_plots(plots)
    subject = measurement or series
    assert subject is not None
    made = Fit.objects.create(
        lab=lab, project=subject.project, method=method, method_version=1, measurement=measurement, series=series,
        sample=subject.sample, plots=told, plots_key=key, work_key=f"{Fit.objects.count():064d}",
        **{"state": FitState.DONE, **facts},
    )  # fmt: skip
    for position, (name, (value, stderr)) in enumerate(numbers.items()):
        Result.objects.create(fit=made, position=position, name=name, value=value, stderr=stderr, unit="")
    return made


def ladder_of(lab: Lab, by: User, code: str, along: str, nominals: Sequence[str], technique: str) -> Series:
    """Return a ladder with one measurement on each rung."""
    from decimal import Decimal

    from labbook.journal import journal_of

    sample = make_sample(lab, by, code, SampleKind.LOAD if along == "pressure" else SampleKind.FILM)
    with journal_of(lab, by=by) as journal:
        series = start_series(journal, sample=sample, along=along)
        rungs = add_rungs(journal, series, values=[Decimal(one) for one in nominals])
    for rung in rungs:
        measure(lab, by, sample, technique, rung=rung)
    return series


def measured_on(series: Series) -> list[Measurement]:
    """Return the measurements of a series in the order of its rungs."""
    return list(Measurement.objects.filter(rung__series=series).order_by("rung__position", "pk"))


def decay_plot(tau_ns: float = 4.0) -> Plot:
    """Return what the fit of a decay looks like."""
    delays_ns = np.linspace(0.1, 50, 80)
    model = 4000 * np.exp(-delays_ns / tau_ns) + 20
    return Plot(
        "decay", "Decay", "Delay", "ns", "Counts", "counts", x=delays_ns, observed=model + np.sqrt(model), model=model,
        is_log=True,
    )  # fmt: skip


def gap_plot(gap_ev: float = 1.8) -> Plot:
    """Return what the law of the gap looks like."""
    temperatures_k = np.linspace(80, 300, 12)
    energies_ev = gap_ev + 3e-4 * temperatures_k
    return Plot(
        "gap", "Gap", "Temperature", "K", "Peak", "eV", x=temperatures_k, observed=energies_ev,
        stderr=np.full(12, 1e-3), model=energies_ev, drawn="points",
    )  # fmt: skip


def histogram_plot() -> Plot:
    """Return what a size distribution looks like."""
    edges_nm = np.arange(6.0, 13.0, 0.5)
    bell = np.exp(-((edges_nm - 9) ** 2) / 2)
    return Plot(
        "sizes", "Sizes", "Edge length", "nm", "Particles", "", x=edges_nm,
        observed=np.array([1, 3, 8, 14, 22, 30, 34, 30, 22, 15, 9, 4, 2, 1], dtype=float),
        components={"normal": 30 * bell, "log-normal": 29 * bell},
        drawn="bars",
    )  # fmt: skip


def sized(lab: Lab, by: User, code: str, edge_nm: float) -> Sample:
    """Return a fraction whose size was measured on it."""
    from analysis.models import ValueInForce

    sample = make_sample(lab, by, code)
    ValueInForce.objects.create(
        lab=lab, sample=sample, quantity="edge_length", state="", value=edge_nm, stderr=0.07, unit="nm"
    )
    return sample
