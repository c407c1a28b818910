"""Three spectra of an integrating sphere as a spectrometer gives them: averaged counts above a dark level."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Signal

NM = np.linspace(350.0, 900.0, 512)
DARK_COUNTS, SCANS = 150.0, 20
COMMENT = "sphere {role}; laser 405 nm 10 mW; ND={nd:g}; laser band 393-417 nm; PL band 560-800 nm; photon-corrected"
TIMES_S = {"empty": 0.1, "indirect": 0.1, "direct": 0.2}
FILTERS = {"empty": 0.5, "indirect": 0.5, "direct": 1.0}


def lines(peak_nm: float = 675.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return laser and emission, each with the sum one."""
    laser = np.exp(-(((NM - 405.0) / 1.0) ** 2) / 2)
    emission = np.exp(-(((NM - peak_nm) / 14.0) ** 2) / 2)
    return laser / laser.sum(), emission / emission.sum()


def sphere_triple(
    rng: np.random.Generator, *, quantum_yield: float = 0.6, absorptance: float = 0.6, indirect: float = 0.17,
    laser_per_s: float = 1.2e6, comment: str = COMMENT, scans: int = SCANS, peak_nm: float = 675.0,
) -> dict[str, tuple[Signal, ...]]:  # fmt: skip
    """Return signals by role for a sample of a known yield; `indirect` is the part of the laser absorbed beside."""
    lb = laser_per_s * (1 - indirect)
    lc = lb * (1 - absorptance)
    pb = quantum_yield * laser_per_s * indirect
    pc = quantum_yield * laser_per_s * absorptance + (1 - absorptance) * pb
    rates = {"empty": (laser_per_s, 0.0), "indirect": (lb, pb), "direct": (lc, pc)}
    return {role: (sphere_signal(rng, role, rates[role], comment, scans, peak_nm),) for role in rates}


def sphere_signal(
    rng: np.random.Generator, role: str, rates_per_s: tuple[float, float], comment: str, scans: int, peak_nm: float
) -> Signal:
    """Return one of the three spectra."""
    laser, emission = lines(peak_nm)
    scale = TIMES_S[role] * FILTERS[role]
    mean = DARK_COUNTS + scale * (rates_per_s[0] * laser + rates_per_s[1] * emission)
    settings: Mapping[str, object] = {
        "comment": comment.format(role=role, nd=FILTERS[role]),
        "integration_time_s": TIMES_S[role],
        "accumulations": scans,
        "laser_nm": 405.0,
    }
    return Signal(
        rng.poisson(mean * scans) / scans, "", NM, "nm", "wavelength", technique="PLQY", settings=settings
    )  # fmt: skip
