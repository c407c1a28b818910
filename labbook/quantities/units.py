"""From a typed unit to the unit a field is stored in, exactly; nothing is guessed."""

import unicodedata
from decimal import Decimal, localcontext
from functools import cache

from labbook.quantities.errors import QuantityError, UnknownUnit, WrongDimension, echo
from labbook.quantities.unit_table import DIMENSIONS, UNITS, UnitRow

_SUPERSCRIPTS = str.maketrans({"⁻": "-", "⁰": "0", "¹": "1", "²": "2", "³": "3"})
_LONGEST_UNIT = 24


def plain_spelling(text: str) -> str:
    """Return a unit's spelling with one micro sign, plain digits and neither spaces nor dots."""
    spelled = unicodedata.normalize("NFKC", text.translate(_SUPERSCRIPTS))
    spelled = spelled.replace("μ", "u").replace("−", "-").replace("º", "°")
    return "".join(letter for letter in spelled if not letter.isspace() and letter not in ".·^_*")


@cache
def _rows_by_spelling() -> dict[str, tuple[UnitRow, ...]]:
    rows: dict[str, tuple[UnitRow, ...]] = {}
    for row in UNITS:
        for spelling in {plain_spelling(word) for word in (row.name, row.shown, *row.spellings)}:
            rows[spelling] = (*rows.get(spelling, ()), row)
    return rows


def known_unit(name: str) -> UnitRow:
    """Return the row of a unit that code names; a name that is not in the table is a programming error."""
    rows = _rows_by_spelling().get(plain_spelling(name))
    if not rows:
        raise LookupError(f"{name!r} is not in labbook/quantities/unit_table.py")
    return next((row for row in rows if row.name == name), rows[0])


def shown_unit(name: str) -> str:
    """Return the unit as people read it: "ul" is shown as "µl"; a unit of no row is shown as it is."""
    rows = _rows_by_spelling().get(plain_spelling(name), ())
    return rows[0].shown if rows else name


def convert(value: Decimal, typed_unit: str, unit: str, *, density_g_per_ml: Decimal | None = None) -> Decimal:
    """Return the value in `unit`, given in the unit a person typed.

    Raises UnknownUnit or WrongDimension. A mass becomes a volume, or a volume a mass, only with a density.
    """
    return _converted(value, typed_unit, unit, density_g_per_ml, is_difference=False)


def convert_difference(
    value: Decimal, typed_unit: str, unit: str, *, density_g_per_ml: Decimal | None = None
) -> Decimal:
    """Return a difference, such as a standard error, in `unit`: 2 K are 2 °C."""
    return _converted(value, typed_unit, unit, density_g_per_ml, is_difference=True)


def _converted(
    value: Decimal, typed_unit: str, unit: str, density_g_per_ml: Decimal | None, *, is_difference: bool
) -> Decimal:
    target = known_unit(unit)
    source = _typed_row(typed_unit, target, can_cross=density_g_per_ml is not None)
    if source is None:
        from labbook.quantities.rare_units import convert_rare

        return convert_rare(value, typed_unit, target, is_difference=is_difference)
    if source is target:
        return value
    with localcontext() as context:
        context.prec = 40
        base = value * source.factor + (0 if is_difference else source.offset)
        base = _crossed(base, source, target, density_g_per_ml)
        converted = (base - (0 if is_difference else target.offset)) / target.factor
    # Exact where a decimal can be; a third of a minute is cut to the usual 28 digits.
    return +converted


def _crossed(base: Decimal, source: UnitRow, target: UnitRow, density_g_per_ml: Decimal | None) -> Decimal:
    """Return mg as µl or µl as mg, where the two units ask for it; 1 g/ml is 1 mg/µl."""
    if source.dimension == target.dimension or density_g_per_ml is None:
        return base
    if density_g_per_ml <= 0:
        raise QuantityError("A density must be above zero.")
    return base * density_g_per_ml if target.dimension == "mass" else base / density_g_per_ml


def _typed_row(typed_unit: str, target: UnitRow, *, can_cross: bool) -> UnitRow | None:
    """Return the row of a typed unit in the target's dimension, or None when only pint can know it."""
    rows = _rows_by_spelling().get(plain_spelling(typed_unit), ())
    for row in rows:
        if row.dimension == target.dimension:
            return row
    if not rows:
        _ask_about_a_slip(typed_unit, target)
        return None
    if can_cross and {rows[0].dimension, target.dimension} == {"mass", "volume"}:
        return rows[0]
    raise wrong_dimension(typed_unit, DIMENSIONS[rows[0].dimension][0], target)


def wrong_dimension(typed_unit: str, found: str, target: UnitRow) -> WrongDimension:
    """Return the error for a unit that measures something else, saying what is expected."""
    expected, usual = DIMENSIONS[target.dimension]
    hint = f", such as {' or '.join(usual[:2])}"
    if {found, expected} == {"a mass", "a volume"}:
        hint += "; the density that would convert it is not known"
    return WrongDimension(f"“{echo(typed_unit)}” is {found}; {expected} is expected here{hint}.")


def _ask_about_a_slip(typed_unit: str, target: UnitRow) -> None:
    """Ask when the spelling differs from a known one only by case, before pint reads Ml as megalitres."""
    spelled = plain_spelling(typed_unit)
    slips = [row for known, rows in _rows_by_spelling().items() if known.lower() == spelled.lower() for row in rows]
    if slips or len(spelled) > _LONGEST_UNIT:
        raise unknown_unit(typed_unit, target)


def unknown_unit(typed_unit: str, target: UnitRow) -> UnknownUnit:
    """Return the question about a unit nobody knows: units one slip away, the expected dimension first."""
    spelled = plain_spelling(typed_unit)[:_LONGEST_UNIT]
    near = sorted(
        {
            (row.dimension != target.dimension, rank, UNITS.index(row), row.shown)
            for known, rows in _rows_by_spelling().items()
            for row in rows
            if known and (rank := _slip_rank(spelled, known)) is not None
        }
    )
    is_near_expected = any(not is_other for is_other, _, _, _ in near)
    suggestions = tuple(dict.fromkeys(shown for _, _, _, shown in near))[:3] if is_near_expected else ()
    return UnknownUnit(typed_unit, suggestions, DIMENSIONS[target.dimension][1])


def _slip_rank(typed: str, known: str) -> int | None:
    """Return how far a spelling is from a known one: 0 case, 1 swapped, 2 one more or less, 3 one other letter."""
    if typed.lower() == known.lower():
        return 0
    if len(known) < 2:
        return None
    if sorted(typed) == sorted(known):
        return 1
    if abs(len(typed) - len(known)) == 1:
        longer, shorter = sorted((typed, known), key=len, reverse=True)
        return 2 if any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))) else None
    if len(typed) == len(known):
        return 3 if sum(a != b for a, b in zip(typed, known, strict=True)) == 1 else None
    return None
