"""Records of the analysis floor: fits, what they rest on and tell, values in force, and a lab's choices."""

from analysis.models.fits import Fit, FitInput, FitState, InputKind, Result, Verdict
from analysis.models.methods import MethodChoice
from analysis.models.publishing import SavedFigure, SavedTable
from analysis.models.values import RungPressure, ValueInForce

__all__ = [
    "Fit",
    "FitInput",
    "FitState",
    "InputKind",
    "MethodChoice",
    "Result",
    "RungPressure",
    "SavedFigure",
    "SavedTable",
    "ValueInForce",
    "Verdict",
]
