"""Methyl acetate per round, and the volumes that rounds are planned with."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samples.arithmetic.missing import MissingNumber
from samples.arithmetic.results import Derived, derived, number_text


@dataclass(frozen=True, slots=True)
class MeoacVolume:
    """Methyl acetate for one reading of a ratio, and its share of the mixture by volume."""

    meoac_ml: Derived
    meoac_percent: Derived


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One round of precipitation as planned: what goes in, what is added, what the tubes must hold."""

    number: int
    in_ml: Derived
    meoac_ml: Derived
    total_ml: Derived


def meoac_volume(*, in_ml: Decimal | float, nc_to_meoac_ratio: Decimal | float) -> MeoacVolume:
    """Return V(MeOAc) = V(NC) / ratio, the source as written: 3 (NCs) : 1 (MeOAc). Raises MissingNumber."""
    in_ml, ratio = _checked(in_ml, nc_to_meoac_ratio)
    text = f"{number_text(in_ml)} ml / {number_text(ratio)}"
    return _meoac(in_ml, in_ml / ratio, "MeOAc", text)


def meoac_volume_reversed(*, in_ml: Decimal | float, nc_to_meoac_ratio: Decimal | float) -> MeoacVolume:
    """Return V(MeOAc) = V(NC) × ratio, the reversed reading: an excess of MeOAc. Raises MissingNumber."""
    in_ml, ratio = _checked(in_ml, nc_to_meoac_ratio)
    text = f"{number_text(in_ml)} ml × {number_text(ratio)}"
    return _meoac(in_ml, in_ml * ratio, "MeOAc, ratio reversed", text)


def planned_rounds(
    *,
    crude_ml: Decimal | float,
    nc_to_meoac_ratio: Decimal | float,
    round_count: int,
    meoac_actual_ml: Sequence[Decimal | float | None] = (),
) -> tuple[PlannedRound, ...]:
    """Return the rounds' planned volumes in ml: what goes in is the round before with its MeOAc.

    Volumes add; the pellet and losses are left out. A MeOAc volume already recorded for a round
    replaces the planned one in everything after it. Raises MissingNumber without volume or ratio.
    """
    rounds: list[PlannedRound] = []
    in_ml, in_text = float(crude_ml), "crude"
    for number in range(1, round_count + 1):
        planned = meoac_volume(in_ml=in_ml, nc_to_meoac_ratio=nc_to_meoac_ratio).meoac_ml
        recorded = meoac_actual_ml[number - 1] if number <= len(meoac_actual_ml) else None
        added_ml = planned.value if recorded is None else recorded
        total_text = f"{number_text(in_ml)} ml + {number_text(added_ml)} ml"
        total = derived("total_ml", "In the tubes", in_ml + float(added_ml), "ml", total_text)
        rounds.append(PlannedRound(number, derived("in_ml", "In", in_ml, "ml", in_text), planned, total))
        in_ml, in_text = total.value, total_text
    return tuple(rounds)


def _meoac(in_ml: float, meoac_ml: float, label: str, text: str) -> MeoacVolume:
    share_text = f"{number_text(meoac_ml)} ml / ({number_text(in_ml)} + {number_text(meoac_ml)}) ml"
    return MeoacVolume(
        derived("meoac_ml", label, meoac_ml, "ml", text),
        derived("meoac_percent", f"{label}, v/v", 100.0 * meoac_ml / (in_ml + meoac_ml), "%", share_text),
    )


def _checked(in_ml: Decimal | float, nc_to_meoac_ratio: Decimal | float) -> tuple[float, float]:
    if not in_ml or in_ml <= 0:
        raise MissingNumber("The volume that goes into the round is not known.")
    if not nc_to_meoac_ratio or nc_to_meoac_ratio <= 0:
        raise MissingNumber("The ratio of NC solution to MeOAc is not known.")
    return float(in_ml), float(nc_to_meoac_ratio)
