"""The rows of the permission walk for fits, methods, values, and what was made of measurements and series."""

from collections.abc import Callable
from typing import Any

from tests.walk_world import Records

Named = Callable[[Records], dict[str, Any]]


def fit(records: Records) -> dict[str, Any]:
    """Name the fit."""
    return {"fit_id": records.analysed.fit.pk}


def line_plot(records: Records) -> dict[str, Any]:
    """Name its first plot or table."""
    return {**fit(records), "index": 0}


def map_plot(records: Records) -> dict[str, Any]:
    """Name its map."""
    return {**fit(records), "index": 1}


def measurement(records: Records) -> dict[str, Any]:
    """Name the measurement."""
    return {"measurement_id": records.measured.measurement.pk}


def series(records: Records) -> dict[str, Any]:
    """Name the series."""
    return {"series_id": records.measured.series.pk}


# Name, least action to read, least action to write, record, what the address needs besides, whole lab's.
FIT_ROWS: tuple[tuple[str, str, str, Named | None, dict[str, Any], bool], ...] = (
    ("fit_list", "read", "read", None, {}, False),
    ("fit_waiting", "read", "read", None, {}, False),
    ("fit_repeat_stale", "record", "record", None, {}, False),
    ("fit_detail", "read", "read", fit, {}, False),
    ("fit_verdict", "record", "record", fit, {}, False),
    ("fit_rates", "record", "record", fit, {}, False),
    ("fit_repeat", "record", "record", fit, {}, False),
    ("fit_model", "record", "record", fit, {}, False),
    ("fit_plot_numbers", "read", "read", line_plot, {}, False),
    ("fit_plot_table", "read", "read", map_plot, {}, False),
    ("fit_plot_picture", "read", "read", map_plot, {}, False),
    ("fit_plot_map", "read", "read", map_plot, {}, False),
    ("fit_table", "read", "read", line_plot, {}, False),
    ("measurement_fits", "read", "read", measurement, {}, False),
    ("measurement_analyse", "record", "record", measurement, {}, False),
    ("series_analysis", "read", "read", series, {}, False),
    ("series_curves", "read", "read", series, {}, False),
    ("series_fit", "record", "record", series, {}, False),
    ("series_review", "record", "record", series, {}, False),
    ("sample_values", "read", "read", lambda r: {"code": r.load.code}, {}, False),
    ("value_choose", "record", "record", lambda r: {"value_id": r.analysed.value.pk}, {}, False),
    ("method_list", "read", "read", None, {}, False),
    ("method_edit", "manage", "manage", None, {"name": "pl_peak"}, False),
)
