"""What came of a synthesis, folded for the end of its strip: rounds, fractions, vials."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from labbook.marks.states import place_class
from labbook.marks.strips import Lane, Stop, Strip
from labbook.quantities import show_amount, show_number
from samples.lineage.strip import sample_address
from samples.models import Sample

MOST_NAMED = 3


def with_outcome(
    strip: Strip, fractions: Sequence[Sample], vials: Mapping[int, Sequence[Sample]], *, vials_address: str
) -> Strip:
    """Return a synthesis's strip that goes on to its fractions and to the vials of each, by fraction's id."""
    if not fractions or not strip.trunk.stops:
        return strip
    *before, here = strip.trunk.stops
    filled = [vial for fraction in fractions for vial in vials.get(fraction.pk, ())]
    stops = [*before, replace(here, edge=counted(len(fractions), "round")), stop_of_fractions(fractions, filled)]
    if filled:
        stops.append(Stop(counted(len(filled), "vial"), vials_address, said_places(filled)))
    return replace(strip, trunk=Lane(tuple(stops), strip.trunk.skip))


def stop_of_fractions(fractions: Sequence[Sample], filled: Sequence[Sample]) -> Stop:
    """Return "F1, F2, F3, 2.80 ml each", with what went into vials on its arrow."""
    names = [one.code.rpartition("-")[2] for one in fractions]
    title = ", ".join(names) if len(names) <= MOST_NAMED else f"{names[0]} to {names[-1]}"
    url = sample_address(fractions[0]) if len(fractions) == 1 else ""
    return Stop(title, url, said_amounts(fractions), edge=total_of(filled))


def said_amounts(fractions: Sequence[Sample]) -> str:
    """Return "2.80 ml each", "2.8 to 3.0 ml", or nothing while one of them is not known."""
    amounts = [one.made_amount for one in fractions if one.made_amount is not None]
    if len(amounts) < len(fractions):
        return ""
    low, high = min(amounts), max(amounts)
    if low == high:
        return show_amount(low, "ul") + (" each" if len(amounts) > 1 else "")
    return f"{show_number(low.scaleb(-3))} to {show_number(high.scaleb(-3))}\u202fml"


def total_of(filled: Sequence[Sample]) -> str:
    """Return what all vials were filled with, or nothing while one amount is not known."""
    amounts = [one.made_amount for one in filled if one.made_amount is not None]
    return show_amount(sum(amounts, Decimal(0)), "ul") if filled and len(amounts) == len(filled) else ""


def said_places(filled: Sequence[Sample]) -> str:
    """Return "5 cold, 1 on the bench"."""
    classes = Counter(
        place_class(one.place.kind, one.place.nominal_temperature_c) if one.place else "unknown" for one in filled
    )
    counts = (
        (classes["fridge"] + classes["freezer"], "cold"),
        (classes["bench"], "on the bench"),
        (classes["unknown"], "of unknown place"),
    )
    return ", ".join(f"{number} {words}" for number, words in counts if number)


def counted(number: int, word: str) -> str:
    """Return "1 round" or "3 rounds"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
