"""From the precipitation table's forms to the rows its service takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from labbook.errors import Refusal
from labbook.http import LabRequest
from labbook.quantities import Quantity, QuantityRange, parse_range, show_number
from samples.forms.precipitation import RoundForm, SharedForm
from samples.kinds import Precision
from samples.models import Place, PlaceKind, Sample, Synthesis
from samples.queries.precipitation import RecipeNumbers, first_place
from samples.services.precipitation import (
    FractionRow,
    RoundRow,
    SpinRow,
    Stop,
    UseLine,
    ValueLine,
    VialPlan,
    planned_meoac_ul,
)


@dataclass(frozen=True, slots=True)
class Table:
    """The table as it was sent: its forms, and what they start from."""

    request: LabRequest
    synthesis: Synthesis
    source: Sample
    number: int
    numbers: RecipeNumbers
    places: list[Place]
    rows: Any
    shared: SharedForm


def table_rows(table: Table) -> tuple[list[FractionRow], Callable[[datetime], Stop] | None]:
    """Return the recorded rows of valid forms, and the stop if there was one."""
    recorded = [form for form in table.rows.forms if form.is_recorded]
    volume_ul = table.source.balance
    rows: list[FractionRow] = []
    # Rows without a time of their own are moments of this save, in order, and not before what they start from.
    first = max(timezone.now() - timedelta(seconds=len(recorded)), table.source.made_at)
    for position, form in enumerate(recorded, start=1):
        row = fraction_row(table, form, position, volume_ul, first + timedelta(seconds=position))
        rows.append(row)
        into = row.round.in_ul if row.round.in_ul is not None else volume_ul
        added = row.round.meoac.amount_ul
        volume_ul = None if into is None or added is None else into + added
    data = table.shared.cleaned_data
    if not data["stop"]:
        return rows, None
    return rows, lambda at: Stop(at, data["stop_reason"])


def fraction_row(table: Table, form: RoundForm, position: int, volume_ul: Decimal | None, at: datetime) -> FractionRow:
    """Return one row; a tick without a number takes the planned MeOAc."""
    data, shared = form.cleaned_data, table.shared.cleaned_data
    moment = data["at"]
    when = moment.at if moment else at
    typed_in: Quantity | None = data["in_ml"]
    in_ul = typed_in.value if typed_in else None
    plan_ul = planned_meoac_ul(in_ul if in_ul is not None else volume_ul, table.numbers.ratio)
    meoac: Quantity | None = data["meoac_ml"]
    if meoac is None and plan_ul is None:
        raise Refusal("The volume in the tube is not known: type it, or the MeOAc.", field=f"rows.{position}.meoac")
    added_ul = meoac.value if meoac else plan_ul
    hexane: Quantity | None = data["hexane_ml"]
    recounts = table.request.POST.getlist("recount")
    done = RoundRow(
        at=when,
        precision=Precision(moment.precision) if moment else Precision.MINUTE,
        in_ul=in_ul,
        in_as_written=typed_in.as_written if typed_in else "",
        meoac=UseLine(
            added_ul, shared["meoac"], as_written=meoac.as_written if meoac else "as planned", planned_ul=plan_ul,
            recount=added_ul if f"{position}.meoac" in recounts else None,
        ),
        hexane=UseLine(
            hexane.value if hexane else None, shared["hexane"], as_written=hexane.as_written if hexane else "",
            planned_ul=planned_ul(table.numbers.hexane_ml),
            recount=hexane.value if hexane and f"{position}.hexane" in recounts else None,
        ),
        values=values_of(table, data),
        fraction_ul=data["fraction_ml"].value if data["fraction_ml"] else None,
        look=data["look"],
        rotor=shared["rotor"],
    )  # fmt: skip
    return FractionRow(done, vials_of(table, data), spins_of(data, when), is_filtered=data["filtered"])


def values_of(table: Table, data: dict[str, Any]) -> tuple[ValueLine, ...]:
    """Return speed, time and ratio of a row beside the recipe's plan."""
    numbers = table.numbers
    ratio = QuantityRange(numbers.ratio, numbers.ratio, "", show_number(numbers.ratio))
    return (
        ValueLine("spin_speed_rpm", parse_range(numbers.rpm, "rpm") if numbers.rpm else None, data["rpm"]),
        ValueLine("spin_time_min", parse_range(numbers.minutes, "min") if numbers.minutes else None, data["minutes"]),
        ValueLine("meoac_ratio", ratio),
    )


def vials_of(table: Table, data: dict[str, Any]) -> tuple[VialPlan, ...]:
    """Return the vials of a row; split, the first two are a fridge and a freezer arm of the same fraction."""
    count = 1 if data["vials"] is None else data["vials"]
    place: Place | None = data["place"]
    plans = [VialPlan(place=place)] * count
    if data["split"]:
        fridge = place if place and place.kind == PlaceKind.FRIDGE else first_place(table.places, PlaceKind.FRIDGE)
        freezer = first_place(table.places, PlaceKind.FREEZER)
        plans[:2] = [VialPlan(place=fridge, arm="fridge"), VialPlan(place=freezer, arm="freezer")]
    return tuple(plans)


def spins_of(data: dict[str, Any], at: datetime) -> tuple[SpinRow, ...]:
    """Return the clean-up spin of a row's fraction, if there was one."""
    if not data["spin"]:
        return ()
    return (SpinRow(at=at, phase_kept=data["phase_kept"], phase_discarded=data["phase_discarded"]),)


def planned_ul(text: str) -> Decimal | None:
    """Return a recipe's volume, which is written in ml, in µl."""
    return Decimal(text).scaleb(3) if text else None
