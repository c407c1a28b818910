"""A published row of gap parameters: what each reading of its column means, and whether it can be right."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, ResultTable, Work
from analysis.methods.ruby_spectrum import number_of
from analysis.physics.temperature.published import (
    COLUMN_IS_E0,
    COLUMN_IS_EG0,
    ROOM_K,
    PublishedGap,
    consistency_of_table_s1,
)


def run(work: Work) -> Outcome:
    """Return E0, Eg(0) and the slope at 300 K of a published row, in the reading that was stated."""
    column_ev, a_te, a_ep, energy_mev = (
        number_of(work.settings, name)
        for name in ("column_ev", "expansion_ev_per_k", "electron_phonon_ev", "phonon_energy_mev")
    )
    reading = str(work.settings["reading"])
    both = {one: PublishedGap.read(column_ev, a_te, a_ep, reading=one) for one in (COLUMN_IS_E0, COLUMN_IS_EG0)}
    chosen = both[reading]
    slope = chosen.room_slope_ev_per_k(energy_mev / 1e3) * 1e3
    threshold_ev = consistency_of_table_s1(a_te, a_ep)
    return Outcome(
        results=(
            Result("gap_e0", chosen.e0_ev, None, "eV"),
            Result("gap_zero_temperature", chosen.zero_temperature_ev, None, "eV"),
            Result("gap_slope_300k", slope, None, "meV/K"),
        ),
        statistics={
            "reading": reading,
            "slope_300k_positive_above_mev": threshold_ev * 1e3 if np.isfinite(threshold_ev) else None,
        },
        flags=consistency_flags(energy_mev, threshold_ev, slope),
        plots=(readings_plot(both, energy_mev),),
        tables=(readings_table(both, energy_mev),),
        says=f"Read as {reading}, the gap is {chosen.zero_temperature_ev:.4f} eV at 0 K and "
        f"{chosen.gap_ev(np.array([ROOM_K]), energy_mev / 1e3)[0]:.4f} eV at 300 K.",
    )


def consistency_flags(energy_mev: float, threshold_ev: float, slope: float) -> tuple[Flag, ...]:
    """Return the warning of a row that falls at 300 K where its text has it rise."""
    if slope > 0:
        return ()
    rises = f"only above ħω = {threshold_ev * 1e3:.4f} meV" if np.isfinite(threshold_ev) else "for no ħω"
    text = (
        f"These parameters give dE/dT(300 K) > 0 {rises}; at {energy_mev:.4g} meV it is {slope:+.3g} meV/K. "
        "A text that says the gap rises with temperature contradicts them."
    )
    return (Flag("inconsistent_with_rise", text),)


def readings_table(both: dict[str, PublishedGap], energy_mev: float) -> ResultTable:
    """Return both readings beside each other."""
    at_k = np.array([77.0, ROOM_K])
    rows: list[tuple[float | str | None, ...]] = []
    for name, one in both.items():
        cold, room = one.gap_ev(at_k, energy_mev / 1e3)
        rows.append((name, one.e0_ev, one.zero_temperature_ev, float(cold), float(room)))
    columns = (("The column is", ""), ("E₀", "eV"), ("E_g(0)", "eV"), ("E_g(77 K)", "eV"), ("E_g(300 K)", "eV"))
    return ResultTable("readings", "Both readings", columns, tuple(rows))


def readings_plot(both: dict[str, PublishedGap], energy_mev: float) -> Plot:
    """Return the gap along temperature in both readings."""
    x = np.linspace(1.0, ROOM_K, 300)
    curves = {f"column is {name}": one.gap_ev(x, energy_mev / 1e3) for name, one in both.items()}
    first = next(iter(curves.values()))
    return Plot("readings", "Both readings", "Temperature", "K", "Gap", "eV", x, first, components=curves)
