"""The files of one load in a diamond-anvil cell: emission between two looks at its ruby, and decays on each rung."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from measurements.demonstration.decays import AFTER_RELEASE, PULSE, UNDER_PRESSURE
from measurements.demonstration.shapes import load_at
from measurements.demonstration.streak import LASER, streak_image
from measurements.demonstration.texts import wire_emission, wire_ruby

LOAD = "NC-004-F1-DAC1"
# Rung → the pressure that its ruby shows before the emission is taken, that of the emission, that of the ruby after.
RUNGS_GPA = {
    "0": (0.0, 0.003, 0.008), "0.13": (0.127, 0.136, 0.137), "0.27": (0.274, 0.266, 0.268),
    "0.4": (0.404, 0.395, 0.396), "0.7": (0.697, 0.706, 0.704), "1": (0.998, 0.996, 1.010),
    "1.27": (1.264, 1.276, 1.274), "1.65": (1.645, 1.644, 1.656),
}  # fmt: skip
AFTER_RELEASE_GPA = 0.02
# Windows of the streak camera: the long one where the decay needs it.
SHORT_NS, LONG_NS = 50.0, 100.0
NEED_LONG = ("1.65GPa",)
SEEN_NM, LASER_SEEN_NM = (590.0, 750.0), (385.0, 415.0)
# Counts of the streak camera for one of the Raman microscope, which sees the same line.
STREAK_RATIO = 0.25

Files = dict[str, bytes]


def ladder() -> Files:
    """Return a load's emission on each rung between two looks at its ruby, and what is left after the release."""
    files: Files = {}
    for rung, (before_gpa, taken_gpa, after_gpa) in RUNGS_GPA.items():
        files[f"{LOAD}_ruby_{rung}GPa_before.txt"] = wire_ruby(before_gpa, seed=f"{rung} before")
        files[f"{LOAD}_PL_{rung}GPa.txt"] = wire_emission(taken_gpa, seed=f"{rung} PL")
        files[f"{LOAD}_ruby_{rung}GPa_after.txt"] = wire_ruby(after_gpa, seed=f"{rung} after")
    files[f"{LOAD}_PL_0GPa_release.txt"] = wire_emission(AFTER_RELEASE_GPA, seed="release PL")
    files[f"{LOAD}_ruby_0GPa_release_after.txt"] = wire_ruby(AFTER_RELEASE_GPA, seed="release after")
    return files


def decays() -> Files:
    """Return the decay of the load on each rung and after release, and the responses that they are read against."""
    start = datetime(2026, 10, 9, 9, 0, tzinfo=UTC)
    files = {
        response_name(window_ns): streak_image(
            LASER, PULSE, from_to_nm=LASER_SEEN_NM, window_ns=window_ns, at=start, seed=f"IRF {window_ns:g}"
        )
        for window_ns in (SHORT_NS, LONG_NS)
    }
    taken = [(f"{rung}GPa", float(rung), decay) for rung, decay in UNDER_PRESSURE.items()]
    taken.append(("0GPa_release", AFTER_RELEASE_GPA, AFTER_RELEASE))
    for number, (rung, pressure_gpa, decay) in enumerate(taken):
        window_ns, line = LONG_NS if rung in NEED_LONG else SHORT_NS, load_at(pressure_gpa)
        files[f"{LOAD}_TRPL_{rung}_{window_ns:g}ns.img"] = streak_image(
            replace(line, counts=line.counts * STREAK_RATIO), decay, from_to_nm=SEEN_NM, window_ns=window_ns,
            at=start + timedelta(minutes=25 * (number + 1)), seed=f"TRPL {rung}",
        )  # fmt: skip
    return files


def response_name(window_ns: float) -> str:
    """Return the name of the instrument response of a window."""
    return f"IRF_{window_ns:g}ns.img"
