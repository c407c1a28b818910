"""What became of a broken file, and whether a reading that went well can be trusted to be one."""

import json

import numpy as np

from measurements.readers.description import described
from measurements.readers.reading import Reading
from measurements.readers.recording import Channel, Recording, Technique

READ, REFUSED, UNFORESEEN, SEVERAL = "read", "refused", "refused, unforeseen", "several"
CRASHED, SLOW, LARGE, WRONG = "crashed", "too slow", "too much memory", "wrong curve"
OUTCOMES = (READ, REFUSED, UNFORESEEN, SEVERAL, CRASHED, SLOW, LARGE, WRONG)
FAILURES = frozenset({CRASHED, SLOW, LARGE, WRONG})

# How the reasons of the reading process and of the registry begin.
BEGINNINGS = {
    "The content is broken: ": UNFORESEEN,
    "Reading it took longer than": SLOW,
    "Reading it needs more memory": LARGE,
    "Reading it ended the reading process": CRASHED,
}
# A structure has atoms, and the text beside an image has only its scale.
WITHOUT_CHANNELS = {Technique.STRUCTURE, Technique.TEM_IMAGE}
# What a caution says of an axis that is out of order, and of values that are missing.
ORDER_WORDS = ("rise", "order", "downwards", "twice", "repeat")
GAP_WORDS = ("gap", "missing", "no number", "not a number", "nan", "finite", "no value")


def outcome_of(reading: Reading) -> tuple[str, str]:
    """Return the outcome of a reading and what is to be said of it."""
    if reading.refused is not None:
        found = next((one for beginning, one in BEGINNINGS.items() if reading.refused.startswith(beginning)), REFUSED)
        return (SEVERAL if reading.candidates else found), reading.refused
    wrong = next((said for one in reading.recordings if (said := fault_of(one))), "")
    try:
        json.dumps(described("", reading), allow_nan=False)
    except (TypeError, ValueError) as error:
        wrong = wrong or f"it is no JSON: {error}"
    if not reading.recordings:
        wrong = "it has no recordings"
    return (WRONG, wrong) if wrong else (READ, "")


def fault_of(recording: Recording) -> str:
    """Return what is wrong with a recording, or nothing."""
    if not recording.channels and recording.technique not in WITHOUT_CHANNELS:
        return "it has no channels"
    cautions = " ".join(caution.text.lower() for caution in recording.cautions)
    return next((said for one in recording.channels if (said := channel_fault(one, cautions))), "")


def channel_fault(channel: Channel, cautions: str) -> str:
    """Return what is wrong with a channel, or nothing: its shape, an axis out of order, a gap that nobody counted."""
    if channel.values.shape != tuple(len(axis.values) for axis in channel.axes):
        return f"{channel.name} has another shape than its axes"
    for axis in channel.axes:
        if not np.isfinite(axis.values).all() and not any(word in cautions for word in GAP_WORDS):
            return f"{axis.name or 'x'} has a place that is no number"
        if not (np.diff(axis.values) > 0).all() and not any(word in cautions for word in ORDER_WORDS):
            return f"{axis.name or 'x'} is out of order without a caution"
    if not np.isfinite(channel.values).all() and not any(word in cautions for word in GAP_WORDS):
        return f"{channel.name} has gaps without a caution"
    return ""
