"""Recipe arithmetic: amounts, ratios, centrifugal force and volumes, each derived and with its formula; no Django."""

from samples.arithmetic.centrifuge import RelativeForce, relative_force, speed_for_force_rpm, tube_warning
from samples.arithmetic.injection import InjectionRatios, injection_ratios
from samples.arithmetic.missing import MissingNumber
from samples.arithmetic.molar_masses import molar_mass_g_per_mol
from samples.arithmetic.precipitation import (
    MeoacVolume,
    PlannedRound,
    meoac_volume,
    meoac_volume_reversed,
    planned_rounds,
)
from samples.arithmetic.reagents import BALANCE_STDERR_MG, PrecursorBatch, Reagent, precursor_batch
from samples.arithmetic.results import Derived

__all__ = [
    "BALANCE_STDERR_MG",
    "Derived",
    "InjectionRatios",
    "MeoacVolume",
    "MissingNumber",
    "PlannedRound",
    "PrecursorBatch",
    "Reagent",
    "RelativeForce",
    "injection_ratios",
    "meoac_volume",
    "meoac_volume_reversed",
    "molar_mass_g_per_mol",
    "planned_rounds",
    "precursor_batch",
    "relative_force",
    "speed_for_force_rpm",
    "tube_warning",
]
