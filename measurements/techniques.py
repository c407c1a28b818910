"""What a lab measures with, each technique one row of a table that pages, matching and plots read."""

from dataclasses import dataclass

from django.db import models


class Technique(models.TextChoices):
    """What a measurement is of; readers use the same words where the file itself tells."""

    TEM_IMAGE = "TEM image", "TEM image"
    TEM_EDGES = "TEM edges", "TEM edges"
    XRD = "XRD", "XRD"
    STRUCTURE = "structure", "structure"
    ABSORBANCE = "absorbance", "absorbance"
    PL = "PL", "PL"
    PLQY = "PLQY", "PLQY"
    TRPL = "TRPL", "TRPL"
    RAMAN = "Raman", "Raman"
    RUBY = "ruby", "ruby"
    SPECTRUM = "spectrum", "spectrum"
    TABLE = "table", "table"


@dataclass(frozen=True, slots=True)
class TechniqueRow:
    """How one technique is named in file names and drawn."""

    technique: Technique
    # Words of a file name or folder that mean it, in lower case and without separators.
    words: tuple[str, ...]
    badge: str
    is_log: bool = False


TECHNIQUES = {
    row.technique: row
    for row in (
        TechniqueRow(Technique.TEM_EDGES, ("edges", "edge", "kanten", "sizes", "particles"), "TEM"),
        TechniqueRow(Technique.TEM_IMAGE, ("tem", "bf", "haadf", "stem", "hrtem"), "TEM"),
        TechniqueRow(Technique.XRD, ("xrd", "pxrd", "diffraction"), "XRD"),
        TechniqueRow(Technique.STRUCTURE, ("cif", "structure"), "XRD"),
        TechniqueRow(Technique.ABSORBANCE, ("abs", "absorbance", "absorption", "uvvis", "uv"), "ABS"),
        TechniqueRow(Technique.PLQY, ("plqy", "qy", "sphere"), "PLQY"),
        TechniqueRow(Technique.TRPL, ("trpl", "streak", "decay", "lifetime", "tcspc"), "TRPL", is_log=True),
        TechniqueRow(Technique.RUBY, ("ruby",), "RUBY"),
        TechniqueRow(Technique.RAMAN, ("raman",), "RAMAN"),
        TechniqueRow(Technique.PL, ("pl", "emission", "photoluminescence"), "PL"),
        TechniqueRow(Technique.SPECTRUM, ("spectrum",), "SPEC"),
        TechniqueRow(Technique.TABLE, (), "TABLE"),
    )
}


class ReferenceKind(models.TextChoices):
    """What a measurement looks at when it looks at no sample."""

    EMPTY_SPHERE = "empty sphere", "empty sphere"
    BLANK_CUVETTE = "blank cuvette", "blank cuvette"
    BARE_SUBSTRATE = "bare substrate", "bare substrate"
    IRF = "IRF", "instrument response"
    DARK = "dark", "dark"
    AMBIENT_RUBY = "ambient ruby", "ambient ruby"
    LINE_STANDARD = "line standard", "line standard"
    LAMP_STANDARD = "lamp standard", "lamp of known spectrum"


class Branch(models.TextChoices):
    """On which way along a ladder a measurement was made."""

    COOLING = "cooling", "cooling"
    WARMING = "warming", "warming"
    COMPRESSION = "compression", "compression"
    RELEASE = "release", "release"


class Along(models.TextChoices):
    """What a series runs along."""

    PRESSURE = "pressure", "pressure"
    TEMPERATURE = "temperature", "temperature"
    AGE = "age", "age"


UNIT_OF = {Along.PRESSURE: "GPa", Along.TEMPERATURE: "K", Along.AGE: "d"}
# The column of a measurement that says where it stands along a series.
COLUMN_OF = {Along.PRESSURE: "pressure_gpa", Along.TEMPERATURE: "temperature_k", Along.AGE: "age_days"}
