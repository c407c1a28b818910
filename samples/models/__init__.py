"""The tables of the samples floor."""

from samples.models.details import BottleDetail, SampleSize, SpecimenDetail, VialDetail
from samples.models.equipment import Equipment, EquipmentKind
from samples.models.imports import CheckedUpload, ImportedRow
from samples.models.ledger import EntryKind, LedgerEntry
from samples.models.places import Move, Place, PlaceKind
from samples.models.processes import Process, ProcessInput, ProcessStatus, ProcessValue, Step, StepStatus
from samples.models.recipes import Recipe, RecipeVersion
from samples.models.samples import LabelRequest, Sample, SampleStatus
from samples.models.syntheses import Synthesis, SynthesisStatus

__all__ = [
    "BottleDetail",
    "CheckedUpload",
    "EntryKind",
    "Equipment",
    "EquipmentKind",
    "ImportedRow",
    "LabelRequest",
    "LedgerEntry",
    "Move",
    "Place",
    "PlaceKind",
    "Process",
    "ProcessInput",
    "ProcessStatus",
    "ProcessValue",
    "Recipe",
    "RecipeVersion",
    "Sample",
    "SampleSize",
    "SampleStatus",
    "SpecimenDetail",
    "Step",
    "StepStatus",
    "Synthesis",
    "SynthesisStatus",
    "VialDetail",
]
