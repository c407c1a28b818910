"""Checks that what a row names exists, in the same import or in the lab, and is the right sort of thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labbook.models import Code, Lab
from samples.importing.cells import Record
from samples.importing.problems import Problem
from samples.kinds import SPECIMEN_FORMS, SampleKind
from samples.models import Sample

Sort = str


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names another record, and the sorts of record it may be."""

    table: str
    column: str
    sorts: tuple[Sort, ...]


REFERENCES = (
    Reference("precursor_inputs", "precursor", ("precursors",)),
    Reference("precursor_inputs", "bottle", ("bottles",)),
    Reference("syntheses", "cs_batch", ("precursors",)),
    Reference("syntheses", "pb_batch", ("precursors",)),
    Reference("rounds", "synthesis", ("syntheses",)),
    Reference("rounds", "fraction", ("fractions",)),
    Reference("fractions", "synthesis", ("syntheses",)),
    Reference("vials", "fraction", ("fractions",)),
    Reference("vials", "sibling", ("vials",)),
    Reference("specimens", "source_vial", ("vials", "fractions")),
    Reference("uses", "source", ("bottles", "precursors", "fractions", "vials", "crudes")),
)
SAID = {
    "bottles": "bottle",
    "precursors": "precursor batch",
    "syntheses": "synthesis",
    "fractions": "fraction",
    "vials": "vial",
    "specimens": "specimen",
    "crudes": "crude",
}
SORT_OF_KIND: dict[str, Sort] = {
    SampleKind.BOTTLE: "bottles",
    SampleKind.PRECURSOR: "precursors",
    SampleKind.FRACTION: "fractions",
    SampleKind.VIAL: "vials",
    SampleKind.CRUDE: "crudes",
    SampleKind.SUPERNATANT: "crudes",
    **{str(form.kind): "specimens" for form in SPECIMEN_FORMS},
}


def check_references(lab: Lab, new: Sequence[Record], all_records: Iterable[Record]) -> list[Problem]:
    """Return a problem for every new row that names something that is not there."""
    sorts = _sorts_in(all_records)
    wanted = {code for record in new for code in _named(record)} - sorts.keys()
    sorts |= _sorts_in_lab(lab, wanted)
    problems = [
        problem
        for record in new
        for reference in REFERENCES
        if reference.table == record.table
        if (problem := _problem(record, reference, sorts)) is not None
    ]
    return problems + _orphans(new)


def _named(record: Record) -> list[str]:
    return [record.text(one.column) for one in REFERENCES if one.table == record.table]


def _problem(record: Record, reference: Reference, sorts: dict[str, Sort]) -> Problem | None:
    code = record.text(reference.column)
    if not code:
        return None
    found = sorts.get(code)
    wanted = " or ".join(SAID[sort] for sort in reference.sorts)
    if found is None:
        return record.problem(f"there is no {wanted} {code}", reference.column)
    if found not in reference.sorts:
        return record.problem(f"{code} is a {SAID[found]}, not a {wanted}", reference.column)
    return None


def _sorts_in(records: Iterable[Record]) -> dict[str, Sort]:
    return {record.text("code"): record.table for record in records if "code" in record.values}


def _sorts_in_lab(lab: Lab, codes: set[str]) -> dict[str, Sort]:
    samples = Sample.objects.in_lab(lab).filter(code__in=codes).values_list("code", "kind")
    found = {code: SORT_OF_KIND[kind] for code, kind in samples}
    syntheses = Code.objects.in_lab(lab).filter(code__in=codes, record_type="synthesis")
    return found | dict.fromkeys(syntheses.values_list("code", flat=True), "syntheses")


def _orphans(new: Sequence[Record]) -> list[Problem]:
    """Return a problem for every new fraction that no new precipitation round collects, and the other way round."""
    collected = {
        record.text("fraction") for record in new if record.table == "rounds" and record.text("kind") == "precipitation"
    }
    fractions = {record.text("code") for record in new if record.table == "fractions"}
    problems = []
    for record in new:
        if record.table == "fractions" and record.text("code") not in collected:
            problems.append(record.problem("no precipitation round of this import collects it", "code"))
        is_round = record.table == "rounds" and record.text("kind") == "precipitation"
        if is_round and record.text("fraction") and record.text("fraction") not in fractions:
            problems.append(record.problem("this fraction is not among the new fractions", "fraction"))
    return problems
