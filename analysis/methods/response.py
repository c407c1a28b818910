"""Which channel of a recording holds what the detector counted, and the response that the corrected channel implies."""

import re

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Signal
from analysis.physics.fitting.problem import Floats

# What spectrofluorometers call the signal as counted, and after the correction for the response.
AS_COUNTED = re.compile(r"^S\d$", re.IGNORECASE)
CORRECTED = re.compile(r"^S\dc(\s*/\s*(?P<reference>R\d)c?)?$", re.IGNORECASE)
# Neighbouring values of a response differ by less than this part of it; else it is no response.
ROUGH_RATIO = 0.05
NO_RESPONSE = "taken as flat; the readings are not corrected for it"


def raw_signal(signal: Signal) -> Signal:
    """Return the channel as counted that lies beside a corrected one, or the signal itself."""
    if not CORRECTED.match(signal.name.strip()):
        return signal
    channels = [one for one in signal.others if AS_COUNTED.match(one.name.strip()) and fits(one, signal)]
    if not channels:
        return signal
    raw = channels[0]
    others = (signal, *(one for one in signal.others if one is not raw))
    return Signal(
        raw.values, raw.unit, raw.x, raw.x_unit, raw.x_name, name=raw.name, role=signal.role,
        technique=signal.technique, label=signal.label, settings=signal.settings, others=others, sha256=signal.sha256,
    )  # fmt: skip


def response_of(raw: Signal, order: NDArray[np.intp]) -> tuple[Floats, str]:
    """Return the response, shape (n,), of the readings in an order, and how it is known; ones where it is not.

    Signal as counted over corrected signal, times the reference when the file gives only their ratio.
    """
    flat = np.ones(len(order))
    corrected = next((one for one in raw.others if CORRECTED.match(one.name.strip()) and fits(one, raw)), None)
    if corrected is None:
        return flat, NO_RESPONSE
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (raw.values / (corrected.values * reference_of(raw, corrected)))[order]
    is_known = np.isfinite(ratio) & (ratio > 0)
    if is_known.sum() < 0.5 * len(order):
        return flat, NO_RESPONSE
    filled = np.interp(np.arange(len(order)), np.flatnonzero(is_known), ratio[is_known])
    if float(np.abs(np.diff(np.log(filled))).max()) > ROUGH_RATIO:
        return flat, f"not used: {raw.name} over {corrected.name} is too rough for a response"
    return filled, f"{raw.name} over {corrected.name}, inside the model"


def reference_of(raw: Signal, corrected: Signal) -> Floats:
    """Return the reference that a corrected signal was divided by, shape (n,), or ones."""
    match = CORRECTED.match(corrected.name.strip())
    name = match["reference"] if match else None
    for one in raw.others:
        if name and one.name.strip().lower() == name.lower() and fits(one, raw):
            return one.values
    return np.ones_like(corrected.values)


def fits(one: Signal, other: Signal) -> bool:
    """Say whether two channels have one value for each of the same x."""
    return one.values.shape == other.values.shape
