"""The analysed part of the walk's world: a fit with plots and tables, a law along the ladder, and what is in force."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Plot
from analysis.models import (
    Fit,
    FitInput,
    FitState,
    InputKind,
    Result,
    RungPressure,
    SavedFigure,
    SavedTable,
    ValueInForce,
)
from analysis.services.plots import keep_plots
from analysis.services.publishing import save_figure, save_table
from labbook.journal import Journal
from tests.walk_measured import Measured, hash_of


@dataclass
class Analysed:
    """One record of every sort that analyses leave behind, all on one side."""

    fit: Fit
    law: Fit
    value: ValueInForce
    table: SavedTable
    figure: SavedFigure


def make_analysed(journal: Journal, measured: Measured, *, marker: str) -> Analysed:
    """Write a flagged fit of the measurement, a law of its series that rests on it, and what counts for the load."""
    measurement, series = measured.measurement, measured.series
    load = measurement.sample
    its = {"lab": journal.lab, "project": series.project, "created_by": journal.by, "sample": load}
    key, plots = keep_plots([a_line(), a_map()])
    told = {
        "state": FitState.DONE, "flags": [{"code": "chi2_too_large", "text": f"{marker} flag", "is_grave": True}],
        "is_grave": True, "parameters": [a_parameter("energy"), a_parameter("width")],
        "covariance": [[1e-6, 9.9e-7], [9.9e-7, 1e-6]], "tables": [a_table(marker)], "plots": plots, "plots_key": key,
        "statistics": {"n": 5, "is_converged": True, "reduced": 1.2, "range_nm": marker, "window_ns": 50.0},
        "alternatives": [an_alternative(marker)], "versions": {"method": "1", "numpy": marker},
    }  # fmt: skip
    fit = Fit.objects.create(
        **its, **told, method="pl_peak", method_version=1, measurement=measurement, says=f"{marker} says",
        work_key=hash_of(f"{marker} work"), stale_because=f"{marker} changed", used={"shape": "gaussian"},
    )  # fmt: skip
    FitInput.objects.create(
        fit=fit, position=0, role="spectrum", kind=InputKind.CURVE, measurement=measurement, curve=measured.curve,
        sha256=measured.curve.store_key, raw_sha256=measured.raw_file.sha256, reader="ocean_optics_txt 1",
        said=measured.file_name.name,
    )  # fmt: skip
    result = Result.objects.create(
        fit=fit, position=0, name="peak_energy", value=1.85, stderr=0.002, unit="eV", note=f"{marker} note"
    )
    law = Fit.objects.create(
        **its, method="pressure_shift", method_version=1, series=series, says=f"{marker} law", state=FitState.DONE,
        work_key=hash_of(f"{marker} law"),
    )  # fmt: skip
    FitInput.objects.create(fit=law, position=0, role="energies", kind=InputKind.FIT, source=fit, said="peak_energy")
    pressure = RungPressure.objects.create(rung=measured.rung, value_gpa=1.28, stderr_gpa=0.02, scale="Mao1986")
    pressure.fits.set([fit])
    value = ValueInForce.objects.create(
        **its, quantity="peak_energy", state="1.27 GPa", pressure_gpa="1.27", value=1.85, stderr=0.002, unit="eV"
    )
    value.results.set([result])
    for one in (fit, law, value):
        journal.created(one, title=str(one))
    table = save_table(journal, kind="pl_ladder", title=f"{marker} table", series=series)
    figure = save_figure(journal, kind="peaks", title=f"{marker} figure", caption=f"{marker} caption", series=series)
    return Analysed(fit, law, value, table, figure)


def a_line() -> Plot:
    """Return a plot of five points with a model."""
    x = np.linspace(1.8, 1.9, 5)
    y = np.array([1.0, 5.0, 9.0, 5.0, 1.0])
    return Plot("pl", "PL", "Energy", "eV", "PL", "counts", x, y, model=y, residuals=np.zeros(5), drawn="points",
                marks=((1.85, None, "1.85 eV"),), bands=((1.82, 1.88, "range"),))  # fmt: skip


def a_map() -> Plot:
    """Return a plot of six pixels with a mark."""
    x, rows = np.arange(3.0), np.arange(2.0)
    return Plot("map", "Map", "Time", "ns", "Counts", "counts", x, x, picture=np.ones((2, 3)), rows=rows,
                rows_label="Wavelength", rows_unit="nm", marks=((1.0, 0.5, "here"),))  # fmt: skip


def a_parameter(name: str) -> dict[str, object]:
    """Return a parameter as a fit keeps it."""
    return {
        "name": name, "unit": "eV", "value": 1.85, "stderr": 0.001, "lower": None, "upper": 3.0, "start": 1.8,
        "is_fixed": False,
    }  # fmt: skip


def a_table(marker: str) -> dict[str, object]:
    """Return a table of two rows as a fit keeps it."""
    columns, rows = [["Line", ""], ["Energy", "eV"]], [["first", 1.85], ["second", None]]
    return {"name": "lines", "title": f"{marker} lines", "columns": columns, "rows": rows}


def an_alternative(marker: str) -> dict[str, object]:
    """Return a compared model as a fit keeps it."""
    return {
        "name": f"{marker} model", "free_count": 2, "objective": 3.0, "aic": 7.0, "aicc": 9.0, "bic": 8.0,
        "is_chosen": True, "note": "",
    }  # fmt: skip
