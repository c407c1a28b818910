"""All style sheets as one: rooms apart for whoever writes them, one request for whoever reads a page."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).resolve().parent / "static" / "labbook" / "css"
# In the order of the cascade; a sheet that is not named here is linked by the pages that need it.
SHEETS = (
    "tokens",
    "base",
    "frame",
    "controls",
    "tables",
    "parts",
    "lists",
    "plots",
    "graph",
    "run",
    "measurements",
    "fits",
)


@dataclass(frozen=True)
class Styles:
    """The joined sheets, plain and compressed, and the hash that names them."""

    plain: bytes
    packed: bytes
    name: str


def joined() -> Styles:
    """Return the sheets joined; read anew on every call only while developing."""
    return read_sheets() if settings.DEBUG else kept_sheets()


@lru_cache(maxsize=1)
def kept_sheets() -> Styles:
    """Return the sheets as they were when the process first needed them."""
    return read_sheets()


def read_sheets() -> Styles:
    """Read and join the sheets."""
    paths = [FOLDER / f"{name}.css" for name in SHEETS]
    plain = b"\n".join(path.read_bytes() for path in paths if path.exists())
    return Styles(plain, gzip.compress(plain, mtime=0), sha256(plain).hexdigest()[:12])
