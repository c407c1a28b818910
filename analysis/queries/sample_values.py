"""What counts for a sample: its values in force by quantity and state, and the fits that each could be of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.models import Fit, Result, ValueInForce
from analysis.publishing.rounding import Number, Printed, printed
from analysis.publishing.symbols import unit_text
from analysis.quantities import QUANTITIES
from analysis.services.counting import results_in
from analysis.services.states import state_from
from labbook.models import User
from samples.models import Sample

# A ladder of fifty rungs with ten quantities each is told on its series' page.
MOST_VALUES = 200
AS_IT_IS = "as it is"


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value in force; the fits that the person may not see are counted and not named."""

    value: ValueInForce
    label: str
    symbol: str
    unit: str
    printed: Printed
    spread: str
    fits: list[Fit]
    hidden_count: int

    @property
    def is_stale(self) -> bool:
        """Whether a fit behind it no longer says what a run today would say."""
        return any(one.stale_because for one in self.fits)


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The values of a sample in one state."""

    state: str
    lines: list[ValueLine]


def values_of(sample: Sample, user: User) -> list[StateGroup]:
    """Return the values in force of a sample, as it is first, then state by state."""
    values = ValueInForce.objects.visible_to(user).filter(sample=sample)
    ordered = values.order_by("pressure_gpa", "temperature_k", "age_days", "branch", "pk")
    found = list(ordered.prefetch_related("results")[:MOST_VALUES])
    ids = {result.fit_id for one in found for result in one.results.all()}
    seen = Fit.objects.visible_to(user).in_bulk(ids)
    by_state: dict[str, list[ValueLine]] = defaultdict(list)
    for one in found:
        by_state[one.state].append(line_of(one, seen))
    order = {name: index for index, name in enumerate(QUANTITIES)}
    states = sorted(by_state, key=bool)
    return [
        StateGroup(state or AS_IT_IS, sorted(by_state[state], key=lambda line: order.get(line.value.quantity, 999)))
        for state in states
    ]


def line_of(value: ValueInForce, seen: dict[int, Fit]) -> ValueLine:
    """Return one value as a page shows it."""
    known = QUANTITIES.get(value.quantity)
    ids = list(dict.fromkeys(one.fit_id for one in value.results.all()))
    spread = str(printed(Number(value.between_std))) if value.between_std is not None else ""
    return ValueLine(
        value,
        label=known.label if known else value.quantity.replace("_", " "),
        symbol=known.symbol if known else "",
        unit=unit_text(value.unit),
        printed=printed(Number(value.value, value.stderr)),
        spread=spread,
        fits=[seen[one] for one in ids if one in seen],
        hidden_count=sum(one not in seen for one in ids),
    )


def candidates_of(value: ValueInForce, user: User) -> list[Result]:
    """Return the results that could count for a value, as far as the person sees their fits."""
    found: Iterable[Result] = results_in(value.sample_id, state_from(value)).get(value.quantity, [])
    seen = set(Fit.objects.visible_to(user).filter(pk__in=[one.fit_id for one in found]).values_list("pk", flat=True))
    return [one for one in found if one.fit_id in seen]
