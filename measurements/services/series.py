"""Series and their rungs: started, filled, renamed, merged, always in the order of the ladder."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from measurements.models import Rung, Series
from measurements.services.checking import save_fitting
from measurements.services.indexing import index_measurements
from measurements.services.telling import tell_changed
from measurements.techniques import UNIT_OF, Along, Branch
from samples.models import Sample

# What decreases along its way: the values of these rungs run from high to low.
DOWNWARD = {Branch.RELEASE, Branch.COOLING}
# Which way comes first on a ladder; without a way a rung stands among the first.
ORDER = {"": 0, Branch.COMPRESSION: 0, Branch.COOLING: 0, Branch.RELEASE: 1, Branch.WARMING: 1}
MOST_AT_ONCE = 100
DECIMALS = 4


def start_series(
    journal: Journal, *, sample: Sample, along: str, title: str = "", note: str = "", values: Sequence[Decimal] = (),
    branch: str = "",
) -> Series:  # fmt: skip
    """Begin a ladder of a sample, with rungs if their values are known; it lies in the sample's project."""
    made = Series(
        lab=journal.lab, created_by=journal.by, project=sample.project, sample=sample, along=along, title=title,
        note=note,
    )  # fmt: skip
    save_fitting(made)
    journal.created(made, sample=sample, along=along, title=title)
    if values:
        add_rungs(journal, made, values=values, branch=branch)
    return made


def series_of(journal: Journal, *, sample: Sample, along: str) -> Series:
    """Return the newest ladder of a sample along something, begun when there is none."""
    found = Series.objects.filter(sample=sample, along=along).order_by("-pk").first()
    return found or start_series(journal, sample=sample, along=along)


def rung_at(journal: Journal, series: Series, *, nominal: Decimal, branch: str = "") -> Rung:
    """Return the rung of a series with this value and way, added when there is none."""
    found = series.rungs.filter(nominal=kept(nominal), branch=branch).first()
    return found or add_rungs(journal, series, values=[nominal], branch=branch)[0]


def add_rungs(
    journal: Journal, series: Series, *, values: Sequence[Decimal], branch: str = "", note: str = ""
) -> list[Rung]:
    """Add steps to a ladder, all of one way. Raises Refusal for a step it has, or for more than a hundred at once."""
    held = locked(series)
    if not 0 < len(values) <= MOST_AT_ONCE:
        raise Refusal(f"Add 1 to {MOST_AT_ONCE} rungs at once.", field="values")
    unit = UNIT_OF[Along(held.along)]
    made = []
    for nominal in dict.fromkeys(kept(one) for one in values):
        rung = Rung(series=held, nominal=nominal, unit=unit, branch=branch, position=0, note=note)
        if held.rungs.filter(nominal=nominal, branch=branch).exists():
            raise Refusal(f"There is a rung {rung} already.", field="values")
        save_fitting(rung)
        made.append(rung)
    put_in_order(held)
    next_version(journal, held, "rungs added", {"rungs": (None, ", ".join(str(one) for one in made))})
    return made


def change_rung(journal: Journal, rung: Rung, *, nominal: Decimal, branch: str, note: str, reason: str = "") -> Rung:
    """Correct a step's value, way or note; its measurements stay on it.

    Raises Refusal when the ladder has such a step already, or when another value is given without a reason.
    """
    held, nominal = locked(rung.series), kept(nominal)
    before = {"rung": str(rung), "note": rung.note}
    is_other = (rung.nominal, rung.branch) != (nominal, branch)
    if is_other and not reason.strip():
        raise Refusal("Say why the rung has another value.", field="reason")
    if held.rungs.filter(nominal=nominal, branch=branch).exclude(pk=rung.pk).exists():
        raise Refusal("The ladder has this rung already; merge the two instead.", field="nominal")
    rung.nominal, rung.branch, rung.note = nominal, branch, note
    save_fitting(rung)
    put_in_order(held)
    told = {"rung": (before["rung"], str(rung)), "note": (before["note"], note)}
    next_version(journal, held, "rung changed", told, reason)
    index_measurements(rung.measurements.all())
    tell_changed(journal, list(rung.measurements.all()))
    return rung


def merge_rungs(journal: Journal, rung: Rung, *, into: Rung, reason: str) -> Rung:
    """Put a step's measurements on another step of the same ladder and take the first away.

    Raises Refusal without a reason, or for steps of two ladders.
    """
    held = locked(rung.series)
    if rung.pk == into.pk or into.series_id != held.pk:
        raise Refusal("Choose another rung of the same series.", field="into")
    if not reason.strip():
        raise Refusal("Say why the two are one rung.", field="reason")
    moved = list(rung.measurements.select_for_update())
    for measurement in moved:
        before, measurement.rung = measurement.rung, into
        measurement.version += 1
        measurement.save(update_fields=["rung", "version"])
        journal.changed(measurement, "changed", {"rung": (before, into)}, reason)
    name = str(rung)
    rung.delete()
    put_in_order(held)
    next_version(journal, held, "rungs merged", {"rung": (name, str(into))}, reason)
    index_measurements(moved)
    tell_changed(journal, moved)
    return into


def kept(nominal: Decimal) -> Decimal:
    """Return a value with as many digits as a rung keeps; converting a unit can leave more."""
    return round(Decimal(nominal), DECIMALS)


def put_in_order(series: Series) -> None:
    """Number the steps as they are climbed: compression upwards, then release downwards; cooling, then warming."""
    rungs = sorted(series.rungs.all(), key=climbed)
    for position, rung in enumerate(rungs, start=1):
        rung.position = position
    Rung.objects.bulk_update(rungs, ["position"])


def climbed(rung: Rung) -> tuple[int, Decimal]:
    """Return what a ladder's steps are sorted by."""
    return ORDER.get(rung.branch, 0), -rung.nominal if rung.branch in DOWNWARD else rung.nominal


def next_version(
    journal: Journal, series: Series, action: str, told: Mapping[str, tuple[Any, Any]], reason: str = ""
) -> None:
    """Count a change of a ladder's steps and tell the history of it."""
    series.version += 1
    series.save(update_fields=["version"])
    journal.changed(series, action, dict(told), reason)
