"""The ancestry strip: from the bottles to this record in one line, with the amounts between."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse

from labbook.marks.strips import Stop, Strip, strip_of
from labbook.models import User
from samples.kinds import ProcessKind, SampleKind
from samples.lineage.closure import Closure, closure_from, closure_of, is_aside
from samples.lineage.layers import distances, reach
from samples.lineage.walk import Link, ancestor_links
from samples.lineage.words import RESTRICTED, about_bottle, about_sample, about_synthesis, along, used
from samples.models import Process, ProcessInput, Sample, Synthesis

# ("sample", id), ("synthesis", id) or ("gap", id of the input): crude and supernatants stand under their synthesis.
Node = tuple[str, int]

MOST_LANES = 3
MOST_NAMES = 3


@dataclass(slots=True)
class Ancestry:
    """What stands above one record, folded for reading: the parents of every node and the words between."""

    closure: Closure
    here: Node
    parents: dict[Node, dict[Node, str]] = field(default_factory=lambda: defaultdict(dict))


def ancestry_strip(record: Sample | Synthesis, user: User, *, lines: Iterable[ProcessInput] | None = None) -> Strip:
    """Return where a sample or synthesis came from, as lanes of stops that join into a trunk.

    Solvents and consumables are left out, hidden samples stay as "restricted", and more than three
    lanes fold into one that counts them. `lines` are what is injected, where a synthesis's page has read them.
    """
    ancestry = (
        ancestry_of_synthesis(record, user, lines)
        if isinstance(record, Synthesis)
        else ancestry_of_sample(record, user)
    )
    return strip_of_ancestry(ancestry)


def strip_of_ancestry(ancestry: Ancestry) -> Strip:
    """Return the lanes and the trunk of a folded ancestry."""
    columns = columns_of(ancestry)
    trunk_length = next((depth for depth, column in enumerate(columns) if len(column) > 1), len(columns))
    lanes = lanes_of(ancestry, columns[trunk_length:], columns[trunk_length - 1][0])
    trunk = [[node] for column in reversed(columns[:trunk_length]) for node in column]
    return strip_of(
        [stops_of(ancestry, lane, trunk[0]) for lane in lanes],
        stops_of(ancestry, trunk, []),
    )


def ancestry_of_sample(sample: Sample, user: User) -> Ancestry:
    """Return the folded ancestry of a sample."""
    return ancestry_in(closure_of([sample.pk], user), sample)


def ancestry_in(closure: Closure, sample: Sample) -> Ancestry:
    """Return the folded ancestry of a sample out of a walk that is loaded already."""
    return fold(closure, folded(closure, sample.pk))


def ancestry_of_synthesis(synthesis: Synthesis, user: User, given: Iterable[ProcessInput] | None = None) -> Ancestry:
    """Return the folded ancestry of a synthesis, also while its injection is only planned."""
    lines = injection_lines(synthesis, user) if given is None else list(given)
    seeds = [line.sample_id for line in lines if line.sample_id is not None]
    closure = closure_from(ancestor_links(seeds), seeds, user)
    here: Node = ("synthesis", synthesis.pk)
    closure.syntheses[synthesis.pk] = synthesis
    ancestry = fold(closure, here)
    for line in lines:
        if line.sample_id is not None and not line.is_solvent:
            ancestry.parents[here][folded(closure, line.sample_id)] = used(line, closure.samples.get(line.sample_id))
    return ancestry


def injection_lines(synthesis: Synthesis, user: User) -> list[ProcessInput]:
    """Return what was or will be injected, as far as the person may see the injection."""
    injections = Process.objects.visible_to(user).filter(synthesis=synthesis, kind=ProcessKind.HOT_INJECTION)
    return list(ProcessInput.objects.filter(process__in=injections).order_by("pk"))


def fold(closure: Closure, here: Node, *, with_solvents: bool = False) -> Ancestry:
    """Fold the links of a walk: crude and supernatants into their synthesis, solvents left out, gaps kept.

    What the record itself went into stays, also when it is a solvent.
    """
    ancestry = Ancestry(closure=closure, here=here)
    for link in in_order(closure):
        child, parent = folded(closure, link.child_id), folded(closure, link.parent_id)
        if child == parent or (not with_solvents and parent != here and closure.is_aside(link)):
            continue
        ancestry.parents[child].setdefault(parent, along(link, closure))
    for process_id, lines in closure.inputs.items():
        for line in lines:
            is_side = not with_solvents and is_aside(line, lines, closure.samples)
            if line.sample_id is None and process_id in closure.processes and not is_side:
                for child in _made_by(process_id, closure):
                    ancestry.parents[child][("gap", line.pk)] = used(line, None)
    return ancestry


def in_order(closure: Closure) -> list[Link]:
    """Return the links in the order in which a process lists its inputs."""

    def place(link: Link) -> tuple[int, int, int]:
        line = closure.line_of(link)
        return link.child_id, line.pk if line else 0, link.parent_id

    return sorted(closure.links, key=place)


def folded(closure: Closure, sample_id: int) -> Node:
    """Return the node under which a sample is shown."""
    synthesis_id = closure.synthesis_of(sample_id)
    return ("synthesis", synthesis_id) if synthesis_id is not None else ("sample", sample_id)


def columns_of(ancestry: Ancestry) -> list[list[Node]]:
    """Return the nodes above a record by their longest distance from it, the record itself first."""
    far = distances(ancestry.parents, ancestry.here)
    columns: list[list[Node]] = [[] for _ in range(max(far.values()) + 1)]
    for node, distance in far.items():
        columns[distance].append(node)
    return [sorted(column, key=lambda node: _order(node, ancestry.closure)) for column in columns]


def lanes_of(ancestry: Ancestry, columns: list[list[Node]], join: Node) -> list[list[list[Node]]]:
    """Return lanes of groups, leftmost first: one lane per parent of the join, or one in all when they meet again."""
    if not columns:
        return []
    starts = list(ancestry.parents[join])
    reaches = [reach(ancestry.parents, start) for start in starts]
    if len(starts) > MOST_LANES or len(set().union(*reaches)) < sum(len(one) for one in reaches):
        return [list(reversed(columns))]
    lanes = [[[node for node in column if node in one] for column in reversed(columns)] for one in reaches]
    return [[group for group in lane if group] for lane in lanes]


def stops_of(ancestry: Ancestry, groups: list[list[Node]], after: list[Node]) -> list[Stop]:
    """Return one stop per group, each with the words on the arrow to the next one."""
    followers = [*groups[1:], after]
    return [
        stop_of_group(ancestry, group, edge_between(ancestry, group, follower))
        for group, follower in zip(groups, followers, strict=True)
    ]


def edge_between(ancestry: Ancestry, group: list[Node], follower: list[Node]) -> str:
    """Return what went from one stop to the next, when each is a single record."""
    if len(group) != 1 or len(follower) != 1:
        return ""
    return ancestry.parents[follower[0]].get(group[0], "")


def stop_of_group(ancestry: Ancestry, group: list[Node], edge: str) -> Stop:
    """Return the stop of one record, or one that names or counts several."""
    stops = [stop_of_node(ancestry, node, edge) for node in group]
    if len(stops) == 1:
        return stops[0]
    names = [stop.code for stop in stops]
    title = ", ".join(names) if len(names) <= MOST_NAMES else f"{len(names)} {plural_of(group, ancestry.closure)}"
    bottles = [
        ancestry.closure.samples[pk] for kind, pk in group if kind == "sample" and pk in ancestry.closure.samples
    ]
    lots = list(dict.fromkeys(about_bottle(one) for one in bottles if one.kind == SampleKind.BOTTLE))
    named = f"{', '.join(names[:2])} and {len(names) - 2} more" if len(names) > MOST_NAMES else ""
    return Stop(code=title, sub="; ".join(lots) or named, edge=edge)


def stop_of_node(ancestry: Ancestry, node: Node, edge: str) -> Stop:
    """Return the stop of one record; one that the person may not see has no code."""
    closure, (kind, pk) = ancestry.closure, node
    is_here = node == ancestry.here
    if kind == "gap":
        line = next(one for lines in closure.inputs.values() for one in lines if one.pk == pk)
        return Stop(code=line.description or "input", sub="no record", edge=edge, is_gap=True)
    if kind == "synthesis" and pk in closure.syntheses:
        made = closure.syntheses[pk]
        return Stop(made.code, address("synthesis_detail", made.code), about_synthesis(made), edge, is_here)
    sample = closure.samples.get(pk) if kind == "sample" else None
    if sample is None:
        return Stop(code=RESTRICTED, sub="another project", edge=edge)
    return Stop(sample.code, sample_address(sample), about_sample(sample, closure), edge, is_here)


def plural_of(group: list[Node], closure: Closure) -> str:
    """Return the word for several nodes: "syntheses", "vials", or "samples" when they are mixed."""
    if {kind for kind, _ in group} == {"synthesis"}:
        return "syntheses"
    kinds = {closure.samples[pk].get_kind_display() for kind, pk in group if kind == "sample" and pk in closure.samples}
    if len(kinds) != 1:
        return "samples"
    word = kinds.pop()
    return f"{word}es" if word.endswith("batch") else f"{word}s"


def sample_address(sample: Sample) -> str:
    """Return the address of a sample's own page."""
    own = {SampleKind.BOTTLE: "bottle_detail", SampleKind.PRECURSOR: "precursor_detail"}.get(SampleKind(sample.kind))
    return (address(own, sample.code) if own else "") or address("sample_detail", sample.code)


def address(name: str, code: str) -> str:
    """Return the address of a record's page, or nothing while that page is not built."""
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""


def _order(node: Node, closure: Closure) -> tuple[int, str, int]:
    """Return what sorts the nodes of a column: what has a code by it, then the rest."""
    kind, pk = node
    sample = closure.samples.get(pk) if kind == "sample" else None
    return (0 if sample is not None else 1, sample.code if sample else "", pk)


def _made_by(process_id: int, closure: Closure) -> set[Node]:
    return {folded(closure, one.pk) for one in closure.samples.values() if one.origin_id == process_id}
