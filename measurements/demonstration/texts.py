"""The texts that programs of instruments write: SpectraSuite, WiRE, FluorEssence, UVProbe, EVA, and a list of edges."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from measurements.demonstration.counting import Counting
from measurements.demonstration.reflections import pattern_of
from measurements.demonstration.shapes import Emission, absorbance_at, load_at, ruby_at

SAID = "SIMULATED"
GROUND_COUNTS = 32.0
# Steps of an emission so fine that its unit is certain, which the file does not state.
EMISSION_POINTS, RUBY_POINTS = 500, 300
# How the fluorometer's detector answers, and its lamp, both as counts over what they should be.
FLUORESSENCE_TIME_S, LAMP_MICROAMPS = 0.5, 33.7


@dataclass(frozen=True, slots=True)
class Scans:
    """How a small spectrometer took a spectrum: its axis, the time of one scan, and how many were averaged."""

    axis_nm: Sequence[float]
    time_s: float
    count: int


def spread(first: float, last: float, points: int) -> list[float]:
    """Return points evenly from the first to the last."""
    return [first + (last - first) * index / (points - 1) for index in range(points)]


COLD_STAGE = Scans(spread(600, 800, 256), 0.5, 10)


def spectrasuite(
    expected: Callable[[float], float], scans: Scans, *, seed: str, at: datetime, operator: str, comment: str
) -> bytes:
    """Return a spectrum of a small spectrometer, its clock in universal time, from the counts expected of one scan."""
    noise, serial = Counting(seed), "MAYP110987"
    head = [
        "SpectraSuite Data File", "++++++++++++++++++++++++++++++++++++",
        f"Date: {at:%a %b %d %H:%M:%S} GMT {at:%Y}", f"User: {operator}", f"Comment: {SAID}; {comment}",
        "Dark Spectrum Present: No", "Reference Spectrum Present: No", f"Spectrometers: {serial}",
        f"Integration Time (usec): {scans.time_s * 1e6:.0f} ({serial})", f"Spectra Averaged: {scans.count} ({serial})",
        f"Boxcar Smoothing: 0 ({serial})", f"Number of Pixels in Processed Spectrum: {len(scans.axis_nm)}",
        ">>>>>Begin Processed Spectral Data<<<<<",
    ]  # fmt: skip
    rows = [f"{x:.2f}\t{noise.counts(scans.count * expected(x)) / scans.count:.2f}" for x in scans.axis_nm]
    return ended([*head, *rows, ">>>>>End Processed Spectral Data<<<<<"])


def wire_emission(pressure_gpa: float, *, seed: str) -> bytes:
    """Return the emission of a load as the Raman microscope exports it, from long to short wavelengths."""
    noise, line = Counting(seed), load_at(pressure_gpa)
    return wire((x, noise.counts(GROUND_COUNTS + line.at(x))) for x in spread(780, 600, EMISSION_POINTS))


def wire_ruby(pressure_gpa: float, *, seed: str) -> bytes:
    """Return the ruby lines of a load as the Raman microscope exports them, along the shift from its laser."""
    noise = Counting(seed)
    return wire((x, noise.counts(190 + ruby_at(x, pressure_gpa))) for x in spread(4520, 4290, RUBY_POINTS))


def wire(rows: Iterable[tuple[float, int]]) -> bytes:
    """Return two columns as WiRE writes them."""
    return ended(["#Wave\t\t#Intensity", *(f"{x:.6f}\t{counts:.6f}" for x, counts in rows)])


def fluoressence(line: Emission, *, seed: str, at: datetime) -> bytes:
    """Return a spectrum of the fluorometer: its detector over the current of its lamp, and both as they were."""
    noise = Counting(seed)
    head = [
        "Short Name\tA\tB\tC\tD", "Long Name\tWavelength\tS1c / R1c\tS1\tR1",
        "Units\tnm\tCPS / MicroAmps\tCPS\tMicroAmps", "TimeStamp\t" + f"\t{at:%m/%d/%Y %I:%M:%S %p}" * 3,
    ]  # fmt: skip
    rows = []
    for x in spread(580, 780, 201):
        per_second = noise.counts(50 + line.at(x)) / FLUORESSENCE_TIME_S
        rows.append(f"\t{x:.0f}\t{per_second / LAMP_MICROAMPS:.9f}\t{per_second:.0f}\t{LAMP_MICROAMPS}")
    return ended([*head, *rows])


def uvprobe(title: str, gap_ev: float, *, seed: str) -> bytes:
    """Return the absorbance of a solution as the photometer exports it."""
    noise = Counting(seed)
    rows = [f"{x:.2f} {noise.reading(absorbance_at(x, gap_ev), 0.0008):.3f}" for x in spread(400, 800, 401)]
    return ended([f'"{title} {SAID.lower()} - RawData"', '"Wavelength nm." "Abs."', *rows])


def eva(title: str, edge_nm: float, *, seed: str, operator: str) -> bytes:
    """Return a powder pattern as EVA exports it."""
    noise = Counting(seed)
    stated = {
        "Id": title, "Comment": SAID, "Operator": operator, "Anode": "Cu", "Scantype": "Coupled TwoTheta/Theta",
        "TimePerStep": "2",
    }  # fmt: skip
    head = "'" + " ".join(f'{name}: "{value}"' for name, value in stated.items())
    axis_deg = spread(8, 50, 1681)
    told = zip(axis_deg, pattern_of(axis_deg, edge_nm, 1400.0), strict=True)
    rows = [f"{x:.4f} {noise.counts(counts)}" for x, counts in told]
    return ended([head, *rows])


def edge_list(edge_nm: float, spread_nm: float, *, seed: str, image: str) -> bytes:
    """Return edges of particles measured on an image by hand."""
    noise = Counting(seed)
    rows = [f"{number},{max(noise.reading(edge_nm, spread_nm), 2):.2f}" for number in range(1, 121)]
    return ended([f"# {SAID}; edges measured by hand on {image}, 0.19 nm/px", "particle,edge_nm", *rows])


def ended(lines: Sequence[str]) -> bytes:
    """Return lines with the ends of a Windows program."""
    return "".join(f"{line}\r\n" for line in lines).encode()
