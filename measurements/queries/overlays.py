"""Which measurement of each sample an overlay draws: its own, else of what it was made from, else of its pieces."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F

from labbook.models import Lab, User
from measurements.models import Measurement, RecordingRole
from measurements.techniques import Technique
from samples.lineage.walk import ancestor_links, descendant_links
from samples.models import Sample

MOST_SAMPLES = 60
# What no line is drawn of.
NO_LINES = (Technique.TEM_IMAGE, Technique.STRUCTURE, Technique.TEM_EDGES)
FIRST_CHOICE = Technique.PL


@dataclass(frozen=True, slots=True)
class Told:
    """The measurement of one technique that stands for a sample, and whose it is."""

    measurement_id: int
    sample_code: str


@dataclass(frozen=True, slots=True)
class OverlaySamples:
    """For each sample the newest measurement of every technique."""

    told: Mapping[str, Mapping[str, Told]]

    @property
    def techniques(self) -> list[tuple[str, int]]:
        """The techniques, each with how many of the samples have it, the most frequent first."""
        counted = Counter(technique for one in self.told.values() for technique in one)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    def usual(self) -> str:
        """Return the technique to begin with."""
        names = [name for name, _ in self.techniques]
        return FIRST_CHOICE if FIRST_CHOICE in names else next(iter(names), FIRST_CHOICE)

    def ids(self, technique: str) -> list[int]:
        """Return the measurements of a technique in the order of their samples."""
        return [one[technique].measurement_id for one in self.told.values() if technique in one]

    def missing(self, technique: str) -> list[str]:
        """Return the samples that have no measurement of a technique."""
        return [code for code, one in self.told.items() if technique not in one]

    def borrowed(self, technique: str) -> list[tuple[str, str]]:
        """Return the samples for which another one stands, each with that one."""
        found = ((code, one[technique].sample_code) for code, one in self.told.items() if technique in one)
        return [(code, other) for code, other in found if other != code]


def samples_for_overlay(codes: Sequence[str], lab: Lab, user: User) -> OverlaySamples:
    """Return what can be overlaid of some samples, in their order; the number of queries does not grow."""
    codes = list(dict.fromkeys(codes))[:MOST_SAMPLES]
    seen = Sample.objects.visible_to(user).filter(lab=lab, code__in=codes)
    ids = dict(seen.values_list("code", "pk"))
    near = relatives_of(ids.values())
    newest = newest_measurements({one for many in near.values() for one in many}, lab, user)
    return OverlaySamples({code: nearest(near[ids[code]], newest) for code in codes if code in ids})


def relatives_of(ids: Iterable[int]) -> dict[int, list[int]]:
    """Return, for each sample, itself, then what it was made from, then what was made of it, the nearest first."""
    ids = list(ids)
    parents: dict[int, list[int]] = {}
    for link in ancestor_links(ids):
        parents.setdefault(link.child_id, []).append(link.parent_id)
    children: dict[int, list[int]] = {}
    for link in descendant_links(ids):
        children.setdefault(link.parent_id, []).append(link.child_id)
    return {one: list(dict.fromkeys([one, *reached(one, parents), *reached(one, children)])) for one in ids}


def reached(start: int, links: Mapping[int, Sequence[int]]) -> list[int]:
    """Return what is reached along links, the nearest first."""
    found, waiting = dict.fromkeys([start]), [start]
    while waiting:
        following = [other for one in waiting for other in links.get(one, ()) if other not in found]
        found |= dict.fromkeys(following)
        waiting = list(dict.fromkeys(following))
    return list(found)[1:]


def newest_measurements(sample_ids: set[int], lab: Lab, user: User) -> dict[int, dict[str, Told]]:
    """Return, for each sample, its newest measurement of every technique that has a recording."""
    rows = Measurement.objects.visible_to(user).filter(
        lab=lab, sample__in=sample_ids, is_void=False, parts__role=RecordingRole.MAIN, parts__recording__isnull=False
    )
    rows = rows.exclude(technique__in=NO_LINES).order_by(F("measured_at").asc(nulls_first=True), "pk")
    found: dict[int, dict[str, Told]] = {}
    for pk, sample_id, code, technique in rows.values_list("pk", "sample_id", "sample__code", "technique"):
        found.setdefault(sample_id, {})[technique] = Told(pk, code)
    return found


def nearest(sample_ids: Iterable[int], newest: Mapping[int, Mapping[str, Told]]) -> dict[str, Told]:
    """Return every technique's measurement of the nearest sample that has one."""
    found: dict[str, Told] = {}
    for sample_id in sample_ids:
        for technique, told in newest.get(sample_id, {}).items():
            found.setdefault(technique, told)
    return found
