"""The match table of a batch: every line with its cells, its confidence in words, its candidates and its picture."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from labbook.models import User
from measurements.matching.proposal import PRESELECTED, confidence_word
from measurements.models import Batch, Curve, InboxRow, ReadingState, RowState
from measurements.queries.inbox import rows_of
from measurements.services.inbox_editing import CELLS, texts_of
from measurements.techniques import Technique
from samples.kinds import SampleKind
from samples.models import Sample

# Of a line in doubt so many candidates are offered; the rest is a code away.
MOST_CANDIDATES = 6
PAGE = 400
# What is usually measured on what.
SOLUTIONS = (SampleKind.CUVETTE, SampleKind.VIAL, SampleKind.FILM, SampleKind.FRACTION)
KINDS_OF: dict[str, tuple[str, ...]] = {
    Technique.PL: SOLUTIONS, Technique.PLQY: SOLUTIONS, Technique.ABSORBANCE: SOLUTIONS,
    Technique.TRPL: (SampleKind.LOAD, SampleKind.FILM), Technique.RUBY: (SampleKind.LOAD,),
    Technique.XRD: (SampleKind.XRD_FILM, SampleKind.LOAD), Technique.TEM_IMAGE: (SampleKind.TEM_GRID,),
    Technique.TEM_EDGES: (SampleKind.TEM_GRID,),
}  # fmt: skip
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sample that fits a line too: what it is and where, as the person sees it."""

    sample: Sample
    role: str
    place: str


@dataclass(slots=True)
class MatchLine:
    """One line as the table shows it."""

    row: InboxRow
    cells: dict[str, str]
    # The sample lies in a project that the person does not see: nothing of it is told.
    is_hidden: bool = False
    sparkline: Sequence[float] = ()
    spectrum_count: int = 1
    candidates: list[Candidate] = field(default_factory=list)
    joined: list[InboxRow] = field(default_factory=list)

    @property
    def was(self) -> str:
        """What the cells say now, so that a later save knows what the person had read."""
        return json.dumps([self.cells[name] for name in CELLS], ensure_ascii=False, separators=(",", ":"))

    @property
    def confidence(self) -> str:
        """How sure the proposal is, in a word."""
        return confidence_word(self.row.confidence_percent)

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be edited and assigned."""
        return self.row.state == RowState.WAITING and self.row.joins_id is None

    @property
    def is_complete(self) -> bool:
        """Whether it says enough to be assigned."""
        has_subject = bool(self.cells["sample"]) and not self.is_hidden
        needs_pressure = self.row.sample is not None and self.row.sample.kind == SampleKind.LOAD
        return has_subject and bool(self.cells["technique"]) and not (needs_pressure and self.row.pressure_gpa is None)

    @property
    def is_sure(self) -> bool:
        """Whether it is ticked for the commit before anybody looked."""
        return self.is_waiting and self.is_complete and self.row.confidence_percent >= PRESELECTED

    @property
    def reader(self) -> str:
        """The format in words, or why there is none."""
        raw_file = self.row.file_name.raw_file
        if raw_file.state in {ReadingState.READ, ReadingState.REFUSED} and raw_file.reader:
            return raw_file.reader.replace("_", " ")
        return raw_file.get_state_display()

    @property
    def refused(self) -> str:
        """Why nobody could read the file."""
        return "" if self.row.recording_id else self.row.file_name.raw_file.refused


@dataclass(frozen=True, slots=True)
class MatchTable:
    """The lines of a batch by what is to be done with them, in the natural order of their names."""

    doubtful: list[MatchLine]
    sure: list[MatchLine]
    aside: list[MatchLine]
    assigned: list[MatchLine]

    @property
    def waiting(self) -> list[MatchLine]:
        """The lines that can be assigned."""
        return [*self.doubtful, *self.sure]

    @property
    def codes(self) -> list[str]:
        """The codes that stand in the table or might: what the sample cells offer first."""
        lines = [*self.waiting, *self.aside]
        told = {line.row.sample.code for line in lines if line.row.sample and not line.is_hidden}
        return sorted(told | {one.sample.code for line in lines for one in line.candidates})


def match_table(batch: Batch, user: User) -> MatchTable:
    """Return the table of a batch as a person sees it; the number of queries does not grow with it."""
    lines = lines_of(list(rows_of(batch, user)), user)
    waiting = [line for line in lines if line.is_waiting]
    return MatchTable(
        doubtful=[line for line in waiting if not line.is_sure],
        sure=[line for line in waiting if line.is_sure],
        aside=[line for line in lines if line.row.state == RowState.SET_ASIDE],
        assigned=[line for line in lines if line.row.state == RowState.ASSIGNED and line.row.joins_id is None],
    )


def lines_of(rows: Sequence[InboxRow], user: User) -> list[MatchLine]:
    """Return rows as lines; those that join another stand in its line."""
    curves = first_curves(rows)
    samples = seen_samples(rows, user)
    by_id: dict[int, MatchLine] = {}
    for row in rows:
        line = MatchLine(row, texts_of(row))
        curve = curves.get(row.recording_id or 0)
        if curve is not None:
            line.sparkline = curve.sparkline
            line.spectrum_count = curve.shape[0] if len(curve.shape) == 2 and row.row is None else 1
        hide_or_offer(line, samples)
        by_id[row.pk] = line
    for row in rows:
        if row.joins_id in by_id:
            by_id[row.joins_id or 0].joined.append(row)
    return sorted(by_id.values(), key=natural)


def hide_or_offer(line: MatchLine, samples: Mapping[int, Sample]) -> None:
    """Hide a sample that the person does not see, with what is said of it, or offer what else it might be."""
    row = line.row
    if row.sample_id and row.sample_id not in samples:
        line.is_hidden = True
        line.cells["sample"], row.why = "", "its sample lies in a restricted project"
        return
    if row.state == RowState.WAITING:
        seen = sorted((samples[one] for one in row.candidates if one in samples), key=partial(fit, row.technique))
        line.candidates = [candidate_of(one) for one in seen[:MOST_CANDIDATES]]
    if len(row.candidates) > len([one for one in row.candidates if one in samples]):
        row.why = "its name may mean samples of a restricted project"


def fit(technique: str, sample: Sample) -> int:
    """Return how well a kind of sample fits what was measured, the best first."""
    kinds = KINDS_OF.get(technique, ())
    return kinds.index(sample.kind) if sample.kind in kinds else len(kinds)


def candidate_of(sample: Sample) -> Candidate:
    """Return a sample with what tells it from its like."""
    return Candidate(sample, sample.get_kind_display(), sample.place.title if sample.place else "")


def first_curves(rows: Iterable[InboxRow]) -> dict[int, Curve]:
    """Return the first curve of each recording."""
    ids = [row.recording_id for row in rows if row.recording_id]
    return {one.recording_id: one for one in Curve.objects.filter(recording__in=ids, position=0)}


def seen_samples(rows: Iterable[InboxRow], user: User) -> dict[int, Sample]:
    """Return which of the samples that lines name or may mean the person sees, with their places."""
    ids: set[int] = set()
    for row in rows:
        ids.update(row.candidates)
        if row.sample_id:
            ids.add(row.sample_id)
    seen = Sample.objects.visible_to(user).filter(pk__in=ids).select_related("place")
    return {one.pk: one for one in seen}


def natural(line: MatchLine) -> tuple[str, list[tuple[int, str]], int, int]:
    """Return what lines are sorted by: names as people count, so that scan 10 follows scan 9."""
    name = line.row.file_name
    parts = [(int(part), "") if part.isdigit() else (-1, part.casefold()) for part in DIGITS.split(name.name)]
    return name.folder, parts, line.row.pk, line.row.row or 0
