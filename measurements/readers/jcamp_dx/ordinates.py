"""Values of a JCAMP-DX table in lines of x and many y: plain, packed, squeezed, as differences, with repeats."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from measurements.readers.refusal import Unread

# A pseudo-digit stands for a separator, a sign and the first digit in one.
SQUEEZED = {character: str(digit) for digit, character in enumerate("@ABCDEFGHI")}
SQUEEZED |= {character: f"-{digit}" for digit, character in enumerate("abcdefghi", 1)}
DIFFERENCES = {character: str(digit) for digit, character in enumerate("%JKLMNOPQR")}
DIFFERENCES |= {character: f"-{digit}" for digit, character in enumerate("jklmnopqr", 1)}
REPEATS = {character: str(digit) for digit, character in enumerate("STUVWXYZs", 1)}
PACKED = re.compile(r"[@%A-Ia-iJ-Rj-rS-Zs]\d*\.?\d*|[+-]?(?:\d+\.?\d*|\.\d+)|\?")
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|\?")
BETWEEN = re.compile(r"[\s,;]*$")
# Only E and e are also exponents; any other pseudo-digit shows that a table is packed.
PSEUDO_DIGITS = frozenset({*SQUEEZED, *DIFFERENCES, *REPEATS}) - {"E", "e"}
LONGEST_NUMBER = 30
MOST_POINTS = 4_000_000


@dataclass(slots=True)
class Ordinates:
    """The values so far, where each line's x belongs, and how the last value was written."""

    limit: int
    values: list[float] = field(default_factory=list)
    checks: list[tuple[int, int, str]] = field(default_factory=list)
    # The last difference, while values are written as differences.
    difference: float | None = None
    # Where a last check, behind the last point that is promised, does not hold.
    doubted_line: int | None = None

    def add(self, value: float, line: int, times: int = 1) -> None:
        """Append a value, as often as it is repeated, as long as points are promised."""
        if len(self.values) + times > self.limit:
            raise Unread(f"More than the {self.limit:,} points that are promised", line=line)
        self.values.extend([value] * times)


def ordinates_of(rows: Sequence[tuple[int, str]], points: int | None) -> Ordinates:
    """Return the values of lines that begin with an x.

    Raises Unread, naming the line, for what is no number, and where a line does not go on from the one above.
    """
    pattern = PACKED if any(PSEUDO_DIGITS.intersection(row) for _, row in rows) else PLAIN
    found = Ordinates(min(points or MOST_POINTS, MOST_POINTS))
    for line, row in rows:
        tokens = _tokens(row, pattern, line)
        for token in tokens[_begin(found, tokens, line) :]:
            _take(found, token, line)
    return found


def _tokens(row: str, pattern: re.Pattern[str], line: int) -> list[str]:
    tokens, end = [], 0
    for match in pattern.finditer(row):
        if not BETWEEN.match(row[end : match.start()]) or len(match.group()) > LONGEST_NUMBER:
            break
        tokens.append(match.group())
        end = match.end()
    if not BETWEEN.match(row[end:]) or not tokens:
        raise Unread(f"“{row[end : end + 40]}” is not a number", line=line)
    return tokens


def _begin(found: Ordinates, tokens: Sequence[str], line: int) -> int:
    """Note the line's x and return where its values begin; after differences the first only checks the line above."""
    is_check = found.difference is not None
    found.checks.append((len(found.values) - is_check, line, tokens[0]))
    if not is_check:
        return 1
    if len(tokens) < 2:
        raise Unread("The value that checks the line above is missing", line=line)
    value = _number(tokens[1], line)
    is_held = tokens[1][0] not in DIFFERENCES and math.isclose(value, found.values[-1], rel_tol=1e-9, abs_tol=1e-9)
    if not is_held and len(tokens) == 2 and len(found.values) == found.limit:
        found.doubted_line = line
    elif not is_held:
        raise Unread(f"The line above ends with {found.values[-1]:g}, and this one begins with {tokens[1]}", line=line)
    found.difference = None
    return 2


def _take(found: Ordinates, token: str, line: int) -> None:
    kind = token[0]
    if kind in DIFFERENCES:
        if not found.values:
            raise Unread("A difference has no value before it", line=line)
        found.difference = _number(token, line)
        found.add(found.values[-1] + found.difference, line)
    elif kind in REPEATS:
        _repeat(found, int(_number(token, line)) - 1, line)
    else:
        found.difference = None
        found.add(_number(token, line), line)


def _repeat(found: Ordinates, times: int, line: int) -> None:
    """Repeat the last value, or the last difference."""
    if not found.values or times < 0:
        raise Unread("A repeat has no value before it", line=line)
    if found.difference is None:
        found.add(found.values[-1], line, times)
        return
    if len(found.values) + times > found.limit:
        raise Unread(f"More than the {found.limit:,} points that are promised", line=line)
    for _ in range(times):
        found.values.append(found.values[-1] + found.difference)


def _number(written: str, line: int) -> float:
    if written == "?":
        return math.nan
    digits = SQUEEZED.get(written[0]) or DIFFERENCES.get(written[0]) or REPEATS.get(written[0])
    try:
        return float(digits + written[1:] if digits else written)
    except ValueError as error:
        raise Unread(f"“{written}” is not a number", line=line) from error
