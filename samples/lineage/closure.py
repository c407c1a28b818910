"""Loads the samples, processes and inputs along a walk, for one person, in a constant number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from labbook.models import User
from samples.kinds import SampleKind
from samples.lineage.walk import Link, ancestor_links, descendant_links
from samples.models import Process, ProcessInput, Sample, SampleSize, Synthesis

# Ids per query: below what SQLite binds at once; only a recall of a whole stock needs more than one.
IDS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Hidden:
    """What drawing needs of a sample that the person may not see: never its code."""

    kind: str
    origin_id: int
    synthesis_id: int | None


@dataclass(slots=True)
class Closure:
    """A walk with what the person may see of it; what is restricted stays a place in the line.

    `samples`, `processes` and `syntheses` hold visible records only, by id. `inputs` is by process and has
    those of hidden processes too; say their amounts and descriptions only when the process is visible.
    """

    links: list[Link]
    samples: dict[int, Sample] = field(default_factory=dict)
    hidden: dict[int, Hidden] = field(default_factory=dict)
    processes: dict[int, Process] = field(default_factory=dict)
    inputs: dict[int, list[ProcessInput]] = field(default_factory=dict)
    syntheses: dict[int, Synthesis] = field(default_factory=dict)
    # Sizes in force.
    sizes: dict[int, SampleSize] = field(default_factory=dict)
    # Of the one sample whose page is shown: what was done to it in place, and every size of it and its fraction.
    treatments: list[Process] = field(default_factory=list)
    sizes_told: list[SampleSize] = field(default_factory=list)

    def synthesis_of(self, sample_id: int) -> int | None:
        """Return the synthesis whose crude or supernatant a sample is, or nothing for any other sample."""
        hidden = self.hidden.get(sample_id)
        if hidden is not None:
            return hidden.synthesis_id if hidden.kind in FOLDED_KINDS else None
        sample = self.samples.get(sample_id)
        if sample is None or sample.kind not in FOLDED_KINDS:
            return None
        process = self.processes.get(sample.origin_id)
        return process.synthesis_id if process else None

    def line_of(self, link: Link) -> ProcessInput | None:
        """Return the input by which a link's process used its parent."""
        lines = self.inputs.get(link.process_id, [])
        return next((line for line in lines if line.sample_id == link.parent_id), None)

    def is_aside(self, link: Link) -> bool:
        """Say whether a link leads to a solvent, ligand or consumable beside the material itself."""
        line = self.line_of(link)
        return line is not None and is_aside(line, self.inputs[link.process_id], self.samples)


# What holds no nanocrystals, and so has no size.
UNSIZED_KINDS = frozenset({SampleKind.BOTTLE, SampleKind.PRECURSOR})
# What a synthesis makes on the way to its fractions: drawn as the synthesis itself.
FOLDED_KINDS = frozenset({SampleKind.CRUDE, SampleKind.SUPERNATANT})


def closure_of(sample_ids: Iterable[int], user: User, *, up: bool = True, down: bool = False) -> Closure:
    """Return what lies above and below samples, as this person may see it."""
    seeds = list(sample_ids)
    links = ancestor_links(seeds) if up else []
    if down:
        links = list(dict.fromkeys([*links, *descendant_links(seeds)]))
    return closure_from(links, seeds, user)


def closure_of_page(sample: Sample, user: User) -> Closure:
    """Return what lies above a sample, with its own treatments and sizes, in the queries of `closure_of`."""
    return closure_from(ancestor_links([sample.pk]), [sample.pk], user, page_of=sample)


def closure_from(links: list[Link], seeds: Iterable[int], user: User, *, page_of: Sample | None = None) -> Closure:
    """Load the records along links already walked; the filter of who may see what is applied here, after."""
    found = Closure(links=links)
    ids = {*seeds, *(link.child_id for link in links), *(link.parent_id for link in links)}
    for some in in_parts(ids):
        rows = Sample.objects.visible_to(user).filter(pk__in=some)
        found.samples.update((one.pk, one) for one in rows.select_related("bottle", "specimen", "place"))
    for some in in_parts(ids - found.samples.keys()):
        facts = Sample.objects.filter(pk__in=some).values_list("pk", "kind", "origin_id", "origin__synthesis_id")
        found.hidden.update((pk, Hidden(kind, origin_id, made_in)) for pk, kind, origin_id, made_in in facts)
    _load_processes(found, user, page_of)
    _load_inputs(found)
    _load_syntheses(found, user)
    _load_sizes(found, page_of)
    return found


def _load_processes(found: Closure, user: User, page_of: Sample | None) -> None:
    """Load the visible processes that made the samples, and those that treated the one of the page."""
    for some in in_parts({one.origin_id for one in found.samples.values()}):
        wanted = Q(pk__in=some) | Q(treats=page_of) if page_of else Q(pk__in=some)
        for process in Process.objects.visible_to(user).filter(wanted).select_related("synthesis"):
            if page_of and process.treats_id == page_of.pk:
                found.treatments.append(process)
            else:
                found.processes[process.pk] = process
    found.treatments.sort(key=lambda one: (one.started_at, one.pk))


def _load_inputs(found: Closure) -> None:
    """Load inputs, of hidden processes too: which of theirs are solvents decides what is drawn, not what is said."""
    for some in in_parts({*found.processes, *(one.origin_id for one in found.hidden.values())}):
        for line in ProcessInput.objects.filter(process_id__in=some).order_by("process_id", "pk"):
            found.inputs.setdefault(line.process_id, []).append(line)


def _load_syntheses(found: Closure, user: User) -> None:
    """Take the syntheses of visible processes of the same project; ask only for what may be hidden."""
    asked = {one.synthesis_id for one in found.hidden.values() if one.synthesis_id}
    for process in found.processes.values():
        made = process.synthesis
        if made is not None and made.project_id in (None, process.project_id):
            found.syntheses[made.pk] = made
        elif made is not None:
            asked.add(made.pk)
    for some in in_parts(asked - found.syntheses.keys()):
        found.syntheses.update((one.pk, one) for one in Synthesis.objects.visible_to(user).filter(pk__in=some))


def _load_sizes(found: Closure, page_of: Sample | None) -> None:
    """Load sizes in force; of the page's sample and its fraction those that no longer are, too."""
    told = {page_of.pk, page_of.fraction_id} & found.samples.keys() if page_of else set()
    for some in in_parts(pk for pk, one in found.samples.items() if one.kind not in UNSIZED_KINDS):
        wanted = Q(is_in_force=True) | Q(sample_id__in=told) if told else Q(is_in_force=True)
        for size in SampleSize.objects.filter(wanted, sample_id__in=some).order_by("-at", "-pk"):
            if size.is_in_force:
                found.sizes[size.sample_id] = size
            if size.sample_id in told:
                found.sizes_told.append(size)


def is_aside(line: ProcessInput, lines: list[ProcessInput], samples: dict[int, Sample]) -> bool:
    """Say whether an input is a solvent, ligand or consumable: marked so, or poured from a bottle beside a solid.

    One shared bottle of octadecene would tie everything to everything; a switch shows these too.
    """
    if line.is_solvent:
        return True
    return _is_poured(line, samples) and any(not one.is_solvent and not _is_poured(one, samples) for one in lines)


def _is_poured(line: ProcessInput, samples: dict[int, Sample]) -> bool:
    if line.unit != "ul":
        return False
    if line.sample_id is None:
        return True
    sample = samples.get(line.sample_id)
    return sample is not None and sample.kind == SampleKind.BOTTLE


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield ids in parts that one query can bind; nothing at all for none."""
    rest = list(ids)
    for start in range(0, len(rest), IDS_AT_ONCE):
        yield rest[start : start + IDS_AT_ONCE]
