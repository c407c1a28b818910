"""What is known of a recording and of the batch around it before anything is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from measurements.matching.codes import CodeBook

NO_PIECES: Mapping[int, "Piece"] = {}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one file says of itself: its name, its folder, and what its reader found."""

    name: str
    folder: str = ""
    # Empty for a file that nobody could read.
    read_technique: str = ""
    is_read: bool = True
    # The key of the reader that read it.
    reader: str = ""
    # Comment, sample name and label, as the instrument's program kept them.
    stated: str = ""
    stated_temperature_k: Decimal | None = None
    stated_pressure_gpa: Decimal | None = None
    # A caution loud enough that nobody should take the reading unseen.
    loud_caution: str = ""
    # Of the instrument that its files name themselves after.
    instrument_technique: str = ""

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        stem, dot, suffix = self.name.rpartition(".")
        return stem if dot and len(suffix) <= 8 and suffix.isalnum() and not suffix.isdigit() else self.name


@dataclass(frozen=True, slots=True)
class Piece:
    """A sample that a name may mean."""

    code: str
    is_load: bool = False
    # Every sample it is a piece of: the fraction, and through it nothing more.
    parents: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rows of one batch share."""

    book: CodeBook
    pieces: Mapping[int, Piece] = field(default_factory=lambda: NO_PIECES)
    shared_sample_id: int | None = None
    # Loads measured in the same session, the latest first.
    session_load_ids: tuple[int, ...] = ()

    def code_of(self, sample_id: int | None) -> str:
        """Return a sample's code, or nothing for one that is not known here."""
        piece = self.pieces.get(sample_id or 0)
        return piece.code if piece else ""
