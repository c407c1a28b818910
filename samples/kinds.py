"""The kinds of sample and of process, each one row of a table that the rest of the house reads."""

from dataclasses import dataclass

from django.db import models


class SampleKind(models.TextChoices):
    """What a sample is."""

    BOTTLE = "bottle", "bottle"
    PRECURSOR = "precursor", "precursor batch"
    CRUDE = "crude", "crude"
    SUPERNATANT = "supernatant", "supernatant"
    FRACTION = "fraction", "fraction"
    VIAL = "vial", "vial"
    FILM = "film", "film"
    XRD_FILM = "xrd_film", "XRD film"
    TEM_GRID = "tem_grid", "TEM grid"
    CUVETTE = "cuvette", "cuvette"
    LOAD = "load", "diamond-anvil load"


LIQUID_KINDS = (
    SampleKind.PRECURSOR,
    SampleKind.CRUDE,
    SampleKind.SUPERNATANT,
    SampleKind.FRACTION,
    SampleKind.VIAL,
)
SPECIMEN_KINDS = (
    SampleKind.FILM,
    SampleKind.XRD_FILM,
    SampleKind.TEM_GRID,
    SampleKind.CUVETTE,
    SampleKind.LOAD,
)


class ProcessKind(models.TextChoices):
    """What was done."""

    RECEIVED = "received", "received"
    PREPARATION = "preparation", "preparation"
    HOT_INJECTION = "hot_injection", "hot injection"
    PRECIPITATION = "precipitation", "precipitation round"
    DISPENSING = "dispensing", "dispensing"
    DILUTION = "dilution", "dilution"
    POOLING = "pooling", "pooling"
    SPLITTING = "splitting", "splitting"
    SPIN_COATING = "spin_coating", "spin coating"
    DROP_CASTING = "drop_casting", "drop casting"
    CUVETTE_FILLING = "cuvette_filling", "cuvette filling"
    CELL_LOADING = "cell_loading", "cell loading"
    CONSUMPTION = "consumption", "consumption"
    CLEAN_UP_SPIN = "clean_up_spin", "clean-up spin"
    FILTERING = "filtering", "filtering"
    DRYING = "drying", "drying"
    REHEATING = "reheating", "reheating"


# Treatments act on one sample in place and have no output.
TREATMENT_KINDS = (
    ProcessKind.CLEAN_UP_SPIN,
    ProcessKind.FILTERING,
    ProcessKind.DRYING,
    ProcessKind.REHEATING,
)


@dataclass(frozen=True, slots=True)
class SpecimenForm:
    """How one kind of specimen is made and numbered."""

    kind: SampleKind
    code_prefix: str
    process: ProcessKind
    plural: str


# Numbered per fraction and prefix: NC-024-F2-FL1. A film on quartz has a series of its own.
SPECIMEN_FORMS = (
    SpecimenForm(SampleKind.FILM, "FL", ProcessKind.SPIN_COATING, "films"),
    SpecimenForm(SampleKind.FILM, "QF", ProcessKind.SPIN_COATING, "films on quartz"),
    SpecimenForm(SampleKind.XRD_FILM, "XF", ProcessKind.SPIN_COATING, "XRD films"),
    SpecimenForm(SampleKind.TEM_GRID, "TG", ProcessKind.DROP_CASTING, "TEM grids"),
    SpecimenForm(SampleKind.CUVETTE, "CV", ProcessKind.CUVETTE_FILLING, "cuvettes"),
    SpecimenForm(SampleKind.LOAD, "DAC", ProcessKind.CELL_LOADING, "diamond-anvil loads"),
)


class Unit(models.TextChoices):
    """The unit an amount is stored in; crossing between them needs a density."""

    MG = "mg", "mg"
    UL = "ul", "µl"
    PIECE = "piece", "piece"


class Precision(models.TextChoices):
    """How precisely a moment is known; order is checked at the coarser of two."""

    DAY = "day", "day"
    MINUTE = "minute", "minute"
    SECOND = "second", "second"
