"""What nanocrystals of CsPbI3 look like in numbers: emission, absorption, ruby lines, decays, reflections, edges."""

import math
from dataclasses import dataclass

HC_EV_NM = 1239.841984
BOLTZMANN_EV_PER_K = 8.617333262e-5
SIGMAS_PER_FWHM = 2 * math.sqrt(2 * math.log(2))
# Mao's scale of ruby, quasi-hydrostatic, with the line of this laboratory in air.
RUBY_A_GPA, RUBY_B, RUBY_NM, RUBY_SPLIT_NM, RUBY_WIDTH_NM = 1904.0, 7.665, 694.24, 1.42, 0.45
RAMAN_LASER_NM = 532.0
CU_KALPHA1_ANGSTROM, SCHERRER = 1.54056, 0.9
# Of the black perovskite at room temperature: 2θ of copper in degrees, and heights.
REFLECTIONS = (
    (14.21, 0.9), (20.05, 0.35), (22.5, 0.12), (24.9, 0.2), (28.62, 1.0), (32.2, 0.45), (35.3, 0.25), (40.9, 0.3),
    (43.6, 0.2),
)  # fmt: skip


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
    gap_ev = 1.748 + 3.0e-4 * temperature_k - 0.030 / math.tanh(0.035 / (2 * energy_kt_ev))
    fwhm_ev = 0.045 + 0.14 / (math.exp(0.040 / energy_kt_ev) - 1)
    return Emission(gap_ev, fwhm_ev, 26_000 / (1 + 60 * math.exp(-0.075 / energy_kt_ev)))


def load_at(pressure_gpa: float) -> Emission:
    """Return the emission of a load: red until the octahedra tilt, then blue, and ever fainter."""
    kink_gpa = 0.36
    shift_ev = -0.052 * pressure_gpa + 0.070 * max(pressure_gpa - kink_gpa, 0)
    return Emission(1.792 + shift_ev, 0.082 + 0.009 * pressure_gpa, 5200 * math.exp(-pressure_gpa / 1.1))


def absorbance_at(wavelength_nm: float, gap_ev: float) -> float:
    """Return the absorbance of a diluted solution: an exciton at the gap, the bands above it, and a little haze."""
    energy_ev = HC_EV_NM / wavelength_nm
    off_ev = energy_ev - gap_ev
    exciton = 0.05 * math.exp(-((off_ev / 0.035) ** 2) / 2)
    bands = 0.11 / (1 + math.exp(-(off_ev - 0.02) / 0.025)) * (1 + max(off_ev, 0) * 3.2)
    return exciton + bands + 0.004 * (500 / wavelength_nm) ** 2


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


def pattern_at(two_theta_deg: float, edge_nm: float) -> float:
    """Return the counts of a powder pattern; small crystals widen the lines as Scherrer says."""
    counts = 130 + 90 * math.exp(-two_theta_deg / 12)
    for at_deg, height in REFLECTIONS:
        cosine = math.cos(math.radians(at_deg / 2))
        width_deg = math.degrees(SCHERRER * CU_KALPHA1_ANGSTROM / (10 * edge_nm * cosine))
        counts += 1400 * height / (1 + ((two_theta_deg - at_deg) / (width_deg / 2)) ** 2)
    return counts


def decay_at(time_ns: float, lifetimes_ns: tuple[float, ...], start_ns: float, response_ns: float) -> float:
    """Return a decay from a height of one as the camera sees it: behind an instrument response of a Gaussian."""
    late_ns = time_ns - start_ns
    if not lifetimes_ns:
        return math.exp(-((late_ns / response_ns) ** 2) / 2)
    shares = [decayed(late_ns, lifetime_ns, response_ns) for lifetime_ns in lifetimes_ns]
    return sum(shares) / len(shares)


def decayed(late_ns: float, lifetime_ns: float, response_ns: float) -> float:
    """Return one exponential folded with a Gaussian."""
    inside = response_ns * response_ns / (2 * lifetime_ns * lifetime_ns) - late_ns / lifetime_ns
    outside = (response_ns / lifetime_ns - late_ns / response_ns) / math.sqrt(2)
    return math.exp(min(inside, 50)) * math.erfc(outside) / 2
