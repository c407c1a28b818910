"""What nanocrystals of CsPbI3 look like in numbers: emission, absorption, ruby lines."""

import math
from dataclasses import dataclass

HC_EV_NM = 1239.841984
BOLTZMANN_EV_PER_K = 8.617333262e-5
SIGMAS_PER_FWHM = 2 * math.sqrt(2 * math.log(2))
# Mao's scale of ruby, quasi-hydrostatic, with the line of this laboratory in air.
RUBY_A_GPA, RUBY_B, RUBY_NM, RUBY_SPLIT_NM, RUBY_WIDTH_NM = 1904.0, 7.665, 694.24, 1.42, 0.45
RAMAN_LASER_NM = 532.0
# The phonon that widens the line of a film and moves its gap, and what it costs an exciton to break up.
PHONON_EV, BREAKING_EV = 0.040, 0.075
# Where the octahedra begin to tilt.
KINK_GPA = 0.52
# Small particles scatter as the fourth power; this much at 500 nm.
HAZE, HAZE_NM = 0.004, 500.0


@dataclass(frozen=True, slots=True)
class Emission:
    """A line of emission: its energy, its width, and its height above the ground in counts."""

    energy_ev: float
    fwhm_ev: float
    counts: float

    def at(self, wavelength_nm: float) -> float:
        """Return the counts at a wavelength; the line is a Gaussian of energy, counted per nanometre."""
        energy_ev = HC_EV_NM / wavelength_nm
        off = (energy_ev - self.energy_ev) / (self.fwhm_ev / SIGMAS_PER_FWHM)
        per_nm = energy_ev / self.energy_ev
        return self.counts * math.exp(-off * off / 2) * per_nm * per_nm


def film_at(temperature_k: float) -> Emission:
    """Return the emission of a film: cold makes it redder, narrower and brighter."""
    energy_kt_ev = BOLTZMANN_EV_PER_K * temperature_k
    gap_ev = 1.792 + 2.5e-4 * temperature_k - 0.030 / math.tanh(PHONON_EV / (2 * energy_kt_ev))
    fwhm_ev = 0.038 + 2.0e-5 * temperature_k + 0.14 / (math.exp(PHONON_EV / energy_kt_ev) - 1)
    # Photons are the area over energy: of as many, a wider line is lower, and so is a redder one per nm.
    height = 320 * gap_ev * gap_ev / fwhm_ev
    return Emission(gap_ev, fwhm_ev, height / (1 + 60 * math.exp(-BREAKING_EV / energy_kt_ev)))


def load_at(pressure_gpa: float) -> Emission:
    """Return the emission of a load: red until the octahedra tilt, then blue, and ever fainter."""
    shift_ev = -0.052 * pressure_gpa + 0.070 * max(pressure_gpa - KINK_GPA, 0)
    return Emission(1.826 + shift_ev, 0.080 + 0.009 * pressure_gpa, 5200 * math.exp(-pressure_gpa / 1.1))


def absorbance_at(wavelength_nm: float, gap_ev: float) -> float:
    """Return the absorbance of a diluted solution: an exciton on the edge of its bands, and a little haze."""
    energy_ev = HC_EV_NM / wavelength_nm
    off_ev = energy_ev - gap_ev
    exciton = 0.075 * math.exp(-((off_ev / 0.036) ** 2) / 2)
    step = (1 + math.erf((off_ev - 0.06) / (0.040 * math.sqrt(2)))) / 2
    return exciton + step * (0.10 + 0.36 * max(off_ev, 0)) + HAZE * (HAZE_NM / wavelength_nm) ** 4


def ruby_shift_per_cm(pressure_gpa: float) -> float:
    """Return where R1 stands under a pressure, as the shift from the microscope's laser."""
    wavelength_nm = RUBY_NM * math.pow(1 + pressure_gpa * RUBY_B / RUBY_A_GPA, 1 / RUBY_B)
    return 1e7 / RAMAN_LASER_NM - 1e7 / wavelength_nm


def ruby_at(shift_per_cm: float, pressure_gpa: float) -> float:
    """Return the counts of both R lines of a chip under a pressure, at a shift."""
    wavelength_nm = 1e7 / (1e7 / RAMAN_LASER_NM - shift_per_cm)
    first_nm = 1e7 / (1e7 / RAMAN_LASER_NM - ruby_shift_per_cm(pressure_gpa))
    lines = ((first_nm, 9000.0), (first_nm - RUBY_SPLIT_NM, 6200.0))
    return sum(height / (1 + ((wavelength_nm - at_nm) / (RUBY_WIDTH_NM / 2)) ** 2) for at_nm, height in lines)
