"""What a plot says in words: its caption, how to read it, and the message for whoever does not see it."""

from collections.abc import Sequence

from measurements.curves.answering import peak_of
from measurements.curves.colors import is_ordered
from measurements.curves.drawing import Drawing
from measurements.curves.recipe import NORMALISATIONS
from measurements.curves.trace import UNITS, Trace


def caption_of(traces: Sequence[Trace]) -> str:
    """Return what is drawn, such as "PL of 8 samples"."""
    techniques = " and ".join(dict.fromkeys(one.technique for one in traces if one.technique)) or "Curves"
    codes = list(dict.fromkeys(one.sample_code for one in traces if one.sample_code))
    if not codes:
        return techniques
    return f"{techniques} of {codes[0] if len(codes) == 1 else f'{len(codes)} samples'}"


def manner_of(drawing: Drawing) -> str:
    """Return how to read it: what was done to the values, and their scale."""
    recipe = drawing.recipe
    words = []
    if recipe.normalise:
        at = f" ({recipe.normalise_at:g})" if recipe.normalise == "at" and recipe.normalise_at is not None else ""
        words.append(f"normalised {NORMALISATIONS[recipe.normalise]}{at}")
    if recipe.offset_fraction and len(drawing.lines) > 1:
        of = "of a decade" if drawing.is_log else "of the greatest height"
        words.append(f"each lifted by {100 * recipe.offset_fraction:.0f} % {of}")
    words.append("logarithmic" if drawing.is_log else "linear")
    if any(one.style.dash for one in drawing.lines) and is_ordered(drawing.traces):
        words.append("dashed = on the way back")
    return ", ".join(words)


def message_of(drawing: Drawing) -> str:
    """Return what the plot says: where the maxima are, along a ladder from where to where."""
    lines = [one for one in drawing.lines if peak_of(one)["x"] is not None]
    if not lines:
        return "Nothing is drawn."
    unit = UNITS.get(lines[0].line.x_unit, lines[0].line.x_unit)
    places = [float(peak_of(one)["x"] or 0) for one in lines]
    if len(lines) == 1:
        return f"Its maximum is at {places[0]:.5g} {unit}."
    if is_ordered(drawing.traces):
        first, last = lines[0].trace.label, lines[-1].trace.label
        return f"The maximum moves from {places[0]:.5g} to {places[-1]:.5g} {unit} between {first} and {last}."
    return f"{len(lines)} traces with maxima from {min(places):.5g} to {max(places):.5g} {unit}."
