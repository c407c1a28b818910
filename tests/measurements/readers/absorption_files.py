"""How real absorption spectra are compared with what their manifest says, whichever way their axis runs."""

from typing import Any

import pytest

from measurements.readers.recording import Recording


def assert_reading(recording: Recording, wanted: dict[str, Any]) -> None:
    """See that a first channel has the points, ends and extremes of the manifest, along ascending x."""
    channel = recording.channels[0]
    x, y = channel.x.values, channel.values
    is_turned = wanted["x_first"] > wanted["x_last"]
    ends, values = ("x_first", "x_last"), ("y_first", "y_last")
    assert len(x) == wanted["n"]
    assert (x[0], x[-1]) == pytest.approx([wanted[key] for key in (ends[::-1] if is_turned else ends)], rel=1e-8)
    assert (y[0], y[-1]) == pytest.approx([wanted[key] for key in (values[::-1] if is_turned else values)], rel=1e-8)
    assert y.max() == pytest.approx(wanted["y_max"], rel=1e-8)
    assert wanted["x_at_ymax"] in [pytest.approx(one, rel=1e-8) for one in x[y == y.max()]]
