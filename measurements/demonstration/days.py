"""What was measured when in the demonstration lab: the files of each day at an instrument, and those that wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from measurements.demonstration.shapes import Emission, film_at, load_at
from measurements.demonstration.streak import PULSE, streak_image
from measurements.demonstration.texts import (
    edge_list,
    eva,
    fluoressence,
    spectrasuite,
    uvprobe,
    wire_emission,
    wire_ruby,
)

SMALL, MIDDLE, LARGE = "NC-002-F2", "NC-003-F2", "NC-004-F1"
VIAL, FILM, LOAD = f"{SMALL}-a", f"{LARGE}-QF1", f"{LARGE}-DAC1"
TEMPERATURES_K = (80, 120, 160, 200, 240, 280, 300)
# Rung → the pressures that its ruby shows before and after the emission is taken.
RUNGS_GPA = {"0": (0.0, 0.01), "0.13": (0.12, 0.14), "0.4": (0.41, 0.39), "1": (0.98, 1.03), "1.65": (1.63, 1.66)}
AGES_D = ((0, 1.000), (7, 0.985), (30, 0.930))
LARGE_EDGE_NM, LARGE_SPREAD_NM = 17.0, 1.95
IRF = "IRF_50ns.img"

Files = dict[str, bytes]


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
    yield Day("Absorbance of two cuvettes", "UV-vis spectrophotometer", date(2026, 9, 24), "LM", absorbances())
    yield Day("Emission of two cuvettes", "Fluorometer", date(2026, 9, 24), "LM", emissions())
    yield Day("A vial in the fridge over 30 days", "Fluorometer", None, "GF", ages())
    yield Day("Edges on a grid", "TEM", date(2026, 10, 8), "AV", edges())
    yield Day("Pattern of a film", "Powder diffractometer", date(2026, 10, 8), "AV", pattern())
    yield Day("A film from 300 to 80 K", "PL with cold stage", date(2026, 10, 8), "AV", cooling())
    yield Day("A load up to 1.65 GPa", "Raman microscope", date(2026, 10, 9), "AV", ladder())
    yield Day("Decay of the load before compression", "Streak camera", date(2026, 10, 9), "AV", decays())


def waiting_day() -> Day:
    """Return the files that a person must look at: one of two fractions, one that nobody reads, one cut off."""
    whole = streak_image(
        load_at(0.4), (2.6, 11.0), first_nm=620, last_nm=760, at=datetime(2026, 10, 15, 9, tzinfo=UTC), seed="waiting"
    )
    files = {
        f"{SMALL} or {MIDDLE} PL.txt": fluoressence(
            Emission(1.846, 0.084, 42_000), seed="either", at=datetime(2026, 10, 15, 11, tzinfo=UTC)
        ),
        "New Text Document.txt": b"load looked hazy after the night, second chip lies nearer to the gasket\r\n",
        f"{LOAD}_TRPL_0.4GPa_50ns.img": whole[: len(whole) // 2],
    }
    return Day("From the shared folder", "", None, "", files)


def absorbances() -> Files:
    """Return the absorbance of two solutions; the smaller crystals absorb from a higher energy."""
    gaps_ev = {f"{SMALL}-CV1": 1.890, f"{MIDDLE}-CV1": 1.872}
    return {f"{code}_abs.txt": uvprobe(code, gap_ev, seed=f"{code} abs") for code, gap_ev in gaps_ev.items()}


def emissions() -> Files:
    """Return the emission of the same two solutions."""
    lines = {f"{SMALL}-CV1": Emission(1.8515, 0.0846, 61_000), f"{MIDDLE}-CV1": Emission(1.8393, 0.0816, 55_000)}
    start = datetime(2026, 9, 24, 14, 5, tzinfo=UTC)
    return {
        f"{code}_PL.txt": fluoressence(line, seed=f"{code} PL", at=start + timedelta(minutes=9 * number))
        for number, (code, line) in enumerate(lines.items())
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


def edges() -> Files:
    """Return the edges of the particles on a grid."""
    code = f"{LARGE}-TG1"
    made = edge_list(LARGE_EDGE_NM, LARGE_SPREAD_NM, seed=code, image=f"{code}_BF_03.tif")
    return {f"{code}_TEM_edges.csv": made}


def pattern() -> Files:
    """Return the powder pattern of a film."""
    code = f"{LARGE}-XF1"
    return {f"{code}_XRD.xy": eva(code, LARGE_EDGE_NM, seed=code, operator="AV")}


def cooling() -> Files:
    """Return the emission of a film while it is cooled."""
    start = datetime(2026, 10, 8, 8, 30, tzinfo=UTC)
    return {
        f"{FILM}_PL_{kelvin}K.txt": spectrasuite(
            film_at(kelvin), seed=f"{FILM} {kelvin}", at=start + timedelta(minutes=20 * number), operator="AV",
            comment=f"film {FILM}; T={kelvin} K; laser 405 nm",
        )
        for number, kelvin in enumerate(sorted(TEMPERATURES_K, reverse=True))
    }  # fmt: skip


def ladder() -> Files:
    """Return a load's emission on each rung between two looks at its ruby, and what is left after the release."""
    files: Files = {}
    for rung, (before_gpa, after_gpa) in RUNGS_GPA.items():
        files[f"{LOAD}_ruby_{rung}GPa_before.txt"] = wire_ruby(before_gpa, seed=f"{rung} before")
        files[f"{LOAD}_PL_{rung}GPa.txt"] = wire_emission((before_gpa + after_gpa) / 2, seed=f"{rung} PL")
        files[f"{LOAD}_ruby_{rung}GPa_after.txt"] = wire_ruby(after_gpa, seed=f"{rung} after")
    files[f"{LOAD}_PL_0GPa_release.txt"] = wire_emission(0.05, seed="release PL")
    files[f"{LOAD}_ruby_0GPa_release_after.txt"] = wire_ruby(0.02, seed="release after")
    return files


def decays() -> Files:
    """Return the decay of the load and the instrument response that it is read against."""
    at = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
    return {
        IRF: streak_image(PULSE, (), first_nm=385, last_nm=415, at=at, seed="IRF"),
        f"{LOAD}_TRPL_0GPa_50ns.img": streak_image(
            Emission(1.792, 0.082, 75.0), (3.4, 16.0), first_nm=620, last_nm=760, at=at + timedelta(minutes=25),
            seed="TRPL 0",
        ),
    }  # fmt: skip
