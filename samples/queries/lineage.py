"""Reads the lineage of a sample: what it came from, what it went into, and the links one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from labbook.models import User
from samples.kinds import SampleKind
from samples.lineage.closure import Closure, closure_from, in_parts
from samples.lineage.strip import Ancestry, Node, fold, folded, stop_of_node
from samples.lineage.walk import Link, ancestor_links, descendant_links
from samples.lineage.words import NOT_RECORDED, RESTRICTED, along
from samples.models import EntryKind, LedgerEntry, Sample

DIRECTIONS = ("both", "up", "down")
# All ancestors and one generation of descendants, unless more are asked for.
FIRST_GENERATIONS = 1
ALL = 10_000
# A page draws and lists no more than this; the edge list has all of it.
MOST_LINKS = 3_000
MOST_RECALLED = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of a lineage to show."""

    direction: str = "both"
    generations: int = FIRST_GENERATIONS
    with_solvents: bool = False


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as a row: what went from where to where, by which process."""

    parent_code: str
    parent_kind: str
    words: str
    amount: Decimal | None
    unit: str
    planned: Decimal | None
    process: str
    at: str
    by: str
    child_code: str
    child_kind: str


@dataclass(slots=True)
class Branch:
    """One node of the lineage told as a nested list; a node told before is only named again."""

    code: str
    sub: str
    address: str
    words: str
    is_here: bool = False
    is_gap: bool = False
    was_told: bool = False
    branches: list["Branch"] = field(default_factory=list)


def lineage_of(sample: Sample, user: User, asked: Asked) -> tuple[Ancestry, bool]:
    """Return the folded lineage of a sample, and whether it was cut at `MOST_LINKS`."""
    links = ancestor_links([sample.pk]) if asked.direction in ("both", "up") else []
    if asked.direction in ("both", "down"):
        below = descendant_links([sample.pk])
        links += first_generations(below, sample.pk, asked.generations)
    is_cut = len(links) > MOST_LINKS
    closure = closure_from(links[:MOST_LINKS], [sample.pk], user)
    return fold(closure, folded(closure, sample.pk), with_solvents=asked.with_solvents), is_cut


def first_generations(links: list[Link], start: int, count: int) -> list[Link]:
    """Return the links within so many generations below a sample, nearest first."""
    below: dict[int, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda one: (one.parent_id, one.child_id)):
        below[link.parent_id].append(link)
    kept: list[Link] = []
    seen, generation = {start}, [start]
    while generation and count > 0:
        found = [link for parent in generation for link in below[parent]]
        kept += found
        generation = [one for one in dict.fromkeys(link.child_id for link in found) if one not in seen]
        seen.update(generation)
        count -= 1
    return kept


def used_amounts(sample_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return how much of each sample the ledger says was used, in the sample's unit."""
    found: dict[int, Decimal] = {}
    for some in in_parts(sample_ids):
        # A corrected use is a use and its correction, both by the same process.
        kinds = (EntryKind.USE, EntryKind.CORRECTION)
        rows = LedgerEntry.objects.filter(
            sample_id__in=some, kind__in=kinds, amount__isnull=False, process__treats__isnull=True
        ).exclude(process=None)
        found.update((pk, -total) for pk, total in rows.values_list("sample").annotate(Sum("amount")))
    return found


def tree_of(ancestry: Ancestry, node: Node, *, down: bool) -> list[Branch]:
    """Return what stands above (or below) a node as nested lists, each node's own branches told once."""
    following = ancestry.parents if not down else children_of(ancestry)
    told: set[Node] = {node}
    root: list[Branch] = []
    waiting = [(node, root)]
    while waiting:
        one, branches = waiting.pop()
        for other, words in following.get(one, {}).items():
            stop = stop_of_node(ancestry, other, "")
            branch = Branch(stop.code, stop.sub, stop.url, words, is_gap=stop.is_gap, was_told=other in told)
            branches.append(branch)
            if other not in told:
                told.add(other)
                waiting.append((other, branch.branches))
    return root


def children_of(ancestry: Ancestry) -> dict[Node, dict[Node, str]]:
    """Return what was made of each node."""
    children: dict[Node, dict[Node, str]] = defaultdict(dict)
    for child, above in ancestry.parents.items():
        for parent, words in above.items():
            children[parent][child] = words
    return children


def link_rows(closure: Closure, *, with_solvents: bool) -> list[LinkRow]:
    """Return every link of a walk as a row, oldest first; gaps are rows without a code."""
    rows = [
        (link.process_id, link_row(link, closure))
        for link in closure.links
        if with_solvents or not closure.is_aside(link)
    ]
    for process_id, lines in closure.inputs.items():
        process = closure.processes.get(process_id)
        made = [one for one in closure.samples.values() if one.origin_id == process_id]
        gaps = [line for line in lines if line.sample_id is None and (with_solvents or not line.is_solvent)]
        for line in gaps if process else []:
            words = NOT_RECORDED if line.amount is None else str(line.amount)
            rows += [
                (process_id, LinkRow("", line.description, words, line.amount, line.unit, line.planned_amount,
                 process.get_kind_display() if process else "", "", "", one.code, one.get_kind_display()))
                for one in made
            ]  # fmt: skip
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].parent_code, pair[1].child_code))]


def link_row(link: Link, closure: Closure) -> LinkRow:
    """Return one link as a row; what is restricted has neither code nor amount."""
    parent, child = closure.samples.get(link.parent_id), closure.samples.get(link.child_id)
    process = closure.processes.get(link.process_id)
    line = closure.line_of(link) if process else None
    return LinkRow(
        parent_code=parent.code if parent else RESTRICTED,
        parent_kind=parent.get_kind_display() if parent else "",
        words=along(link, closure),
        amount=line.amount if line else None,
        unit=line.unit if line else "",
        planned=line.planned_amount if line else None,
        process=process.get_kind_display() if process else RESTRICTED,
        at=process.started_at.isoformat() if process else "",
        by=process.operator if process else "",
        child_code=child.code if child else RESTRICTED,
        child_kind=child.get_kind_display() if child else "",
    )


@dataclass(frozen=True, slots=True)
class Recall:
    """Everything a sample went into: how many of each kind, and those a page lists."""

    total: int
    hidden_count: int
    counts: list[tuple[str, int]]
    samples: list[Sample]

    @property
    def is_cut(self) -> bool:
        """Say whether the list shows fewer than there are."""
        return len(self.samples) < self.total


def recall_of(sample_ids: Iterable[int], user: User, *, kind: str = "", most: int = MOST_RECALLED) -> Recall:
    """Return every sample that descends from these, grouped by kind; `most` of them as records."""
    below = {link.child_id for link in descendant_links(sample_ids)}
    seen: list[tuple[str, str, int]] = []
    for some in in_parts(below):
        visible = Sample.objects.visible_to(user).filter(pk__in=some)
        seen += visible.values_list("kind", "code", "pk")
    order = {name: index for index, name in enumerate(SampleKind.values)}
    seen.sort(key=lambda row: (order[row[0]], row[1]))
    chosen = [row for row in seen if not kind or row[0] == kind]
    found: dict[int, Sample] = {}
    for some in in_parts([pk for _, _, pk in chosen[:most]]):
        found.update(Sample.objects.select_related("place", "specimen").in_bulk(some))
    counts = Counter(name for name, _, _ in seen)
    return Recall(
        total=len(chosen),
        hidden_count=len(below) - len(seen),
        counts=[(name, counts[name]) for name in SampleKind.values if counts[name]],
        samples=[found[pk] for _, _, pk in chosen[:most] if pk in found],
    )
