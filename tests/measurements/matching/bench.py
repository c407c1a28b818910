"""A small lab for the tests of matching: two syntheses with their fractions, vials and specimens."""

from measurements.matching.codes import Known, book_of
from measurements.matching.evidence import Piece, Surroundings

IDS = {
    "NC-021-F3": 1, "NC-021-F3-FL1": 2, "NC-024-F2": 3, "NC-024-F2-a": 4, "NC-024-F2-b": 5, "NC-024-F2-DAC1": 6,
    "NC-024-F2-FL1": 7, "NC-024-F2-XF1": 8, "NC-024-F2-TG1": 9, "NC-027-F2": 10, "NC-027-F2-d": 11,
    "NC-027-F2-TG1": 12, "NC-024-F21": 13,
}  # fmt: skip
SYNTHESES = ("NC-021", "NC-024", "NC-027")
PARENTS = {"NC-021-F3-FL1": 1, "NC-027-F2-d": 10, "NC-027-F2-TG1": 10} | {
    code: 3 for code in IDS if code.startswith("NC-024-F2-")
}
CODES = {number: code for code, number in IDS.items()}


def surroundings(shared: str = "", loads: tuple[str, ...] = ()) -> Surroundings:
    """Return the lab around a batch, with what the batch is about and what its session measured."""
    known = [Known(code, (number,)) for code, number in IDS.items()]
    known.append(Known("red film of March", (7,)))
    known += [
        Known(one, tuple(number for code, number in IDS.items() if code.startswith(one)), is_sample=False)
        for one in SYNTHESES
    ]
    pieces = {
        number: Piece(code, "DAC" in code, frozenset({PARENTS[code]} if code in PARENTS else ()))
        for code, number in IDS.items()
    }
    return Surroundings(book_of(known), pieces, IDS.get(shared), tuple(IDS[one] for one in loads))
