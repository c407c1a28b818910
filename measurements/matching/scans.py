"""One scan in several files: which lines of a batch are the same curve, and which belong to another."""

from collections.abc import Sequence
from dataclasses import dataclass

from measurements.matching.codes import key_of

# Formats that say most come first: the instrument's own before what was exported from them.
NATIVE = ("raw", "img", "wdf", "brml", "spc", "dm4", "dm3", "tif", "rasx", "procspec", "uxd", "asc", "txt")
CLOSE = 0.01
SURE = 80
SIDECARS = frozenset({"image_sidecar"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What two copies of one curve have in common, whatever format they are in."""

    sizes: tuple[int, ...]
    x_first: float | None
    x_last: float | None
    y_min: float | None
    y_max: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch as far as joining needs it."""

    key: int
    name: str
    folder: str
    sha256: str
    reader: str = ""
    # Empty for a file that nobody could read.
    shape: Shape | None = None
    position: int = 0
    confidence_percent: int = 0
    sample_id: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """A line that is no measurement of its own, the line it goes with, and why."""

    key: int
    to: int
    why: str
    is_same_bytes: bool = False
    # Both names are sure of their sample, and it is not the same.
    is_contradiction: bool = False


def joins_of(lines: Sequence[Line]) -> list[Join]:
    """Return the lines that join others: the same bytes, the same scan in another format, sidecars."""
    found = same_bytes(lines)
    gone = {one.key for one in found}
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.key not in gone:
            groups.setdefault((line.folder, key_of(line.name.rpartition(".")[0] or line.name)), []).append(line)
    for group in groups.values():
        if len(group) > 1:
            found += within(sorted(group, key=nativeness))
    return found


def same_bytes(lines: Sequence[Line]) -> list[Join]:
    """Return the later names of the same bytes, each joined to the name that says most."""
    first: dict[tuple[str, int], Line] = {}
    found = []
    for line in sorted(lines, key=lambda one: (-one.confidence_percent, one.key)):
        main = first.setdefault((line.sha256, line.position), line)
        if main is not line:
            said = f"the same bytes as {main.name}"
            found.append(Join(line.key, main.key, said, is_same_bytes=True, is_contradiction=contradict(line, main)))
    return found


def contradict(line: Line, main: Line) -> bool:
    """Say whether two names of the same bytes are both sure, of different samples."""
    is_sure = min(line.confidence_percent, main.confidence_percent) >= SURE
    return is_sure and line.sample_id is not None and main.sample_id is not None and line.sample_id != main.sample_id


def within(group: Sequence[Line]) -> list[Join]:
    """Return the joins among files of one stem, the most native first."""
    mains: list[Line] = []
    found = []
    for line in group:
        main = next((one for one in mains if goes_with(line, one)), None)
        if main is None:
            mains.append(line)
        else:
            what = "belongs to" if line.shape is None else "the same scan as"
            found.append(Join(line.key, main.key, f"{what} {main.name}"))
    return found


def goes_with(line: Line, main: Line) -> bool:
    """Say whether a line is the same scan as another of its stem, or a sidecar of it."""
    if line.name == main.name:
        return False
    if line.reader in SIDECARS or line.shape is None:
        return main.shape is not None and (line.reader in SIDECARS or is_text(line.name))
    return main.shape is not None and alike(line.shape, main.shape)


def is_text(name: str) -> bool:
    """Say whether an unread file may be the words beside a picture."""
    return name.lower().endswith((".txt", ".xml", ".log", ".ini"))


def alike(one: Shape, other: Shape) -> bool:
    """Say whether two curves are the same but for their format: points and axis agree, heights up to one factor."""
    if sorted(one.sizes) != sorted(other.sizes):
        return False
    has_axes = None not in {one.x_first, other.x_first} and not bare(one) and not bare(other)
    if has_axes and not (near(one.x_first, other.x_first) and near(one.x_last, other.x_last)):
        return False
    return near(one.y_max, other.y_max) or same_factor(one, other)


def bare(shape: Shape) -> bool:
    """Say whether an axis only counts its points: a matrix without axes."""
    return shape.x_first in {0, 1} and shape.x_last in {shape.sizes[-1] - 1, shape.sizes[-1]}


def same_factor(one: Shape, other: Shape) -> bool:
    """Say whether the heights of one curve are those of the other times one number, as counts and counts per second."""
    heights = (one.y_min, one.y_max, other.y_min, other.y_max)
    if any(not height for height in heights):
        return False
    return near((one.y_max or 0) / (other.y_max or 1), (one.y_min or 0) / (other.y_min or 1))


def near(one: float | None, other: float | None) -> bool:
    """Say whether two numbers agree as far as exports round them."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE * max(abs(one), abs(other), 1e-9)


def nativeness(line: Line) -> tuple[bool, int, str]:
    """Return the order of files of one stem: read ones first, the instrument's own format before exports."""
    suffix = line.name.rpartition(".")[2].lower()
    order = NATIVE.index(suffix) if suffix in NATIVE else len(NATIVE)
    return line.shape is None, order, line.name
