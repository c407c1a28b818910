"""Orders a graph into layers: pure, the same graph always gives the same layers."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
Parents = Mapping[Node, Iterable[Node]]


def from_here_up(parents: Parents[Node], here: Node) -> tuple[list[Node], set[tuple[Node, Node]]]:
    """Return the nodes above one, each before its parents, and the (child, parent) pairs that close a circle.

    The records know no circle, but folding several of them into one node can make one.
    """
    finished: list[Node] = []
    back: set[tuple[Node, Node]] = set()
    open_nodes = {here}
    seen = {here}
    stack = [(here, iter(parents.get(here, ())))]
    while stack:
        node, rest = stack[-1]
        parent = next(rest, None)
        if parent is None:
            stack.pop()
            open_nodes.discard(node)
            finished.append(node)
        elif parent in open_nodes:
            back.add((node, parent))
        elif parent not in seen:
            seen.add(parent)
            open_nodes.add(parent)
            stack.append((parent, iter(parents.get(parent, ()))))
    return finished[::-1], back


def distances(parents: Parents[Node], here: Node) -> dict[Node, int]:
    """Return each node above one with its longest distance from it; closing pairs are passed over."""
    order, back = from_here_up(parents, here)
    far = {here: 0}
    for node in order:
        for parent in parents.get(node, ()):
            if (node, parent) not in back:
                far[parent] = max(far.get(parent, 0), far[node] + 1)
    return far


def reach(parents: Parents[Node], start: Node) -> set[Node]:
    """Return a node and everything above it."""
    found, waiting = {start}, [start]
    while waiting:
        above = set(parents.get(waiting.pop(), ())) - found
        found |= above
        waiting.extend(above)
    return found
