"""What stands above the columns of a powder pattern: settings, names of columns, and whether it is one at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from measurements.readers.parts.powder_pattern import float_or_none, stated
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.powder_xy.rows import COMMENTS, cells_of
from measurements.readers.recording import Caution, Instant, Setting

EVA = re.compile(r"'?\s*Id:\s*\"")
EVA_PAIR = re.compile(r"(\w+):\s*\"([^\"]*)\"")
TWO_THETA = re.compile(r"\b2[\s_-]*th(?:eta|_deg|_rad)?\b|\btwo[\s_-]*theta\b|2\s*θ|°2th", re.IGNORECASE)
Q_PER_ANGSTROM = re.compile(r"\bq_A\^-1|\bq\s*\(?(?:1/Å|1/A|Å\^-1|A\^-1)", re.IGNORECASE)
Q_PER_NANOMETRE = re.compile(r"\bq_nm\^-1", re.IGNORECASE)
RADIANS = re.compile(r"\b2th_rad\b")
ANGLE = re.compile(r"(?:2?[\s_-]*theta|angle)\b[^,;\t]*$", re.IGNORECASE)
INTENSITY = re.compile(r"(?:intensity|counts?|cps|psd|lin|i)\b", re.IGNORECASE)
WAVELENGTH = re.compile(r"wavelength\s*[=:]?\s*(\d*\.\d+(?:[eE]-?\d+)?)\s*(nm|m|Å|A|Angstroms?)?", re.IGNORECASE)
K_LINE = re.compile(r"\b(Cu|Mo|Co|Ag|Cr|Fe|W)[\s-]*K[\s-]*(?:a|α|alpha)", re.IGNORECASE)
PRESSURE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*GPa\s*$", re.IGNORECASE)
TEMPERATURE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*K\s*$")
ERROR_NAME = re.compile(r"sigma|error|esd|e\.s\.d|std|unc", re.IGNORECASE)
PAIR = re.compile(r"([A-Za-z2][\w .()/-]{0,40}?)\s*[=:]\s*(.*)$")
FOREIGN = ("<", "##TITLE", "*RAS", "_FILEVERSION", "data_", "BANK", "SpectraSuite", "OceanOptics", "Data from")
FULLPROF = "XYDATA"
NAMES = {
    "id": "sample_name",
    "sample name": "sample_name",
    "sample": "sample_name",
    "comment": "comment",
    "operator": "operator",
    "user": "operator",
    "anode": "anode",
    "scantype": "scan_type",
    "chemical formula": "formula",
}
FLOATS = {
    "timeperstep": "time_per_step_s",
    "time per step": "time_per_step_s",
    "calibrated wavelength": "wavelength_angstrom",
    "2theta step": "step_deg",
    "intensity scale": "intensity_scale_ratio",
}
MOMENTS = {"scan time", "date", "measurement date", "date/time", "start time", "date measured"}
ANGSTROM_OF = {"nm": 10.0, "m": 1e10}
# A beam longer or shorter than this diffracts in no laboratory.
SHORTEST_ANGSTROM, LONGEST_ANGSTROM = 0.05, 3.0


@dataclass
class Preamble:
    """What the lines above the first row say."""

    says_powder: bool = False
    # Lines that are neither comments nor understood: the file is somebody else's.
    has_prose: bool = False
    axis_name: str = "2theta"
    axis_unit: str = ""
    instrument: str = ""
    names: tuple[str, ...] = ()
    points_stated: int | None = None
    measured: Instant | None = None
    settings: dict[str, Setting] = field(default_factory=dict)
    header: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()

    @property
    def names_a_standard_error(self) -> bool:
        """Say whether the third column is named as the error of the second."""
        return len(self.names) == 3 and ERROR_NAME.search(self.names[2]) is not None


def is_foreign(lines: Sequence[str]) -> bool:
    """Say whether a line above the first row belongs to another format."""
    return any(line.lstrip().startswith(FOREIGN) for line in lines)


def preamble_of(lines: Sequence[str]) -> Preamble:
    """Return what the lines above the first row say."""
    found = Preamble()
    kept = [line.strip() for line in lines if line.strip()]
    for index, line in enumerate(kept):
        is_last = index == len(kept) - 1
        _read_line(found, line, is_last=is_last)
    text = "\n".join(kept)
    _read_axis(found, text)
    _read_beam(found, text)
    if "11bm" in text or "11-BM" in text:
        found.instrument = "APS 11-BM"
    return found


def _read_line(found: Preamble, line: str, *, is_last: bool) -> None:
    bare = line.lstrip("#'!/*;% ").rstrip("*/ ")
    if EVA.match(line):
        found.says_powder, found.instrument = True, "Bruker diffractometer (EVA)"
        found.header["Id"] = (line,)
        for name, value in EVA_PAIR.findall(line):
            _keep(found, name, value)
    elif line.isdigit():
        # The fourth line of Fit2D: how many rows follow.
        found.points_stated = int(line)
    elif pair := PAIR.match(bare):
        _keep(found, pair[1].strip(), pair[2].strip())
    else:
        _keep_parts(found, bare)
    if is_last:
        _read_names(found, bare)
    is_comment = line.startswith(COMMENTS) or line.isdigit()
    found.has_prose |= not is_comment and bool(bare)
    found.says_powder |= line == FULLPROF


def _keep(found: Preamble, name: str, value: str) -> None:
    key = name.lower()
    if key in NAMES:
        found.settings |= stated(**{NAMES[key]: value})
    elif key in FLOATS and (number := float_or_none(value)) is not None:
        found.settings |= stated(**{FLOATS[key]: number})
    elif key in MOMENTS and found.measured is None:
        found.measured, said = scan_moment(value)
        found.cautions += said
    else:
        found.header[name] = (*found.header.get(name, ()), value)


def _keep_parts(found: Preamble, bare: str) -> None:
    if not bare:
        return
    found.header[""] = (*found.header.get("", ()), bare)
    if ";" not in bare:
        return
    for part in (one.strip() for one in bare.split(";")):
        if pressure := PRESSURE.match(part):
            found.settings["pressure_gpa"] = float(pressure[1])
        elif temperature := TEMPERATURE.match(part):
            found.settings["temperature_k"] = float(temperature[1])
        elif not WAVELENGTH.search(part) and "-" in part:
            found.settings.setdefault("sample_name", part)


def _read_names(found: Preamble, bare: str) -> None:
    # Names with blanks in them are set apart by more than one.
    names = re.split(r"\s{2,}", bare) if re.search(r"\S\s{2,}\S", bare) else cells_of(bare)
    names = [name.strip(' ,"') for name in names]
    if len(names) > 1 and ANGLE.match(names[0]) and INTENSITY.match(names[1]):
        found.says_powder = True
    if len(names) > 1 and (ANGLE.match(names[0]) or TWO_THETA.search(names[0]) or names[0].startswith("q")):
        found.names = tuple(names)


def _read_axis(found: Preamble, text: str) -> None:
    if RADIANS.search(text):
        found.axis_unit, found.says_powder = "rad", True
    elif Q_PER_ANGSTROM.search(text):
        found.axis_name, found.axis_unit, found.says_powder = "q", "1/Å", True
    elif Q_PER_NANOMETRE.search(text):
        found.axis_name, found.axis_unit, found.says_powder = "q", "1/nm", True
    elif TWO_THETA.search(text):
        found.says_powder = True


def _read_beam(found: Preamble, text: str) -> None:
    line = K_LINE.search(text)
    if line:
        found.settings.setdefault("anode", line[1].capitalize())
    beam = WAVELENGTH.search(text)
    if not beam:
        return
    angstrom = float(beam[1]) * ANGSTROM_OF.get((beam[2] or "").lower(), 1.0)
    if SHORTEST_ANGSTROM <= angstrom <= LONGEST_ANGSTROM:
        found.settings.setdefault("wavelength_angstrom", angstrom)
        found.says_powder |= line is not None or (beam[2] or "").lower() in {"å", "a", "angstrom", "angstroms"}
