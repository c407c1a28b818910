"""What was measured of a sample, of what it was made from, and of its pieces, as one person may see it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from labbook.models import User
from labbook.search.find import projects_of
from measurements.models import Measurement, Series
from measurements.queries.measurements import MeasurementLine, lines_of, with_pictures
from measurements.techniques import TECHNIQUES, Technique
from samples.kinds import SampleKind
from samples.lineage.walk import ancestor_links, descendant_links
from samples.models import Sample

MOST_LINES = 300
MOST_OVERLAID = 24
# Of a piece more lines than these wait behind their number.
SHOWN_AT_ONCE = 6
# Pieces of these are the material itself; what is below a bottle is another material.
WITH_PIECES = (SampleKind.FRACTION, SampleKind.VIAL)
# In the order in which a lab tells them; what is not named comes last.
TOLD_FIRST = ("TEM", "XRD", "ABS", "PL", "PLQY", "TRPL", "RAMAN", "RUBY")
ORDER = {
    badge: TOLD_FIRST.index(badge) if badge in TOLD_FIRST else len(TOLD_FIRST)
    for badge in sorted({row.badge for row in TECHNIQUES.values()})
}


@dataclass(frozen=True, slots=True)
class Group:
    """The measurements of one technique of a sample."""

    badge: str
    lines: list[MeasurementLine]


@dataclass(frozen=True, slots=True)
class Related:
    """What was measured of an ancestor or a piece."""

    sample: Sample
    # "from parent" or "on piece".
    relation: str
    lines: list[MeasurementLine]

    @property
    def counts(self) -> str:
        """How many of each technique, such as "8 PL, 16 RUBY"."""
        counted = Counter(badge_of(line) for line in self.lines)
        return ", ".join(f"{count} {badge}" for badge, count in counted.items())

    @property
    def is_short(self) -> bool:
        """Whether its lines are shown at once instead of behind their number."""
        return len(self.lines) <= SHOWN_AT_ONCE


@dataclass(frozen=True, slots=True)
class MeasuredOf:
    """Everything that was measured of a sample and around it."""

    sample: Sample
    groups: list[Group]
    related: list[Related]
    series: list[Series]
    is_cut: bool

    @property
    def overlays(self) -> list[tuple[str, list[int]]]:
        """Techniques with several measurements here or around, each with the numbers to overlay."""
        everything = [line for group in self.groups for line in group.lines]
        everything += [line for one in self.related for line in one.lines]
        found = [(group.badge, [line.measurement.pk for line in group.lines]) for group in groups_of(everything)]
        return [(badge, ids[:MOST_OVERLAID]) for badge, ids in found if len(ids) > 1]


def measured_of(sample: Sample, user: User) -> MeasuredOf:
    """Return what was measured of a sample, of its ancestors and of its pieces.

    The graph is walked through what is hidden; what the person may not see is left out after.
    """
    above = list(dict.fromkeys(link.parent_id for link in ancestor_links([sample.pk])))
    below = [link.child_id for link in descendant_links([sample.pk])] if sample.kind in WITH_PIECES else []
    samples = Sample.objects.visible_to(user).in_bulk([*above, *below])
    seen = Measurement.objects.visible_to(user).filter(sample__in=[sample.pk, *samples], is_void=False)
    found = list(with_pictures(seen).order_by("-pk")[: MOST_LINES + 1])
    lines = lines_of(found[:MOST_LINES], projects_of(sample.lab, user).hidden)
    series = Series.objects.visible_to(user).filter(sample__in=[sample.pk, *samples]).select_related("sample")
    parents = set(above)
    return MeasuredOf(
        sample=sample,
        groups=groups_of(one for one in lines if one.measurement.sample_id == sample.pk),
        related=[
            Related(samples[pk], "from parent" if pk in parents else "on piece", its)
            for pk, its in by_sample(lines)
            if pk in samples
        ],
        series=sorted(series, key=lambda one: (one.sample_id != sample.pk, one.pk)),
        is_cut=len(found) > MOST_LINES,
    )


def groups_of(lines: Iterable[MeasurementLine]) -> list[Group]:
    """Return lines by technique, in the order of the table of techniques."""
    ordered = sorted(lines, key=place_of)
    return [Group(badge, list(its)) for badge, its in groupby(ordered, key=badge_of)]


def by_sample(lines: Iterable[MeasurementLine]) -> Iterator[tuple[int, list[MeasurementLine]]]:
    """Yield each sample with its lines, the nearest kin first as far as ids tell: the newest sample."""
    ordered = sorted(lines, key=lambda one: (-(one.measurement.sample_id or 0), place_of(one)))
    for pk, its in groupby(ordered, key=lambda one: one.measurement.sample_id or 0):
        yield pk, list(its)


def badge_of(line: MeasurementLine) -> str:
    """Return the short name of a line's technique."""
    return TECHNIQUES[Technique(line.measurement.technique)].badge


def place_of(line: MeasurementLine) -> tuple[int, str, float, int]:
    """Return what lines of one sample are sorted by: technique, then rung, then number."""
    rung = line.measurement.rung
    badge = badge_of(line)
    return ORDER[badge], badge, float(rung.position) if rung else 0.0, line.measurement.pk
