"""What was measured when in the demonstration lab: the files of each day at an instrument, and those that wait."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from measurements.demonstration.decays import UNDER_PRESSURE
from measurements.demonstration.load import LOAD, SEEN_NM, Files, decays, ladder
from measurements.demonstration.shapes import Emission, film_at, load_at
from measurements.demonstration.sphere import Yield, sphere_spectrum
from measurements.demonstration.streak import streak_image
from measurements.demonstration.texts import (
    COLD_STAGE,
    Scans,
    edge_list,
    eva,
    fluoressence,
    spectrasuite,
    spread,
    uvprobe,
)

SMALL, MIDDLE, LARGE = "NC-002-F2", "NC-003-F2", "NC-004-F1"
VIAL, FILM, CUVETTE = f"{SMALL}-a", f"{LARGE}-QF1", f"{LARGE}-CV1"
TEMPERATURES_K = (80, 110, 140, 170, 200, 220, 240, 260, 280, 300)
AGES_D = ((0, 1.000), (7, 0.985), (30, 0.930))
# Edges and how far they spread.
EDGES_NM = {SMALL: (9.1, 1.05), LARGE: (17.0, 1.95)}
SOLUTION_LINES = {
    f"{SMALL}-CV1": Emission(1.8515, 0.0846, 61_000),
    f"{MIDDLE}-CV1": Emission(1.8393, 0.0816, 55_000),
    f"{LARGE}-CV1": Emission(1.8270, 0.0790, 48_000),
}
STOKES_EV = {f"{SMALL}-CV1": 0.040, f"{MIDDLE}-CV1": 0.034, f"{LARGE}-CV1": 0.027}
YIELD = Yield(absorbed=0.36, absorbed_beside=0.11, emitted=0.46, line=SOLUTION_LINES[CUVETTE])
# Of each of the three measurements the time of one scan.
SPHERE_TIMES_S = {"empty": 0.05, "indirect": 0.05, "direct": 0.07}
SPHERE_BANDS = "laser 405 nm; laser band 393-417 nm; PL band 560-800 nm; photon-corrected"


@dataclass(frozen=True, slots=True)
class Day:
    """Files that came together: from which instrument and day, and who measured."""

    title: str
    instrument: str
    day: date | None
    operator: str
    files: Files


def measured_days() -> Iterator[Day]:
    """Yield the days whose files say for certain what they are of."""
    yield Day("Absorbance of three cuvettes", "UV-vis spectrophotometer", date(2026, 10, 7), "LM", absorbances())
    yield Day("Emission of three cuvettes", "Fluorometer", date(2026, 10, 7), "LM", emissions())
    yield Day("A vial in the fridge over 30 days", "Fluorometer", None, "GF", ages())
    yield Day("Quantum yield of a cuvette", "Integrating sphere", date(2026, 10, 7), "LM", yields())
    yield Day("Edges on two grids", "TEM", date(2026, 10, 8), "AV", edges())
    yield Day("Pattern of a film", "Powder diffractometer", date(2026, 10, 8), "AV", pattern())
    yield Day("A film from 300 to 80 K", "PL with cold stage", date(2026, 10, 8), "AV", cooling())
    yield Day("A load up to 1.65 GPa", "Raman microscope", date(2026, 10, 9), "AV", ladder())
    yield Day("Decays of the load up to 1.65 GPa", "Streak camera", date(2026, 10, 9), "AV", decays())


def waiting_day() -> Day:
    """Return the files that a person must look at: one of two fractions, one that nobody reads, one cut off."""
    whole = streak_image(
        load_at(0.4), UNDER_PRESSURE["0.4"], from_to_nm=SEEN_NM, at=datetime(2026, 10, 15, 9, tzinfo=UTC),
        seed="waiting",
    )  # fmt: skip
    files = {
        f"{SMALL} or {MIDDLE} PL.txt": fluoressence(
            Emission(1.846, 0.084, 42_000), seed="either", at=datetime(2026, 10, 15, 11, tzinfo=UTC)
        ),
        "New Text Document.txt": b"load looked hazy after the night, second chip lies nearer to the gasket\r\n",
        f"{LOAD}_TRPL_0.4GPa_50ns.img": whole[: len(whole) // 2],
    }
    return Day("From the shared folder", "", None, "", files)


def absorbances() -> Files:
    """Return the absorbance of solutions; the smaller crystals absorb from a higher energy."""
    return {
        f"{code}_abs.txt": uvprobe(code, line.energy_ev + STOKES_EV[code], seed=f"{code} abs")
        for code, line in SOLUTION_LINES.items()
    }


def emissions() -> Files:
    """Return the emission of the same solutions."""
    start = datetime(2026, 10, 7, 14, 5, tzinfo=UTC)
    return {
        f"{code}_PL.txt": fluoressence(line, seed=f"{code} PL", at=start + timedelta(minutes=9 * number))
        for number, (code, line) in enumerate(SOLUTION_LINES.items())
    }


def ages() -> Files:
    """Return the emission of a vial as it grows older: fainter, and a little redder."""
    filled = datetime(2026, 9, 14, 16, tzinfo=UTC)
    return {
        f"{VIAL}_PL_{days}d.txt": fluoressence(
            Emission(1.8515 - 1.1e-4 * days, 0.0846, 58_000 * left), seed=f"{VIAL} {days}",
            at=filled + timedelta(days=days),
        )
        for days, left in AGES_D
    }  # fmt: skip


def yields() -> Files:
    """Return the three measurements of a cuvette in the sphere."""
    start, axis_nm = datetime(2026, 10, 7, 15, 40, tzinfo=UTC), spread(350, 800, 512)
    files = {}
    for number, (part, rates) in enumerate(YIELD.parts().items()):
        time_s = SPHERE_TIMES_S[part]
        files[f"{CUVETTE}_PLQY_{part}.txt"] = spectrasuite(
            sphere_spectrum(axis_nm, rates, YIELD.line, time_s), Scans(axis_nm, time_s, 20), seed=f"sphere {part}",
            at=start + timedelta(minutes=4 * number), operator="LM", comment=f"sphere {part}; {SPHERE_BANDS}",
        )  # fmt: skip
    return files


def edges() -> Files:
    """Return the edges of the particles on grids."""
    files = {}
    for fraction, (edge_nm, spread_nm) in EDGES_NM.items():
        code = f"{fraction}-TG1"
        files[f"{code}_TEM_edges.csv"] = edge_list(edge_nm, spread_nm, seed=code, image=f"{code}_BF_03.tif")
    return files


def pattern() -> Files:
    """Return the powder pattern of a film."""
    code = f"{LARGE}-XF1"
    return {f"{code}_XRD.xy": eva(code, EDGES_NM[LARGE][0], seed=code, operator="AV")}


def cooling() -> Files:
    """Return the emission of a film while it is cooled."""
    start = datetime(2026, 10, 8, 8, 30, tzinfo=UTC)
    return {
        f"{FILM}_PL_{kelvin}K.txt": spectrasuite(
            above(60, film_at(kelvin)), COLD_STAGE, seed=f"{FILM} {kelvin}", operator="AV",
            at=start + timedelta(minutes=20 * number), comment=f"film {FILM}; T={kelvin} K; laser 405 nm",
        )
        for number, kelvin in enumerate(sorted(TEMPERATURES_K, reverse=True))
    }  # fmt: skip


def above(ground_counts: float, line: Emission) -> Callable[[float], float]:
    """Return the counts of a line above its ground at a wavelength."""
    return lambda wavelength_nm: ground_counts + line.at(wavelength_nm)
