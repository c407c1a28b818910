"""What the page of one sample shows, as one person may see it, in a constant number of queries."""

from dataclasses import dataclass, field
from decimal import Decimal

from labbook.models import Alias, User
from labbook.quantities.show import show_range
from samples.kinds import SPECIMEN_KINDS
from samples.models import LedgerEntry, Move, Process, ProcessValue, Sample, SampleSize
from samples.models.samples import SampleQuerySet
from samples.value_keys import VALUE_KEYS

# A page shows the newest of a long ledger; the rest is in the CSV of its lineage.
MOST_ROWS = 200


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


def samples_with_details(user: User) -> SampleQuerySet:
    """Return the samples a person may see with everything of theirs that a page shows."""
    return Sample.objects.visible_to(user).select_related(
        "lab", "project", "place", "bottle", "vial", "specimen__cell", "fraction", "origin__synthesis",
        "origin__recipe__recipe",
    )  # fmt: skip


def page_of_sample(sample: Sample, user: User) -> SamplePage:
    """Return what the page of a sample shows."""
    sizes = list(SampleSize.objects.filter(sample_id__in=[sample.pk, sample.fraction_id or 0]).order_by("-at", "-pk"))
    entries = list(sample.ledger.select_related("process").order_by("-pk")[: MOST_ROWS + 1])
    pieces = Sample.objects.visible_to(user).filter(fraction=sample).select_related("place", "specimen")
    return SamplePage(
        sample=sample,
        size=size_in_force(sizes, sample),
        sizes=sizes,
        ledger=with_what_was_made(entries[:MOST_ROWS], user),
        treatments=treatments_of(sample, entries, user),
        moves=list(sample.moves.select_related("place").order_by("-moved_at")[:MOST_ROWS]),
        pieces=list(pieces.order_by("kind", "code")[:MOST_ROWS]),
        aliases=list(
            Alias.objects.filter(code__record_type="sample", code__record_id=sample.pk)
            .order_by("text")
            .values_list("text", flat=True)
        ),
        is_ledger_cut=len(entries) > MOST_ROWS,
        values=values_of(sample),
    )


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


def with_what_was_made(entries: list[LedgerEntry], user: User) -> list[LedgerLine]:
    """Return entries with the visible samples that their processes made."""
    made: dict[int, list[Sample]] = {}
    processes = {entry.process_id for entry in entries if entry.kind == "use" and entry.process_id}
    for sample in Sample.objects.visible_to(user).filter(origin_id__in=processes).order_by("code"):
        made.setdefault(sample.origin_id, []).append(sample)
    return [LedgerLine(entry, made.get(entry.process_id or 0, []) if entry.kind == "use" else []) for entry in entries]


def treatments_of(sample: Sample, entries: list[LedgerEntry], user: User) -> list[Treatment]:
    """Return what was done to a sample in place, oldest first, with the amount before and after."""
    by_process = {entry.process_id: entry for entry in entries}
    treatments = Process.objects.visible_to(user).filter(treats=sample).order_by("started_at", "pk")
    return [_treatment(process, by_process.get(process.pk)) for process in treatments[:MOST_ROWS]]


def _treatment(process: Process, entry: LedgerEntry | None) -> Treatment:
    if entry is None or entry.balance is None:
        return Treatment(process, None, None, is_measured=False)
    before = None if entry.amount is None else entry.balance - entry.amount
    return Treatment(process, before, entry.balance, is_measured=True)
