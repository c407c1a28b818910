"""What the page of one sample shows, as one person may see it, in a constant number of queries."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, JSONField, OuterRef, Q, Subquery
from django.db.models.sql.compiler import SQLCompiler

from labbook.models import Alias, User
from labbook.quantities.show import show_range
from samples.kinds import SPECIMEN_KINDS, SampleKind
from samples.lineage.closure import Closure, closure_of_page
from samples.models import EntryKind, LedgerEntry, Move, Process, ProcessValue, Sample, SampleSize
from samples.models.samples import SampleQuerySet
from samples.queries.dispensed import dispensed_into, with_vial_counts
from samples.value_keys import VALUE_KEYS

# A page shows the newest of a long ledger; the rest is in the CSV of its lineage.
MOST_ROWS = 200
MOST_PIECES = 1000


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One ledger entry with the samples that the use went into."""

    entry: LedgerEntry
    made: list[Sample]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What was done to the sample in place, with the amounts the ledger knows around it."""

    process: Process
    before: Decimal | None
    after: Decimal | None
    is_measured: bool


@dataclass(frozen=True, slots=True)
class MadeValue:
    """One value of how a specimen was made, beside its plan."""

    row: ProcessValue
    label: str
    unit: str

    @property
    def planned(self) -> str:
        """Return the plan in words, or nothing."""
        low, high = self.row.planned_low, self.row.planned_high
        return "" if low is None or high is None else show_range(low, high, self.unit)


@dataclass(slots=True)
class SamplePage:
    """One sample and what belongs to it."""

    sample: Sample
    # What lies above it.
    closure: Closure
    size: SampleSize | None
    sizes: list[SampleSize]
    ledger: list[LedgerLine]
    treatments: list[Treatment]
    moves: list[Move]
    pieces: list[Sample]
    aliases: list[str] = field(default_factory=list)
    is_ledger_cut: bool = False
    values: list[MadeValue] = field(default_factory=list)

    @property
    def since(self) -> Move | None:
        """Return the move that brought the sample to where it is."""
        return self.moves[0] if self.moves else None

    @property
    def dispensed_into(self) -> int:
        """Return into how many vials a fraction was filled, when it is empty for that."""
        return dispensed_into(self.sample)


class Texts(Aggregate):
    """All texts of a group as one list."""

    function = "json_group_array"
    output_field = JSONField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Write the aggregate as PostgreSQL knows it."""
        return super().as_sql(compiler, connection, function="jsonb_agg", **extra)


def samples_with_details(user: User) -> SampleQuerySet:
    """Return the samples a person may see with everything of theirs that a page shows, `names_told` among it."""
    names = Alias.objects.filter(code__record_type="sample", code__record_id=OuterRef("pk")).order_by()
    listed = names.values("code__record_id").annotate(texts=Texts("text")).values("texts")
    samples = Sample.objects.visible_to(user).select_related(
        "lab", "project", "place", "bottle", "vial", "specimen__cell", "fraction", "origin__synthesis",
        "origin__recipe__recipe",
    )  # fmt: skip
    return with_vial_counts(samples).defer("origin__recipe__content").annotate(names_told=Subquery(listed))


def page_of_sample(sample: Sample, user: User) -> SamplePage:
    """Return what the page of a sample of `samples_with_details` shows."""
    closure = closure_of_page(sample, user)
    entries = list(sample.ledger.select_related("process").order_by("-pk")[: MOST_ROWS + 1])
    pieces, made = pieces_and_made(sample, entries, user)
    return SamplePage(
        sample=sample,
        closure=closure,
        size=size_in_force(closure.sizes_told, sample),
        sizes=closure.sizes_told,
        ledger=[LedgerLine(entry, made.get(entry.process_id or 0, [])) for entry in entries[:MOST_ROWS]],
        treatments=treatments_of(closure.treatments, entries),
        moves=list(sample.moves.select_related("place").order_by("-moved_at")[:MOST_ROWS]),
        pieces=pieces,
        aliases=sorted(getattr(sample, "names_told", None) or []),
        is_ledger_cut=len(entries) > MOST_ROWS,
        values=values_of(sample),
    )


def pieces_and_made(
    sample: Sample, entries: list[LedgerEntry], user: User
) -> tuple[list[Sample], dict[int, list[Sample]]]:
    """Return the visible pieces of a fraction, and what each process of the ledger made of the sample."""
    uses = {entry.process_id for entry in entries if entry.kind == EntryKind.USE and entry.process_id}
    wanted = Q(origin_id__in=uses)
    if sample.kind == SampleKind.FRACTION:
        wanted |= Q(fraction=sample)
    elif not uses:
        return [], {}
    found = Sample.objects.visible_to(user).filter(wanted).select_related("place", "specimen")
    made: dict[int, list[Sample]] = {}
    pieces: list[Sample] = []
    for one in found.order_by("kind", "code")[:MOST_PIECES]:
        if one.origin_id in uses:
            made.setdefault(one.origin_id, []).append(one)
        if one.fraction_id == sample.pk:
            pieces.append(one)
    return pieces, made


def values_of(sample: Sample) -> list[MadeValue]:
    """Return the values of how a specimen was made; other samples show theirs on pages of their own."""
    if sample.kind not in SPECIMEN_KINDS:
        return []
    found = ProcessValue.objects.filter(process=sample.origin_id)
    return [MadeValue(row, VALUE_KEYS[row.key].label, VALUE_KEYS[row.key].unit) for row in found]


def size_in_force(sizes: list[SampleSize], sample: Sample) -> SampleSize | None:
    """Return the sample's own size in force, else that of its fraction."""
    counting = [one for one in sizes if one.is_in_force]
    own = next((one for one in counting if one.sample_id == sample.pk), None)
    return own or next(iter(counting), None)


def treatments_of(treatments: list[Process], entries: list[LedgerEntry]) -> list[Treatment]:
    """Return what was done to a sample in place, oldest first, with the amount before and after."""
    by_process = {entry.process_id: entry for entry in entries}
    return [_treatment(process, by_process.get(process.pk)) for process in treatments[:MOST_ROWS]]


def _treatment(process: Process, entry: LedgerEntry | None) -> Treatment:
    if entry is None or entry.balance is None:
        return Treatment(process, None, None, is_measured=False)
    before = None if entry.amount is None else entry.balance - entry.amount
    return Treatment(process, before, entry.balance, is_measured=True)
