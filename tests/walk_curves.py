"""The rows of the permission walk for curves, overlays and figures, pages and API."""

from collections.abc import Callable
from typing import Any

from tests.walk_world import Records

Named = Callable[[Records], dict[str, Any]]
FORMATS = ("svg", "pdf", "png")


def curve(records: Records) -> dict[str, Any]:
    """Name the curve."""
    return {"curve_id": records.measured.curve.pk}


def curve_key(records: Records) -> dict[str, Any]:
    """Name the curve as the API does."""
    return {"key": records.measured.curve.pk}


def curve_as_npz(records: Records) -> dict[str, Any]:
    """Name the curve as packed arrays."""
    return {**curve_key(records), "format": "npz"}


# Name, least action to read, to write, the record, what else the address needs, whether it is the whole lab's.
CURVE_ROWS: tuple[tuple[str, str, str, Named | None, dict[str, Any], bool], ...] = (
    ("plot_data", "read", "read", None, {}, False),
    ("plot_table", "read", "read", None, {"shape": "wide"}, False),
    ("overlay", "read", "read", None, {}, False),
    ("overlay_figure", "read", "read", None, {"format": "svg"}, False),
    ("curve_detail", "read", "read", curve, {}, False),
    ("map_numbers", "read", "read", curve, {}, False),
    ("map_picture", "read", "read", curve, {}, False),
    *((f"map_figure_{one}", "read", "read", curve, {}, False) for one in FORMATS),
    ("api_curves", "read", "record", None, {}, False),
    ("api_curves_as", "read", "record", None, {"format": "csv"}, False),
    ("api_curves_drawn", "read", "record", None, {}, False),
    *((f"api_curves_figure_{one}", "read", "record", None, {}, False) for one in FORMATS),
    ("api_curve", "read", "record", curve_key, {}, False),
    ("api_curve_as", "read", "record", curve_as_npz, {}, False),
)
