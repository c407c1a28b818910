"""How far what was done lies from what was planned."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from labbook.quantities import show_difference
from samples.kinds import ProcessKind
from samples.models import Process, ProcessInput, ProcessValue, Synthesis
from samples.value_keys import VALUE_KEYS

# An amount further than this from its plan is worth a look.
NOTABLE_AMOUNT_FRACTION = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Deviation:
    """A signed difference from the plan, in the unit it is shown in."""

    difference: Decimal
    unit: str
    decimals: int
    is_notable: bool
    # Where the dot of the track stands: −1 at its left end, 0 on the plan, 1 at its right end.
    offset: float

    @property
    def words(self) -> str:
        """Return "▲ +0.1 ml", or "as planned" for what rounds to nothing."""
        shown = show_difference(self.difference, self.unit, decimals=self.decimals)
        if not self.difference or shown.startswith("±"):
            return "as planned"
        return f"{'▲' if self.difference > 0 else '▼'} {shown}"


def value_deviation(value: ProcessValue) -> Deviation | None:
    """Return the deviation of a value; inside a planned range there is none. Null without plan or actual."""
    if value.actual is None or value.planned_low is None or value.planned_high is None:
        return None
    row = VALUE_KEYS[value.key]
    difference = distance(value.actual, value.planned_low, value.planned_high)
    notable = row.notable_deviation
    scale = notable * 4 / 3 if notable else (value.planned_high * NOTABLE_AMOUNT_FRACTION or Decimal(1))
    is_notable = notable is not None and abs(difference) >= notable
    # One tap of the dial is the finest step a person set, so a difference is said no coarser than that.
    decimals = max(row.decimals, -int(difference.normalize().as_tuple().exponent)) if difference else row.decimals
    return Deviation(difference, row.unit, min(decimals, 3), is_notable, track_offset(difference, scale))


def input_deviation(line: ProcessInput) -> Deviation | None:
    """Return the deviation of an amount from its plan, in ml or g; null without plan or actual."""
    if line.amount is None or line.planned_amount is None or line.used_at is None:
        return None
    unit, power, decimals = {"ul": ("ml", -3, 2), "mg": ("g", -3, 4)}.get(line.unit, ("", 0, 0))
    difference = (line.amount - line.planned_amount).scaleb(power)
    plan = line.planned_amount.scaleb(power)
    share = abs(difference) / plan if plan else Decimal(0)
    scale = plan * NOTABLE_AMOUNT_FRACTION * 4 / 3 or Decimal(1)
    return Deviation(difference, unit, decimals, share >= NOTABLE_AMOUNT_FRACTION, track_offset(difference, scale))


def distance(actual: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return how far a value lies outside a range, signed; zero inside."""
    if actual < low:
        return actual - low
    return actual - high if actual > high else Decimal(0)


def track_offset(difference: Decimal, scale: Decimal) -> float:
    """Return a difference as a place on the track, kept between its ends."""
    return max(-1.0, min(1.0, float(difference / scale)))


def recount_notable(synthesis: Synthesis) -> int:
    """Count the notable deviations of a synthesis, its rounds and the batches it used, and keep the count."""
    processes = processes_shown_with(synthesis)
    values = ProcessValue.objects.filter(process__in=processes, actual__isnull=False, planned_low__isnull=False)
    lines = ProcessInput.objects.filter(
        process__in=processes, used_at__isnull=False, amount__isnull=False, planned_amount__isnull=False
    ).exclude(amount=F("planned_amount"))
    found = [value_deviation(one) for one in values] + [input_deviation(one) for one in lines]
    count = sum(1 for one in found if one and one.is_notable)
    if count != synthesis.notable_deviation_count:
        Synthesis.objects.filter(pk=synthesis.pk).update(notable_deviation_count=count)
        synthesis.notable_deviation_count = count
    return count


def processes_shown_with(synthesis: Synthesis) -> list[int]:
    """Return the processes whose plan and actual a synthesis shows: its own and its precursors' preparations."""
    own = Q(synthesis=synthesis)
    batches = Q(
        kind=ProcessKind.PREPARATION,
        outputs__uses__process__synthesis=synthesis,
        outputs__uses__process__kind=ProcessKind.HOT_INJECTION,
    )
    return list(Process.objects.filter(own | batches).values_list("pk", flat=True).distinct())
