"""What a line of a samples list shows, read for a whole page at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import NoReverseMatch, reverse

from labbook.models import SearchFact, SearchRow
from samples.models import Sample, SampleSize
from samples.queries.dispensed import dispensed_into, with_vial_counts
from samples.services.indexing import PROCESS_KEYS

# The page of a record by its kind; every other sample has the sample page.
PAGES = {"synthesis": "synthesis_detail", "bottle": "bottle_detail", "precursor": "precursor_detail"}

# Of the floor above: record type → page.
PAGES_BY_ID = {"measurement": "measurement_detail"}


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One sample of a list: the record, its size with its origin, and what it descends from."""

    row: SearchRow
    sample: Sample
    address: str
    size: SampleSize | None
    injections: list[Decimal]
    growths: list[Decimal]
    names: list[str]

    @property
    def is_size_of_fraction(self) -> bool:
        """Say whether the size was found on the fraction it is a piece of."""
        return self.size is not None and self.size.sample_id != self.sample.pk

    @property
    def dispensed_into(self) -> int:
        """Return into how many vials a fraction was filled, when it is empty for that."""
        return dispensed_into(self.sample)


def sample_lines(rows: Sequence[SearchRow], names: Mapping[int, list[str]] | None = None) -> list[SampleLine]:
    """Return the lines of rows a person may see, in their order, in three queries; `names` by the sample's id."""
    ids = [row.record_id for row in rows if row.record_type == "sample"]
    samples = with_vial_counts(Sample.objects.select_related("place")).in_bulk(ids)
    fractions = {sample.fraction_id for sample in samples.values() if sample.fraction_id}
    sizes = {
        size.sample_id: size
        for size in SampleSize.objects.filter(sample_id__in=fractions | samples.keys(), is_in_force=True)
    }
    numbers: dict[tuple[int, str], list[Decimal]] = {}
    facts = SearchFact.objects.filter(row__in=[row.pk for row in rows], key__in=PROCESS_KEYS)
    for row_id, key, number in facts.order_by("number").values_list("row_id", "key", "number"):
        numbers.setdefault((row_id, key), []).append(Decimal(str(number)).normalize())
    return [
        SampleLine(
            row=row,
            sample=sample,
            address=record_address(row.kind, row.code),
            size=sizes.get(sample.pk) or sizes.get(sample.fraction_id or 0),
            injections=numbers.get((row.pk, "injT"), []),
            growths=numbers.get((row.pk, "growth"), []),
            names=(names or {}).get(sample.pk, []),
        )
        for row in rows
        if (sample := samples.get(row.record_id)) is not None
    ]


def row_address(row: SearchRow) -> str:
    """Return the address of the page of a row; what has no code of its own has its id there."""
    if row.record_type in PAGES_BY_ID:
        return reverse(PAGES_BY_ID[row.record_type], args=[row.record_id])
    return record_address(row.kind, row.code)


def record_address(kind: str, code: str) -> str:
    """Return the address of a record's page by its kind."""
    try:
        return reverse(PAGES.get(kind, "sample_detail"), args=[code])
    except NoReverseMatch:
        return reverse("sample_detail", args=[code])
