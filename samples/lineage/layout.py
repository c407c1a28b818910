"""Lays a graph out in columns, left to right: pure and deterministic, the same graph is the same picture."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from samples.lineage.layers import from_here_up

Node = TypeVar("Node", bound=Hashable)

CARD_WIDTH_PX, CARD_HEIGHT_PX = 184, 64
COLUMN_PX, ROW_PX = 280, 80
MARGIN_PX = 8


@dataclass(frozen=True, slots=True)
class Placed(Generic[Node]):
    """A node and the top left corner of its card."""

    node: Node
    x: float
    y: float

    @property
    def middle(self) -> float:
        """Return the height at which links meet the card."""
        return self.y + CARD_HEIGHT_PX / 2

    @property
    def right(self) -> float:
        """Return where links leave the card."""
        return self.x + CARD_WIDTH_PX


def columns_of(parents: Mapping[Node, Mapping[Node, str]], least_column: Mapping[Node, int]) -> dict[Node, int]:
    """Return each node's column: never left of its kind's own, always right of its parents; empty columns close up."""
    everything: dict[Node | None, Iterable[Node | None]] = {None: list(least_column)}
    for below, their_parents in parents.items():
        everything[below] = list(their_parents)
    order, back = from_here_up(everything, None)
    column: dict[Node, int] = {}
    for node in reversed(order):
        if node is None:
            continue
        above = [column[one] for one in parents.get(node, {}) if (node, one) not in back and one in column]
        column[node] = max([least_column[node], *(one + 1 for one in above)])
    used = {one: index for index, one in enumerate(sorted(set(column.values())))}
    return {node: used[one] for node, one in column.items()}


def rows_of(
    columns: Mapping[Node, int], parents: Mapping[Node, Mapping[Node, str]], names: Mapping[Node, str]
) -> list[list[Node]]:
    """Return the columns, each ordered so that links cross little: swept right, left, and right again."""
    grid: list[list[Node]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for node in sorted(columns, key=lambda one: names[one]):
        grid[columns[node]].append(node)
    children: dict[Node, list[Node]] = {}
    for child, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(child)
    for sweep in (parents, children, parents):
        indexes = range(len(grid)) if sweep is parents else range(len(grid) - 1, -1, -1)
        for index in indexes:
            heights = {
                node: height for column in grid for height, node in zip(spread(column, grid), column, strict=True)
            }
            grid[index].sort(key=lambda one: (mean_height(sweep.get(one, ()), heights, heights[one]), names[one]))
    return grid


def mean_height(others: Iterable[Node], heights: Mapping[Node, float], own: float) -> float:
    """Return the mean height of a node's neighbors, or its own where it has none."""
    found = [heights[one] for one in others if one in heights]
    return sum(found) / len(found) if found else own


def spread(column: list[Node], grid: list[list[Node]]) -> list[float]:
    """Return the heights of a column's cards, in rows, the column centered on the tallest one."""
    tallest = max(len(one) for one in grid)
    first = (tallest - len(column)) / 2
    return [first + index for index in range(len(column))]


def place(grid: list[list[Node]]) -> dict[Node, Placed[Node]]:
    """Return where every card stands, in px."""
    return {
        node: Placed(node, MARGIN_PX + index * COLUMN_PX, MARGIN_PX + row * ROW_PX)
        for index, column in enumerate(grid)
        for row, node in zip(spread(column, grid), column, strict=True)
    }
