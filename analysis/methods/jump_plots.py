"""What exciton energies along temperature look like, and the jump that fits best in every gap."""

from math import isfinite

import numpy as np

from analysis.methods.contract import Plot, ResultTable
from analysis.physics.absorption.jump import JumpSearch
from analysis.physics.fitting.problem import Floats


def energy_plot(search: JumpSearch, temperatures_k: Floats, energies_mev: Floats, stderrs_mev: Floats) -> Plot:
    """Return energies and model along temperature."""
    predicted = search.predicted if search.is_jump else search.smooth.predicted
    return Plot(
        name="energies",
        title="First exciton against temperature",
        x_label="Temperature",
        x_unit="K",
        y_label="First exciton",
        y_unit="meV",
        x=temperatures_k,
        observed=energies_mev,
        stderr=stderrs_mev if np.isfinite(stderrs_mev).all() else None,
        model=predicted,
        residuals=energies_mev - predicted,
        drawn="points",
    )


def profile_plot(search: JumpSearch) -> Plot:
    """Return the jump that fits best in every gap, along temperature."""
    profile = search.profile
    return Plot(
        name="jumps",
        title="A jump tried in every gap",
        x_label="Temperature",
        x_unit="K",
        y_label="Jump",
        y_unit="meV",
        x=(profile.low + profile.high) / 2,
        observed=profile.heights,
        stderr=profile.stderrs,
        drawn="points",
    )


def profile_table(search: JumpSearch) -> ResultTable:
    """Return every gap with the jump that fits best in it."""
    profile = search.profile
    columns = (("from", "K"), ("to", "K"), ("jump", "meV"), ("±", "meV"), ("RSS", "meV²"), ("AICc", ""), ("p", ""))
    arrays = (profile.low, profile.high, profile.heights, profile.stderrs, profile.rss, profile.aicc, profile.p)
    rows = tuple(tuple(finite(float(one)) for one in row) for row in zip(*arrays, strict=True))
    return ResultTable("jumps", "A jump tried in every gap", columns, rows)


def finite(value: float) -> float | None:
    """Return a number that JSON can hold, or none."""
    return value if isfinite(value) else None
