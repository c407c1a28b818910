"""The blocks of a WiRE file, each with a name, a number and a size, checked against the file before it is read."""

from dataclasses import dataclass
from struct import Struct

from measurements.readers.refusal import Unread

MAGIC = b"WDF1"
HEADER_BYTES = 512
BLOCK = Struct("<4sIQ")
MOST_BLOCKS = 10_000
# Without these there is no measurement; what a file that is cut off loses of others are settings and pictures.
NEEDED = frozenset({b"WDF1", b"DATA", b"YLST", b"XLST", b"ORGN", b"WMAP"})
# Signature, then from byte 60: points, spectra promised, spectra collected, accumulations, counts of y, x, origins.
COUNTS = Struct("<60xIQQIIII")


@dataclass(frozen=True, slots=True)
class Block:
    """Where a block lies; `size_bytes` has its own sixteen bytes of head in it."""

    name: str
    number: int
    size_bytes: int
    offset_bytes: int

    @property
    def body_bytes(self) -> int:
        """How many bytes follow the head."""
        return self.size_bytes - BLOCK.size


@dataclass(frozen=True, slots=True)
class Counts:
    """What the header promises."""

    points: int
    capacity: int
    collected: int
    accumulations: int
    y_values: int
    x_values: int
    origins: int


def blocks_of(content: bytes) -> tuple[Block, ...]:
    """Return all blocks, the header first; of settings that are cut off, those that are whole.

    Raises Unread for a block that is no block or reaches beyond the file, and for missing values.
    """
    if len(content) < HEADER_BYTES:
        raise Unread(f"The file has {len(content):,} of {HEADER_BYTES:,} bytes of its header", offset_bytes=0)
    blocks: list[Block] = []
    offset = 0
    while offset < len(content):
        if offset + BLOCK.size > len(content) or len(blocks) > MOST_BLOCKS:
            raise Unread("The head of a block is cut off", offset_bytes=offset)
        name, number, size = BLOCK.unpack_from(content, offset)
        if offset + size > len(content) and name not in NEEDED and name.isalnum():
            break
        if size < BLOCK.size or offset + size > len(content):
            said = f"A block of {size:,} bytes does not fit the {len(content) - offset:,} that are left"
            raise Unread(said, offset_bytes=offset)
        blocks.append(Block(name.decode("latin-1"), number, size, offset))
        offset += size
    _check(counts_of(content), {block.name: block for block in reversed(blocks)})
    return tuple(blocks)


def counts_of(content: bytes) -> Counts:
    """Return the numbers of points and spectra that the header promises."""
    return Counts(*COUNTS.unpack_from(content))


def _check(counts: Counts, first: dict[str, Block]) -> None:
    if not counts.points or not counts.collected:
        raise Unread("The file has no spectra: the measurement was not begun", offset_bytes=60)
    if counts.collected > counts.capacity:
        said = f"{counts.collected:,} spectra are said to be collected, of {counts.capacity:,} at most"
        raise Unread(said, offset_bytes=72)
    if counts.x_values != counts.points:
        raise Unread(f"{counts.x_values:,} x values for {counts.points:,} points", offset_bytes=88)
    for name, size in _needed_bytes(counts).items():
        if name not in first:
            raise Unread(f"The block {name} is missing", offset_bytes=HEADER_BYTES)
        if first[name].body_bytes < size:
            said = f"{name} has {first[name].body_bytes:,} of {size:,} bytes"
            raise Unread(said, offset_bytes=first[name].offset_bytes)


def _needed_bytes(counts: Counts) -> dict[str, int]:
    """Return how many bytes the blocks must have for what the header promises."""
    needed = {"DATA": 4 * counts.points * counts.capacity, "XLST": 8 + 4 * counts.x_values}
    if counts.origins:
        needed["ORGN"] = 4 + counts.origins * (24 + 8 * counts.capacity)
    return needed
