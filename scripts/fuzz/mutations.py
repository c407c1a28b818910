"""Ways in which a file goes wrong: flipped bits, lost ends, two files in one, other names and absurd numbers."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

ZIP_MAGIC = b"PK\x03\x04"
# Counts, sizes and offsets stand near the beginning of most formats.
HEADER_BYTES = 2048
NUMBER = re.compile(rb"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
ABSURD_TEXT = (
    b"2147483647",
    b"4294967296",
    b"-1",
    b"0",
    b"1e308",
    b"1e999",
    b"NaN",
    b"inf",
    b"n.d.",
    b"1,5",
    b"1_0",
    b"9" * 25,
)
ABSURD_BYTES = (
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\0",
    b"\0\0\0\x80",
    b"\0\0\xc0\x7f",
    b"\0\0\x80\x7f",
    b"\1\0\0\0",
)


def flipped(content: bytes, random: Random) -> bytes:
    """Return a file with one to sixteen bits flipped, half of them near its beginning."""
    changed = bytearray(content)
    for _ in range(random.randint(1, 16)):
        reach = len(changed) if random.random() < 0.5 else min(len(changed), HEADER_BYTES)
        changed[random.randrange(reach)] ^= 1 << random.randrange(8)
    return bytes(changed)


def truncated(content: bytes, random: Random) -> bytes:
    """Return a file that stops somewhere."""
    return content[: random.randrange(1, max(len(content), 2))]


def inflated(content: bytes, random: Random) -> bytes:
    """Return a file with one to four numbers made absurd, in its text or in its bytes."""
    for _ in range(random.randint(1, 4)):
        content = inflated_once(content, random)
    return content


def inflated_once(content: bytes, random: Random) -> bytes:
    """Return a file with one absurd number."""
    if b"\0" not in content[:HEADER_BYTES]:
        found = list(NUMBER.finditer(content, random.randrange(len(content)) if random.random() < 0.5 else 0))[:200]
        if found:
            place = random.choice(found)
            return content[: place.start()] + random.choice(ABSURD_TEXT) + content[place.end() :]
    at = random.randrange(min(len(content), HEADER_BYTES)) & ~1
    return content[:at] + random.choice(ABSURD_BYTES) + content[at + 4 :]


def spliced(content: bytes, other: bytes, random: Random) -> bytes:
    """Return the beginning of one file with the end of another, or both whole."""
    if random.random() < 0.3:
        return content + other
    return content[: random.randrange(len(content)) + 1] + other[random.randrange(len(other)) :]


def repacked(content: bytes, random: Random) -> bytes:
    """Return a zip container one of whose members went wrong, under a checksum that is right again."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if not name.endswith("/")]
        broken = random.choice(names)
        for name in names:
            member = old.read(name)
            if name == broken and member:
                member = random.choice((flipped, truncated, inflated))(member, random)
            new.writestr(name, member)
    return changed.getvalue()


def mutated(content: bytes, other: bytes, random: Random) -> tuple[str, bytes]:
    """Return what was done to a file, and the file; renamed is done to its name alone."""
    ways: dict[str, Callable[[], bytes]] = {
        "flipped": lambda: flipped(content, random),
        "truncated": lambda: truncated(content, random),
        "inflated": lambda: inflated(content, random),
        "spliced": lambda: spliced(content, other, random),
        "renamed": lambda: content,
    }
    if content.startswith(ZIP_MAGIC):
        ways |= {"repacked": lambda: repacked(content, random), "repacked again": lambda: repacked(content, random)}
    # A renamed file is read as before; one in twenty is enough.
    names = [name for name in ways if name != "renamed" or random.random() < 0.25]
    way = random.choice(names)
    return way, ways[way]()
