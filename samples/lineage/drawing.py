"""The lineage as cards and links, ready to be drawn as SVG or told as a tree."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from labbook.quantities import show_amount
from labbook.quantities.show import NARROW_SPACE
from samples.kinds import SampleKind
from samples.lineage.layers import reach
from samples.lineage.layout import CARD_HEIGHT_PX, CARD_WIDTH_PX, MARGIN_PX, Placed, columns_of, place, rows_of
from samples.lineage.strip import Ancestry, Node, plural_of, stop_of_node
from samples.lineage.words import NOT_RECORDED
from samples.models import Sample

# Columns of the drawing by kind; what has no kind stands right of its parents.
COLUMNS = {
    SampleKind.BOTTLE: 0,
    SampleKind.PRECURSOR: 1,
    SampleKind.CRUDE: 2,
    SampleKind.SUPERNATANT: 2,
    SampleKind.FRACTION: 3,
    SampleKind.VIAL: 4,
}
SYNTHESIS_COLUMN, SPECIMEN_COLUMN = 2, 5
MOST_SIBLINGS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One node as drawn: where, what it says, and how it is marked."""

    key: str
    x: float
    y: float
    code: str
    sub: str
    foot: str
    address: str
    marks: str

    @property
    def name(self) -> str:
        """Return what a screen reader says of it."""
        return ", ".join(part for part in (self.code, self.sub, self.foot) if part)


@dataclass(frozen=True, slots=True)
class Edge:
    """One link as drawn, with what went along it."""

    from_key: str
    to_key: str
    curve: str
    words: str
    x: float
    y: float
    anchor: str
    marks: str


@dataclass(slots=True)
class Drawing:
    """Everything an SVG needs; sizes in px."""

    cards: list[Card] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    width: float = 0
    height: float = 0

    @property
    def view_box(self) -> str:
        """Return the SVG's view box."""
        return f"0 0 {self.width:g} {self.height:g}"


@dataclass(frozen=True, slots=True)
class Stack:
    """Siblings drawn as one card."""

    nodes: tuple[Node, ...]


def draw(ancestry: Ancestry, used: dict[int, Decimal], recall_address: str) -> Drawing:
    """Return the drawing of a folded lineage; more than three like siblings without offspring become a stack.

    `used` is how much of each sample the ledger says was used, by sample id.
    """
    stacks = stacks_of(ancestry)
    hidden_in = {node: ("stack", index) for index, stack in enumerate(stacks) for node in stack.nodes}
    parents: dict[Node, dict[Node, str]] = defaultdict(dict)
    for child, above in ancestry.parents.items():
        for parent, words in above.items():
            parents[hidden_in.get(child, child)][parent] = "" if child in hidden_in else words
    nodes = {hidden_in.get(node, node) for node in nodes_of(ancestry)}
    least = {node: least_column(node, ancestry, stacks) for node in nodes}
    stops = {node: stop_of_node(ancestry, node, "") for node in nodes if node[0] != "stack"}
    names = {node: stops[node].code if node in stops else f"~{node[1]}" for node in nodes}
    spots = place(rows_of(columns_of(parents, least), parents, names))
    above_here = reach(ancestry.parents, ancestry.here)
    drawing = Drawing(
        width=max(spot.right for spot in spots.values()) + MARGIN_PX,
        height=max(spot.y for spot in spots.values()) + CARD_HEIGHT_PX + MARGIN_PX,
    )
    for node, spot in spots.items():
        if node[0] == "stack":
            drawing.cards.append(stack_card(spot, stacks[node[1]], ancestry, recall_address))
        else:
            drawing.cards.append(node_card(spot, ancestry, used))
    child_counts = Counter(parent for above in parents.values() for parent in above)
    for child, above in parents.items():
        for parent, words in above.items():
            marks = "link path" if child in above_here and parent in above_here else "link"
            fans_out = child_counts[parent] > 1
            drawing.edges.append(edge(spots[parent], spots[child], words, marks=marks, fans_out=fans_out))
    return drawing


def nodes_of(ancestry: Ancestry) -> set[Node]:
    """Return every node of a folded lineage."""
    return {ancestry.here, *ancestry.parents, *(one for above in ancestry.parents.values() for one in above)}


def stacks_of(ancestry: Ancestry) -> list[Stack]:
    """Return the groups of more than three siblings of one kind that nothing shown was made of."""
    has_children = {one for above in ancestry.parents.values() for one in above}
    alike: dict[tuple[frozenset[Node], str], list[Node]] = defaultdict(list)
    for node, above in sorted(ancestry.parents.items()):
        sample = ancestry.closure.samples.get(node[1]) if node[0] == "sample" else None
        if sample is not None and node not in has_children and node != ancestry.here:
            alike[frozenset(above), sample.kind].append(node)
    return [Stack(tuple(nodes)) for nodes in alike.values() if len(nodes) > MOST_SIBLINGS]


def least_column(node: Node, ancestry: Ancestry, stacks: list[Stack]) -> int:
    """Return the column of a node's kind."""
    kind, pk = stacks[node[1]].nodes[0] if node[0] == "stack" else node
    if kind == "synthesis":
        return SYNTHESIS_COLUMN
    sample = ancestry.closure.samples.get(pk) if kind == "sample" else None
    return COLUMNS.get(SampleKind(sample.kind), SPECIMEN_COLUMN) if sample else 0


def node_card(spot: Placed[Node], ancestry: Ancestry, used: dict[int, Decimal]) -> Card:
    """Return the card of one record."""
    kind, pk = spot.node
    stop = stop_of_node(ancestry, spot.node, "")
    sample = ancestry.closure.samples.get(pk) if kind == "sample" else None
    foot, asks = foot_of(sample, used.get(pk, Decimal(0))) if sample else ("", False)
    is_restricted = not stop.is_gap and kind != "gap" and not stop.url
    marks = {"here": stop.is_here, "gap": stop.is_gap, "restricted": is_restricted, "asks": asks}
    return Card(
        f"{kind}-{pk}", spot.x, spot.y, stop.code, stop.sub, foot, stop.url,
        " ".join(mark for mark, is_so in marks.items() if is_so),
    )  # fmt: skip


def foot_of(sample: Sample, used: Decimal) -> tuple[str, bool]:
    """Return in, out and left of a sample in words, and whether more went out than was there."""
    if sample.unit == "piece" or sample.made_amount is None:
        return ("", False) if sample.unit == "piece" else ("amount made not recorded", False)
    if used > sample.made_amount:
        return f"▲ balance −{show_amount(used - sample.made_amount, sample.unit)}", True
    left = NOT_RECORDED if sample.balance is None else show_amount(sample.balance, sample.unit)
    if sample.kind == SampleKind.BOTTLE:
        return f"{left} left", False
    made, out = show_amount(sample.made_amount, sample.unit), show_amount(used, sample.unit) if used else "0"
    return f"{without_unit(made, left)} in, {without_unit(out, left)} out, {left} left", False


def without_unit(said: str, other: str) -> str:
    """Return an amount without its unit where the other one says the same unit."""
    number, _, unit = said.partition(NARROW_SPACE)
    return number if unit == other.partition(NARROW_SPACE)[2] else said


def stack_card(spot: Placed[Node], stack: Stack, ancestry: Ancestry, address: str) -> Card:
    """Return the card of several siblings, which leads to all of them."""
    codes = sorted(ancestry.closure.samples[pk].code for _, pk in stack.nodes)
    title = f"{len(codes)} {plural_of(list(stack.nodes), ancestry.closure)}"
    return Card(f"stack-{spot.node[1]}", spot.x, spot.y, title, f"{codes[0]} to {codes[-1]}", "", address, "")


def edge(parent: Placed[Node], child: Placed[Node], words: str, *, marks: str, fans_out: bool) -> Edge:
    """Return the link from a card to the next, its words at the end where they meet no other's."""
    bend = (parent.right + child.x) / 2
    curve = (
        f"M{parent.right:g} {parent.middle:g}C{bend:g} {parent.middle:g} {bend:g} {child.middle:g} "
        f"{child.x:g} {child.middle:g}"
    )
    is_level = abs(parent.middle - child.middle) < 1
    x, anchor, height = parent.right + 6, "start", parent.middle
    if fans_out:
        x, anchor, height = child.x - 6, "end", child.middle
    elif is_level:
        x, anchor = bend, "middle"
    if not is_level and (child.middle > parent.middle) == fans_out:
        height += 20
    return Edge(
        "-".join(map(str, parent.node)), "-".join(map(str, child.node)), curve, words, x, height - 7, anchor,
        f"{marks} unrecorded" if words == NOT_RECORDED else marks,
    )  # fmt: skip


# The template draws rectangles of this size.
CARD_SIZE_PX = (CARD_WIDTH_PX, CARD_HEIGHT_PX)
